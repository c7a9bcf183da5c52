import type { DefinitionHead } from '#kernel/definition.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { leaseLimits } from './phone-lease.ts';

/** An edition and the day it was ended on, where it is offered no more though no newer one took its place. */
export interface EndedHead extends DefinitionHead {
  readonly endedOn?: PlainDate | null;
}

/** An edition of a form with the days it counts for. */
export interface DatedEdition extends EndedHead {
  /** Last day in force; null: there is no newer one, and nobody ended it. */
  readonly until: PlainDate | null;
  /** Last day on which the server takes a sheet of it from a phone that had not heard of a newer one. */
  readonly takenThrough: PlainDate | null;
}

/**
 * The editions of one form, oldest first. Each ends the day before the next begins, or the day it was taken out of the
 * program: then the one before goes on. A phone may be without a network for as
 * long as a county may allow, and its sheets are taken that much longer.
 */
export function editionsOf(heads: readonly EndedHead[], form: string): readonly DatedEdition[] {
  const own = heads.filter((one) => one.kind === 'form' && one.key === form).toSorted(byBeginning);
  return own.map((one, at) => {
    const next = own.slice(at + 1).find((later) => !later.endedOn)?.from ?? null;
    const replaced = next === null ? null : addDays(next, -1);
    const ended = one.endedOn ?? null;
    const until = replaced !== null && (ended === null || replaced < ended) ? replaced : ended;
    return { ...one, until, takenThrough: until === null ? null : addDays(until, leaseLimits.most) };
  });
}

const byBeginning = (a: DefinitionHead, b: DefinitionHead) => {
  const [x, y] = [a.from ?? '', b.from ?? ''];
  if (x !== y) return x < y ? -1 : 1;
  return a.edition < b.edition ? -1 : a.edition > b.edition ? 1 : 0;
};

/** What a new sheet is begun on. */
export interface EditionChoice {
  readonly chosen: DatedEdition | undefined;
  /** In force today, and not to be read by this app. */
  readonly tooNew: DatedEdition | undefined;
}

/** The newest edition in force on a day that an engine of this edition can read. */
export function chooseEdition(
  heads: readonly DefinitionHead[],
  form: string,
  day: PlainDate,
  engine: number,
): EditionChoice {
  const all = editionsOf(heads, form);
  const begun = all.filter((one) => one.from === null || one.from <= day);
  const readable = all.filter((one) => one.engine <= engine);
  const chosen = readable.findLast((one) => begun.includes(one)) ?? readable[0];
  const newest = begun.at(-1);
  return { chosen, tooNew: newest && newest !== chosen && newest.engine > engine ? newest : undefined };
}

/** When something was done with an edition, by the doctor and by the server. */
export interface EditionDays {
  readonly occurredOn: PlainDate | undefined;
  /** By the phone, when it says so. */
  readonly begunOn: PlainDate | undefined;
  readonly receivedOn: PlainDate;
}

/**
 * Whether the server still takes a sheet of this edition: the day it is about lies while it was in force, it was begun
 * then, or it comes from a phone that may not have heard of the new one yet. The last asks no phone for its clock.
 */
export function isEditionTaken(edition: DatedEdition, days: EditionDays): boolean {
  const { until, takenThrough } = edition;
  if (until === null || takenThrough === null) return true;
  const [occurred, begun] = [days.occurredOn, days.begunOn];
  return (
    (occurred !== undefined && occurred <= until) ||
    (begun !== undefined && begun <= until) ||
    days.receivedOn <= takenThrough
  );
}
