import { type FieldChange, mergeFields } from '#capabilities/field-sync/domain/merge-fields.ts';
import { problem } from '#kernel/problem.ts';
import type {
  OperationAnswer,
  PullAnswer,
  PullQuestion,
  PushAnswer,
  SentOperation,
} from '#platform/browser/offline/transport.ts';
import type { SimBody, SimPerson } from './simulated-county.ts';

/** Faults planted to see that the simulation notices them. */
export type Planted =
  | 'cursor-past-running'
  | 'last-write-wins'
  | 'twice-taken'
  | 'drop-on-401'
  | 'no-offering-again';

interface FeedRow {
  readonly xid: number;
  readonly id: string;
  readonly village: string;
  readonly was: string | undefined;
}

interface Taken {
  readonly operationId: string;
  readonly before: Readonly<Record<string, string>>;
  readonly changes: readonly FieldChange[];
}

interface Data {
  people: Map<string, SimPerson>;
  feed: FeedRow[];
  operations: Map<string, unknown>;
  held: Map<string, string>;
  takes: Taken[];
}

/** A transaction under way: it has its number, and nobody sees what it wrote until it ends. */
interface Running {
  readonly xid: number;
  readonly write: (xid: number) => void;
}

/**
 * A server in memory. Modelled after the real one: transaction numbers, snapshots, the feed's rows and its pages, once-only
 * by operation id, the order of a pull's questions, crashes that give numbers out again, restores to an older copy under a
 * new epoch. Real code here: the merge of fields. The SQL itself is put to the same phones in `real-phones.test.ts`.
 */
export class ModelServer {
  private data: Data = {
    people: new Map(),
    feed: [],
    operations: new Map(),
    held: new Map(),
    takes: [],
  };
  private next = 100;
  private durable = 99;
  private epoch = 1;
  readonly running: Running[] = [];
  readonly planted: Planted | undefined;
  private readonly copies: string[] = [];
  private effects = 0;

  constructor(planted?: Planted) {
    this.planted = planted;
  }

  // ------------------------------------------------------------------ what phones ask

  pull(scope: readonly string[], isWiped: boolean, question: PullQuestion): PullAnswer<SimPerson> {
    const mark = this.commit(() => undefined);
    const bound = this.bound(mark);
    const name = scope.join(' ');
    const base = {
      device: this.device(isWiped),
      scope: name,
      scopeName: name,
      documents: [],
      removed: [],
      cursor: `${bound}:`,
      after: null,
      expected: 0,
      hasMore: false,
      directory: null,
      offerAgain: false,
    };
    if (isWiped) return { ...base, kind: 'changes' };
    if ((question.epoch ?? String(this.epoch)) !== String(this.epoch))
      return { ...base, kind: 'restart', offerAgain: this.planted !== 'no-offering-again' };
    if (question.cursor !== undefined && question.scope !== name) return { ...base, kind: 'restart' };
    if (question.cursor === undefined || question.after !== undefined)
      return { ...base, ...this.peoplePage(scope, question, bound) };
    return { ...base, ...this.changesPage(scope, question.cursor, question.limit, bound) };
  }

  push(
    scope: readonly string[],
    isWiped: boolean,
    operations: readonly SentOperation[],
    stopAfter: number,
  ): PushAnswer | 'crashed' {
    const answers: OperationAnswer[] = [];
    const waiting = new Set<string>();
    for (const [at, operation] of operations.entries()) {
      if (at === stopAfter) return 'crashed';
      const { operationId, residentId } = operation;
      if (waiting.has(residentId)) {
        answers.push({ operationId, outcome: 'later' });
        continue;
      }
      const answer = this.takeOne(scope, operation);
      answers.push(answer);
      if (answer.outcome === 'refused' && operation.kind === 'register') waiting.add(residentId);
    }
    const seen = this.commit(() => undefined);
    return { device: this.device(isWiped), answers, seen: String(seen) };
  }

