import { ageDanger, measureAgain } from '#clinical/early-warning/age-danger.ts';
import { daysBetween, type PlainDate } from '#kernel/plain-date.ts';
import type { ReferralState, Urgency } from './referral-states.ts';

/** An open follow-up task as far as it asks for a referral. */
export interface AskingTask {
  readonly kind: string;
  readonly reason: string;
  /** The day of the visit that found it; null where it is not known. */
  readonly foundOn: PlainDate | null;
}

/** A referral of the person, as far as it tells whether somebody is at it. */
export interface KnownReferral {
  readonly state: ReferralState;
  /** The day of its last step; null while only this phone knows of it. */
  readonly lastOn: PlainDate | null;
  /** Seen since they were taken on again. */
  readonly isFollowedUp: boolean;
}

/** A referral as the rules propose it, for the doctor to send, change or leave. */
export interface ReferralProposal {
  readonly urgency: Exclude<Urgency, 'routine'>;
  readonly title: string;
  /** What comes before it; undefined where nothing does. */
  readonly first: string | undefined;
  /** Why, as the referral will say it. */
  readonly reason: string;
}

/**
 * What the open tasks of a person ask for: an emergency of now before a danger of an earlier day, that before an advice.
 * A danger nobody settled in time is no emergency any more: it is looked at again at once, and an ordinary referral stands
 * beside it. What a referral since then goes on for is left to it. Undefined when nothing asks for a referral.
 */
export function proposeReferral(
  tasks: readonly AskingTask[],
  referrals: readonly KnownReferral[],
  today: PlainDate,
): ReferralProposal | undefined {
  const open = tasks.filter((task) => !referrals.some((one) => isAbout(one, task)));
  const dangers = open
    .filter(({ kind }) => kind === 'crisis')
    .toSorted((a, b) => ((a.foundOn ?? '') < (b.foundOn ?? '') ? 1 : -1));
  const [danger] = dangers;
  if (danger) return ofDanger(danger, today);
  const asked = open.find(({ kind }) => kind === 'refer');
  return asked && { urgency: 'soon', title: '按规则建议转诊', first: undefined, reason: asked.reason };
}

/** Goes on, and was last heard of since the task was opened. */
function isAbout({ state, lastOn, isFollowedUp }: KnownReferral, { foundOn }: AskingTask): boolean {
  if (state === 'withdrawn' || (state === 'taken-on' && isFollowedUp)) return false;
  return lastOn === null || foundOn === null || lastOn >= foundOn;
}

function ofDanger({ foundOn, reason }: AskingTask, today: PlainDate): ReferralProposal {
  const age = ageDanger({ foundOn: foundOn ?? undefined }, today);
  if (age.kind === 'decided' && age.value === 'now')
    return { urgency: 'emergency', title: '危急：应紧急转诊', first: undefined, reason };
  const when = foundOn === null ? '此前' : `${daysBetween(foundOn, today)} 天前（${foundOn}）`;
  return {
    urgency: 'soon',
    title: `${when}的危急情况未处理，请核实`,
    first: measureAgain,
    reason: `${when}发现，未处理：${reason}`,
  };
}
