import type { FieldModel } from './field-model.ts';
import type { OperationShape } from './field-store.ts';
import { type Change, type FieldStorage, placeOf, type Sealer, sealed } from './storage.ts';

/** People of one sealed page: small enough to open for one person, large enough to pack well. */
const pageSize = 64;
/** Pages whose lines share one sealed chunk. */
const pagesPerChunk = 16;
/** Chunks being opened while one is read: the browser opens them beside the screen's own work. */
const openAhead = 3;

type Chunk = readonly (readonly [page: number, packed: readonly (readonly [id: string, line: unknown])[]])[];

interface Place {
  readonly page: number;
}

type Model<D extends { readonly id: string }, V, L> = FieldModel<D, V, L, unknown, OperationShape & never>;

/**
 * The people on the phone: documents in sealed pages, their lines in sealed chunks and in memory. Changes are prepared as
 * one list of writes, so that documents, lines and the sync position reach the disk together or not at all.
 */
export class PeoplePages<D extends { readonly id: string }, V, L> {
  readonly lines = new Map<string, L>();
  private readonly places = new Map<string, Place>();
  private readonly members = new Map<number, Set<string>>();
  private nextPage = 0;
  private readonly storage: FieldStorage;
  private readonly sealer: Sealer;
  private readonly model: Pick<Model<D, V, L>, 'complete' | 'line' | 'packLine' | 'unpackLine'>;
  readonly generation: number;

  constructor(
    storage: FieldStorage,
    sealer: Sealer,
    model: Pick<Model<D, V, L>, 'complete' | 'line' | 'packLine' | 'unpackLine'>,
    generation: number,
  ) {
    this.storage = storage;
    this.sealer = sealer;
    this.model = model;
    this.generation = generation;
  }

  /** Reads the index of this generation, chunk by chunk, so that the screen stays alive: the lines only, no document. */
  async load(): Promise<void> {
    const keys = (await this.storage.keys('lines')).filter((key) => this.isMine(key));
    const opening = keys.slice(0, openAhead).map((key) => this.openChunk(key));
    for (let at = 0; at < keys.length; at++) {
      const chunk = await opening[at];
      const next = keys[at + openAhead];
      if (next !== undefined) opening.push(this.openChunk(next));
      for (const [page, packed] of chunk ?? [])
        for (const [id, line] of packed) this.put(id, page, this.model.unpackLine(line));
    }
  }

  private async openChunk(key: string): Promise<Chunk> {
    const stored = await this.storage.read('lines', key);
    return stored === undefined ? [] : ((await this.sealer.open(placeOf('lines', key), stored)) as Chunk);
  }

  /** Tells where a document lies before the index is read. */
  locate(id: string, page: number): void {
    this.places.set(id, { page });
  }

  pageOf(id: string): number | undefined {
    return this.places.get(id)?.page;
  }

  /** Everybody, by id. */
  ids(): string[] {
    return [...this.lines.keys()].sort();
  }

  /** The documents of these people, each page opened once. */
  async readMany(ids: readonly string[]): Promise<Map<string, D>> {
    const pages = new Set(ids.flatMap((id) => this.places.get(id)?.page ?? []));
    const found = new Map<string, D>();
    for (const page of pages) for (const [id, document] of await this.readPage(page)) found.set(id, document);
    return found;
  }

  async read(id: string): Promise<D | undefined> {
    const place = this.places.get(id);
    if (!place) return undefined;
    return (await this.readPage(place.page)).get(id);
  }

