import { addDays, type PlainDate } from './plain-date.ts';

/** An edition of a form, without its content. */
export interface EditionHead {
  readonly edition: string;
  /** First day in force; null: ever since. */
  readonly from: PlainDate | null;
  /** Edition of the engine that is needed to read it. */
  readonly engine: number;
  /** The day it was ended on, where it is offered no more though no newer one took its place. */
  readonly endedOn?: PlainDate | null;
}

/** An edition of a form with the days it counts for; last day in force null: there is no newer one, and nobody ended it. */
export type DatedEdition<H extends EditionHead = EditionHead> = H & { readonly until: PlainDate | null };

/**
 * The editions of one form, oldest first. Each ends the day before the next begins, or the day it was taken out of the
 * program: then the one before goes on.
 */
export function datedEditions<H extends EditionHead>(heads: readonly H[]): readonly DatedEdition<H>[] {
  const own = heads.toSorted(byBeginning);
  return own.map((one, at) => {
    const next = own.slice(at + 1).find((later) => !later.endedOn)?.from ?? null;
    const replaced = next === null ? null : addDays(next, -1);
    const ended = one.endedOn ?? null;
    const until = replaced !== null && (ended === null || replaced < ended) ? replaced : ended;
    return { ...one, until };
  });
}

const byBeginning = (a: EditionHead, b: EditionHead) => {
  const [x, y] = [a.from ?? '', b.from ?? ''];
  if (x !== y) return x < y ? -1 : 1;
  return a.edition < b.edition ? -1 : a.edition > b.edition ? 1 : 0;
};

/** The editions a county has of a form: those published, and the program's own where none is published under its name. */
export function withPublished(
  own: readonly EditionHead[],
  published: readonly EditionHead[],
): readonly EditionHead[] {
  return [...own.filter(({ edition }) => !published.some((one) => one.edition === edition)), ...published];
}

/** What a sheet about a day is begun on. */
export interface EditionChoice<H extends EditionHead = EditionHead> {
  readonly chosen: DatedEdition<H> | undefined;
  /** In force that day, and not to be read by this engine. */
  readonly tooNew: DatedEdition<H> | undefined;
}

/**
 * The edition in force on a day: of those an engine of this edition can read, the newest that had begun; before the first
 * began, that one. Server, workbench and phones all ask this.
 */
export function chooseEdition<H extends EditionHead>(
  heads: readonly H[],
  day: PlainDate,
  engine: number,
): EditionChoice<H> {
  const all = datedEditions(heads);
  const begun = all.filter((one) => one.from === null || one.from <= day);
  const readable = all.filter((one) => one.engine <= engine);
  const chosen = readable.findLast((one) => begun.includes(one)) ?? readable[0];
  const newest = begun.at(-1);
  return { chosen, tooNew: newest && newest !== chosen && newest.engine > engine ? newest : undefined };
}
