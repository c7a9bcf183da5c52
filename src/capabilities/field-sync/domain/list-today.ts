import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { localTaskPrefix } from './apply-visit-on-phone.ts';
import type { PhoneTask } from './person-document.ts';
import type { PersonLine, TodayItem, TodayReasonKind } from './person-line.ts';

/** Days ahead that are shown as coming soon. */
const soonDays = 7;
/** Days after it for which the beginning of a day's list is made, and how many people that is. */
const aheadDays = 7;
const shownAhead = 200;

const urgency: Readonly<Record<TodayReasonKind, number>> = {
  crisis: 0,
  referral: 1,
  refer: 2,
  recheck: 3,
  overdue: 4,
  due: 5,
  ask: 6,
  screening: 7,
  contract: 8,
  soon: 9,
};

type Reason = TodayItem['reasons'][number];

/** Whom to see today and why: by urgency, then by the day it was due, then by name. */
export function listToday(lines: Iterable<PersonLine>, day: PlainDate): TodayItem[] {
  const until = addDays(day, soonDays);
  const items: TodayItem[] = [];
  for (const person of lines) {
    if (person.status === 'dead' || person.status === 'moved' || person.status === 'closed') continue;
    const reasons = reasonsOf(person, day, until);
    if (reasons.length > 0) items.push({ person, reasons });
  }
  return items.sort(byUrgency);
}

/**
 * The people that `listToday` puts first on this day and each of the week after it. Whoever is listed on a day is listed on
 * the days after it too, so that only those listed at the end need sorting.
 */
export function urgentLines(
  lines: Iterable<PersonLine>,
  day: PlainDate,
): { lines: PersonLine[]; through: PlainDate; shown: number } {
  const through = addDays(day, aheadDays);
  const candidates = listToday(lines, through).map((item) => item.person);
  const first = new Set<PersonLine>();
  for (let ahead = 0; ahead <= aheadDays; ahead++)
    for (const { person } of listToday(candidates, addDays(day, ahead)).slice(0, shownAhead))
      first.add(person);
  return { lines: [...first], through, shown: shownAhead };
}

function reasonsOf(person: PersonLine, day: PlainDate, until: PlainDate): Reason[] {
  const reasons: Reason[] = [];
  for (const task of person.tasks) {
    const kind = kindOf(task, day, until);
    if (kind === undefined) continue;
    const known = task.id.startsWith(localTaskPrefix) ? {} : { taskId: task.id };
    reasons.push({ kind, dueOn: task.dueOn, text: task.reason, ...known });
  }
  const { episode, call, contract, ask, referral } = person;
  if (referral && referral.dueOn <= until)
    reasons.push({
      kind: referral.dueOn <= day ? 'referral' : 'soon',
      dueOn: referral.dueOn,
      text: referral.label,
    });
  if (episode && episode.dueOn <= until)
    reasons.push({
      kind: episode.dueOn <= day ? 'recheck' : 'soon',
      dueOn: episode.dueOn,
      text: episode.nextStep,
    });
  if (ask && ask.dueOn <= until)
    reasons.push({ kind: ask.dueOn <= day ? 'ask' : 'soon', dueOn: ask.dueOn, text: ask.label });
  if (call) reasons.push({ kind: 'screening', dueOn: call.dueOn, text: call.name });
  if (contract && contract.dueOn <= until)
    reasons.push({
      kind: contract.dueOn <= day ? 'contract' : 'soon',
      dueOn: contract.dueOn,
      text: contract.label,
    });
  return reasons.sort((a, b) => urgency[a.kind] - urgency[b.kind] || compare(a.dueOn, b.dueOn));
}

/** An urgent task shows from its day on with its own name; a routine one as due, then overdue after its grace. */
function kindOf(task: PhoneTask, day: PlainDate, until: PlainDate): TodayReasonKind | undefined {
  if (task.dueOn > until) return undefined;
  if (task.dueOn > day) return task.kind === 'crisis' ? 'crisis' : 'soon';
  if (task.kind !== 'routine') return task.kind;
  return task.latestOn >= day ? 'due' : 'overdue';
}

function byUrgency(a: TodayItem, b: TodayItem): number {
  const [first, second] = [a.reasons[0], b.reasons[0]];
  if (!first || !second) return 0;
  return (
    urgency[first.kind] - urgency[second.kind] ||
    compare(first.dueOn, second.dueOn) ||
    compare(a.person.name, b.person.name) ||
    compare(a.person.id, b.person.id)
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
