import { followUpForms } from '#capabilities/follow-up/domain/follow-up-programs.ts';
import {
  type AskingTask,
  type KnownReferral,
  proposeReferral,
  type ReferralProposal,
} from '#capabilities/referrals/domain/propose-referral.ts';
import {
  deedsOpen,
  type ReferralState,
  referralDeeds,
  type SenderDeed,
  senderDeeds,
  underWayStates,
} from '#capabilities/referrals/domain/referral-states.ts';
import { recheckDays } from '#clinical/hypertension/follow-up-parameters.ts';
import { valueOn } from '#kernel/dated.ts';
import { addDays, dayInChina, type PlainDate } from '#kernel/plain-date.ts';
import type { FieldOperationBodies } from './field-operation.ts';
import type { PersonDocument } from './person-document.ts';
import type { PhoneReferral } from './phone-referral.ts';

/** What waits for the village about a referral, from which day. */
export interface WaitingReferral {
  readonly dueOn: PlainDate;
  readonly label: string;
}

/** A referral sent from this phone; the server's document may hold it already. */
export function addReferral(
  person: PersonDocument,
  body: FieldOperationBodies['referral.send'],
): PersonDocument {
  const { referrals = [] } = person;
  if (referrals.some((one) => one.id === body.referralId)) return person;
  const { referralId: id, toOrganizationId: toId, toDepartment, urgency, reason } = body;
  const sent: PhoneReferral = {
    id,
    ...(toId === undefined ? {} : { toId }),
    toDepartment,
    urgency,
    reason,
    state: 'requested',
    version: 1,
    isLocal: true,
  };
  return { ...person, referrals: [sent, ...referrals] };
}

/** A step taken on this phone, from the version it was taken on; nothing where the server is further. */
export function stepOnPhone(
  person: PersonDocument,
  body: FieldOperationBodies['referral.step'],
): PersonDocument {
  const { referralId, deed, version, note } = body;
  const step = (one: PhoneReferral): PhoneReferral => {
    if (one.id !== referralId || one.version !== version) return one;
    const { at: _, note: __, ...rest } = one;
    const said = note.trim() ? { note: note.trim() } : {};
    return { ...rest, ...said, state: referralDeeds[deed].to, version: version + 1, isLocal: true };
  };
  return { ...person, referrals: (person.referrals ?? []).map(step) };
}

/** Whether this house sent it, or this phone is about to. */
export const isOwn = (one: PhoneReferral, ownHouse: string) =>
  one.fromId === undefined || one.fromId === ownHouse;

/** What this house may do with it from the phone. */
export function deedsOnPhone(one: PhoneReferral, ownHouse: string): readonly SenderDeed[] {
  const open = isOwn(one, ownHouse) ? deedsOpen(one.state, 'sent') : [];
  return senderDeeds.filter((deed) => open.includes(deed));
}

/** The referral of this house to a house of the county that is under way: a second would be refused. */
export const underWayOf = ({ referrals = [] }: PersonDocument, ownHouse: string): PhoneReferral | undefined =>
  referrals.find(
    (one) => one.toId !== undefined && underWayStates.includes(one.state) && isOwn(one, ownHouse),
  );

/** What the open follow-ups ask for, whatever was sent already. */
export const adviceToRefer = (
  person: Pick<PersonDocument, 'tasks' | 'programs'>,
  today: PlainDate,
): ReferralProposal | undefined => proposeReferral(askingTasks(person), [], today);

/** The same, where no referral goes on for it and whoever came back was seen. */
export function referralToPropose(person: PersonDocument, today: PlainDate): ReferralProposal | undefined {
  if (person.status !== 'active') return undefined;
  const known = (person.referrals ?? []).map(
    (one): KnownReferral => ({
      state: one.state,
      lastOn: one.at === undefined ? null : dayInChina(new Date(one.at)),
      isFollowedUp: followUpAfterReturn(one, person) === undefined,
    }),
  );
  return proposeReferral(askingTasks(person), known, today);
}

/** A task is opened by the last sheet of its programme. */
const askingTasks = ({ tasks, programs }: Pick<PersonDocument, 'tasks' | 'programs'>): AskingTask[] =>
  tasks.map(({ kind, reason, enrollmentId }) => ({
    kind,
    reason,
    foundOn: programs.find((one) => one.enrollmentId === enrollmentId)?.lastVisitOn ?? null,
  }));

/** Where the other house did not take the person, or they did not come: to be sent anew or arranged otherwise. */
export const cameToNothing: readonly ReferralState[] = ['declined', 'not-arrived'];

/** The day by which whoever came back is followed up; undefined once that was done. */
export function followUpAfterReturn(
  one: PhoneReferral,
  person: Pick<PersonDocument, 'visits'>,
): PlainDate | undefined {
  if (one.state !== 'taken-on' || one.at === undefined) return undefined;
  const since = dayInChina(new Date(one.at));
  const isSeen = person.visits.some(({ form, on }) => on >= since && followUpForms.includes(form));
  return isSeen ? undefined : addDays(since, valueOn(recheckDays, since));
}

const waitingWords: Partial<Record<ReferralState, string>> = {
  declined: '转诊被拒收，请另行安排',
  'not-arrived': '转诊后未到位，请联系本人',
  returned: '上级已转回，请确认接续',
};

/** What waits for the person’s own village clinic about referrals it sent, the earliest first to be done. */
export function waitingReferral(person: PersonDocument): WaitingReferral | null {
  const waiting = (person.referrals ?? []).flatMap((one): WaitingReferral[] => {
    if (one.fromId !== person.organizationId || one.at === undefined) return [];
    const label = waitingWords[one.state];
    if (label) return [{ dueOn: dayInChina(new Date(one.at)), label }];
    const dueOn = followUpAfterReturn(one, person);
    return dueOn ? [{ dueOn, label: '转回后应随访' }] : [];
  });
  return waiting.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))[0] ?? null;
}