  hold(operations: readonly SentOperation[], why: string): void {
    this.commit(() => {
      for (const { operationId } of operations)
        if (!this.data.operations.has(operationId)) this.data.held.set(operationId, why);
    });
  }

  // ------------------------------------------------------------------ what happens to it

  /** Somebody at the workbench, or a job: in one go, or with its number taken now and its end some time later. */
  write(change: (people: Map<string, SimPerson>) => SimPerson | undefined, isSlow: boolean): void {
    const write = (xid: number) => {
      const changed = change(this.data.people);
      if (changed) this.put(xid, changed);
    };
    if (isSlow) this.running.push({ xid: this.takeNumber(), write });
    else this.commit(write);
  }

  endRunning(at: number, isCommitted: boolean): void {
    const [ended] = this.running.splice(at, 1);
    if (!ended || !isCommitted) return;
    ended.write(ended.xid);
    this.durable = Math.max(this.durable, ended.xid);
  }

  /** Power goes: what ran is rolled back, and numbers nobody wrote with are given out again. */
  crash(): void {
    this.running.length = 0;
    this.next = this.durable + 1;
  }

  copy(): void {
    this.copies.push(JSON.stringify(this.data, asEntries));
  }

  forgetCopies(): void {
    this.copies.length = 0;
  }

  /** Back to an older copy; the restore starts a new epoch. */
  restore(at: number): boolean {
    const copy = this.copies[at];
    if (copy === undefined) return false;
    const plain = JSON.parse(copy) as { [K in keyof Data]: unknown };
    this.data = {
      people: new Map(plain.people as [string, SimPerson][]),
      feed: plain.feed as FeedRow[],
      operations: new Map(plain.operations as [string, unknown][]),
      held: new Map(plain.held as [string, string][]),
      takes: plain.takes as Taken[],
    };
    this.copies.length = at;
    this.running.length = 0;
    this.durable = this.data.feed.reduce((most, row) => Math.max(most, row.xid), 99);
    this.next = this.durable + 1;
    this.epoch += 1;
    return true;
  }

  // ------------------------------------------------------------------ what is true

  get people(): ReadonlyMap<string, SimPerson> {
    return this.data.people;
  }

  whereIs(operationId: string): 'fact' | 'held' | 'nowhere' {
    if (this.data.operations.has(operationId)) return 'fact';
    return this.data.held.has(operationId) ? 'held' : 'nowhere';
  }

  get takes(): readonly Taken[] {
    return this.data.takes;
  }

  /** Counts writes, so that a schedule in which nothing happened is noticed. */
  get effectCount(): number {
    return this.effects;
  }

  // ------------------------------------------------------------------ inside

  private device(isWiped: boolean) {
    return {
      order: isWiped ? ('wipe' as const) : ('none' as const),
      epoch: String(this.epoch),
      serverNow: '2026-11-24T08:00:00.000Z',
    };
  }

  private takeNumber(): number {
    this.next += 1;
    return this.next - 1;
  }

  private commit(write: (xid: number) => void): number {
    const xid = this.takeNumber();
    write(xid);
    this.durable = Math.max(this.durable, xid);
    return xid;
  }

  /** Everything before it has ended, also after a crash. */
  private bound(mark: number): number {
    if (this.planted === 'cursor-past-running') return this.next;
    return Math.min(this.next, mark + 1, ...this.running.map((one) => one.xid));
  }

  private put(xid: number, person: SimPerson): void {
    this.effects += 1;
    const was = this.data.people.get(person.id)?.village;
    this.data.people.set(person.id, person);
    const moved = was !== undefined && was !== person.village ? was : undefined;
    this.data.feed.push({ xid, id: person.id, village: person.village, was: moved });
  }