  /**
   * Prepares the writes that put these documents in and take these people out; `done` brings memory along once they are on
   * the disk. A page that changes is sealed anew as a whole.
   */
  async prepare(
    documents: readonly D[],
    removed: readonly string[],
  ): Promise<{ changes: Change[]; done: () => void }> {
    const pages = new Map<number, Map<string, D>>();
    const lines = new Map<string, { page: number; line: L }>();
    const open = async (page: number) => {
      const known = pages.get(page) ?? (await this.readPage(page));
      pages.set(page, known);
      return known;
    };
    const gone = removed.filter((id) => this.places.has(id));
    for (const id of gone) (await open(this.places.get(id)?.page ?? 0)).delete(id);
    let fresh = this.nextPage;
    // The last page is filled up before another is begun: a person a day must not mean a page a day.
    let room =
      fresh > 0 && (this.members.get(fresh - 1)?.size ?? 0) < pageSize && documents.length < pageSize
        ? await open(fresh - 1)
        : undefined;
    for (const document of documents) {
      const place = this.places.get(document.id);
      let page = place?.page;
      if (page === undefined) {
        if (!room || room.size >= pageSize) {
          page = fresh;
          fresh += 1;
          room = new Map();
          pages.set(page, room);
        } else page = fresh - 1;
      }
      (await open(page)).set(document.id, document);
      lines.set(document.id, { page, line: this.model.line(this.model.complete(document)) });
    }
    const changes: Change[] = [];
    for (const [page, content] of pages) {
      const key = this.key(page);
      if (content.size === 0) changes.push({ bucket: 'pages', key, value: undefined });
      else changes.push(await sealed(this.sealer, 'pages', key, [...content.values()]));
    }
    const chunks = new Set([...pages.keys()].map((page) => Math.floor(page / pagesPerChunk)));
    for (const chunk of chunks) changes.push(await this.sealChunk(chunk, lines, new Set(gone)));
    const done = () => {
      for (const id of gone) this.forget(id);
      for (const [id, { page, line }] of lines) this.put(id, page, line);
    };
    return { changes, done };
  }

  /** Deletes every page of other generations. */
  async deletionOfOthers(): Promise<Change[]> {
    const changes: Change[] = [];
    for (const bucket of ['pages', 'lines'] as const)
      for (const key of await this.storage.keys(bucket))
        if (!this.isMine(key)) changes.push({ bucket, key, value: undefined });
    return changes;
  }

  private async sealChunk(
    chunk: number,
    lines: ReadonlyMap<string, { page: number; line: L }>,
    gone: ReadonlySet<string>,
  ): Promise<Change> {
    const byPage = new Map<number, [string, unknown][]>();
    const add = (page: number, id: string, line: L) => {
      const list = byPage.get(page) ?? [];
      byPage.set(page, list);
      list.push([id, this.model.packLine(line)]);
    };
    for (let page = chunk * pagesPerChunk; page < (chunk + 1) * pagesPerChunk; page++)
      for (const id of this.members.get(page) ?? []) {
        const line = this.lines.get(id);
        if (line !== undefined && !gone.has(id) && !lines.has(id)) add(page, id, line);
      }
    for (const [id, { page, line }] of lines)
      if (Math.floor(page / pagesPerChunk) === chunk) add(page, id, line);
    const key = `${this.generation}/${String(chunk).padStart(6, '0')}`;
    if (byPage.size === 0) return { bucket: 'lines', key, value: undefined };
    return sealed(this.sealer, 'lines', key, [...byPage]);
  }

  private async readPage(page: number): Promise<Map<string, D>> {
    const key = this.key(page);
    const stored = await this.storage.read('pages', key);
    const list = stored === undefined ? [] : ((await this.sealer.open(placeOf('pages', key), stored)) as D[]);
    return new Map(list.map((document) => [document.id, document]));
  }

  private put(id: string, page: number, line: L): void {
    this.lines.set(id, line);
    this.places.set(id, { page });
    const members = this.members.get(page) ?? new Set();
    this.members.set(page, members);
    members.add(id);
    this.nextPage = Math.max(this.nextPage, page + 1);
  }

  private forget(id: string): void {
    const place = this.places.get(id);
    if (place) this.members.get(place.page)?.delete(id);
    this.places.delete(id);
    this.lines.delete(id);
  }

  private key(page: number): string {
    return `${this.generation}/${String(page).padStart(6, '0')}`;
  }

  private isMine(key: string): boolean {
    return key.startsWith(`${this.generation}/`);
  }
}
