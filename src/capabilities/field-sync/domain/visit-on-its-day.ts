import { carryVisit } from '#capabilities/follow-up/domain/carry-visit.ts';
import { followUpFormOf } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import type { VisitEntry } from '#capabilities/follow-up/domain/visit-entry.ts';
import { dayTyped, type PlainDate } from '#kernel/plain-date.ts';
import type { DefinitionBook } from './definition-book.ts';
import type { EditionOf, PhoneVisitStart } from './start-phone-visit.ts';

/**
 * The edition of a form after its day has changed: of the new day when that has another than the day before, else the one it
 * was begun on, which may be older than either.
 */
export function editionAfter(
  book: Pick<DefinitionBook, 'newest'>,
  form: string,
  current: string | undefined,
  days: { readonly was: PlainDate; readonly is: PlainDate },
): string | undefined {
  const next = book.newest(form, days.is).edition;
  return next === book.newest(form, days.was).edition ? current : next;
}

/** A visit after what the doctor did, on the editions in force on the day it is now about. Nothing typed is lost on the way. */
export function visitOnItsDay(
  before: VisitEntry,
  after: VisitEntry,
  given: {
    readonly today: PlainDate;
    readonly book: Pick<DefinitionBook, 'newest' | 'begun'>;
    readonly startOn: (editionOf: EditionOf) => PhoneVisitStart | undefined;
  },
): VisitEntry {
  const { today, book, startOn } = given;
  const is = dayTyped(after.answers.visitDate, today);
  if (is === undefined || before.answers.visitDate === after.answers.visitDate) return after;
  const was = before.begun?.about ?? dayTyped(before.answers.visitDate, today) ?? before.begun?.on ?? today;
  const names = after.begun?.editions;
  const from = startOn((program) => book.begun(followUpFormOf(program), names?.[program]));
  const to = startOn((program) => {
    const form = followUpFormOf(program);
    return book.begun(form, editionAfter(book, form, names?.[program], { was, is }));
  });
  if (!from || !to) return after;
  const editions = editionsOn(to);
  const begun = { on: after.begun?.on ?? today, editions, about: is };
  if (JSON.stringify(editionsOn(from)) === JSON.stringify(editions)) return { ...after, begun };
  const carried = carryVisit(from.frame.merged, to.frame.merged, after, to.answers);
  const hasBox = to.frame.boxes.some((one) => one.id === after.box);
  return { ...after, ...carried, begun, ...(hasBox ? {} : { box: null, typed: '', isFresh: false }) };
}

/** On which edition each sheet of a visit stands. */
export function editionsOn({ frame }: PhoneVisitStart): NonNullable<VisitEntry['begun']>['editions'] {
  return Object.fromEntries(frame.merged.parts.map(({ program, edition }) => [program, edition.edition]));
}