  private takeOne(scope: readonly string[], operation: SentOperation): OperationAnswer {
    const { operationId, residentId } = operation;
    const body = operation.body as SimBody;
    const before = this.data.operations.get(operationId);
    if (before !== undefined && this.planted !== 'twice-taken')
      return { operationId, outcome: 'duplicate', result: before };
    const person = this.data.people.get(residentId);
    const refusal = this.refusalOf(scope, person, operation.kind, body);
    if (refusal) {
      this.commit(() => this.data.held.set(operationId, 'refused'));
      return { operationId, outcome: 'refused', problem: problem(refusal) };
    }
    this.commit((xid) => {
      this.put(xid, this.applied(person, operation, body));
      this.data.operations.set(operationId, { ok: true });
      this.data.held.delete(operationId);
    });
    return { operationId, outcome: 'accepted', result: { ok: true } };
  }

  private refusalOf(
    scope: readonly string[],
    person: SimPerson | undefined,
    kind: string,
    body: SimBody,
  ): 'invalid-input' | 'not-found' | 'already-exists' | undefined {
    if ('isBad' in body && body.isBad) return 'invalid-input';
    if (kind === 'register') {
      if (person) return 'already-exists';
      return 'village' in body && scope.includes(body.village) ? undefined : 'not-found';
    }
    return person && scope.includes(person.village) ? undefined : 'not-found';
  }

  private applied(person: SimPerson | undefined, operation: SentOperation, body: SimBody): SimPerson {
    const { operationId, residentId: id } = operation;
    if ('village' in body || !person) {
      const village = 'village' in body ? body.village : 'v1';
      return { id, village, information: {}, visits: [], conflicts: [] };
    }
    if ('visit' in body) return { ...person, visits: [...person.visits, operationId] };
    const before = person.information;
    const merge =
      this.planted === 'last-write-wins'
        ? { take: Object.fromEntries(body.changes.map(({ field, to }) => [field, to])), conflicts: [] }
        : mergeFields(before, body.changes);
    this.data.takes.push({
      operationId,
      before,
      changes: body.changes.filter((change) => change.field in merge.take),
    });
    const conflicts = merge.conflicts.map(({ field, current, to }) => ({
      field,
      kept: String(current ?? ''),
      offered: String(to),
    }));
    return {
      ...person,
      information: { ...before, ...(merge.take as Record<string, string>) },
      conflicts: [...person.conflicts, ...conflicts],
    };
  }

  private peoplePage(scope: readonly string[], question: PullQuestion, bound: number) {
    const everybody = [...this.data.people.values()]
      .filter((person) => scope.includes(person.village))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const rest = everybody.filter((person) => person.id > (question.after ?? ''));
    const documents = rest.slice(0, question.limit);
    const hasMore = documents.length === question.limit;
    return {
      kind: 'people' as const,
      documents,
      cursor: question.cursor ?? `${bound}:`,
      after: hasMore ? (documents.at(-1)?.id ?? null) : null,
      expected: everybody.length,
      hasMore,
    };
  }

  private changesPage(scope: readonly string[], cursor: string, limit: number, bound: number) {
    const [from = '0', after = ''] = cursor.split(':');
    const number = Number(from);
    const rows = this.data.feed
      .filter(
        ({ xid, id, village, was }) =>
          xid < bound &&
          (xid > number || (xid === number && id > after)) &&
          (scope.includes(village) || (was !== undefined && scope.includes(was))),
      )
      .sort((a, b) => a.xid - b.xid || (a.id < b.id ? -1 : 1))
      .slice(0, limit);
    const touched = [...new Set(rows.map((row) => row.id))];
    const documents = touched
      .flatMap((id) => this.data.people.get(id) ?? [])
      .filter((person) => scope.includes(person.village));
    const sent = new Set(documents.map((person) => person.id));
    const hasMore = rows.length === limit;
    const last = rows.at(-1);
    const later = number >= bound ? cursor : `${bound}:`;
    return {
      kind: 'changes' as const,
      documents,
      removed: touched.filter((id) => !sent.has(id)),
      cursor: hasMore && last ? `${last.xid}:${last.id}` : later,
      hasMore,
    };
  }
}

const asEntries = (_key: string, value: unknown) => (value instanceof Map ? [...value] : value);
