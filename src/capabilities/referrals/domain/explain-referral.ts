import { daysBetween, type PlainDate } from '#kernel/plain-date.ts';
import type { Direction } from './choose-receiver.ts';
import { minutesBetween, printInterval } from './print-interval.ts';
import type { ReferralFigure } from './referral-figures.ts';
import { type ReferralState, referralStates, type Urgency, urgencies } from './referral-states.ts';

/** What of a referral its figures are counted from. Moments as instants; null where it has not come. */
export interface ReferralFacts {
  readonly state: ReferralState;
  readonly urgency: Urgency;
  /** Outside: a house elsewhere, which answers nothing here. */
  readonly direction: Direction | 'outside';
  /** The hospital found the person itself and sent them down. */
  readonly isFound: boolean;
  readonly sentAt: string;
  readonly sentOn: PlainDate;
  readonly isLate: boolean;
  readonly acceptedAt: string | null;
  readonly arrivedAt: string | null;
  readonly returnedAt: string | null;
  readonly takenOnAt: string | null;
  /** Managed when sent, and for all the days within which a follow-up counts. */
  readonly isManaged: boolean;
  /** The first follow-up after the day of sending, however late. */
  readonly followedUpOn: PlainDate | null;
  /** The last day on which a follow-up counts, and whether it is over. */
  readonly followUpBy: PlainDate;
  readonly isFollowUpOver: boolean;
}

/** Where a referral stands to a figure: in it, about it but not in it, or not about it; and why, in a sentence. */
export interface Standing {
  readonly side: 'in' | 'out' | 'excluded';
  readonly text: string;
}

const [inside, out, excluded] = (['in', 'out', 'excluded'] as const).map(
  (side) =>
    (text: string): Standing => ({ side, text }),
) as [Say, Say, Say];
type Say = (text: string) => Standing;

const directionWords = {
  up: '上转',
  down: '下转',
  across: '同级转诊',
  outside: '转往外县或平台以外的机构',
} as const;

/** Why a referral is in a figure, or is not. */
export function explainReferral(figure: ReferralFigure, facts: ReferralFacts): Standing {
  const { state, direction } = facts;
  const isWithdrawn = state === 'withdrawn';
  if (figure === 'sent') return inside(`现在：${referralStates[state]}`);
  if (figure === 'withdrawn')
    return isWithdrawn ? inside('已撤回') : out(`没有撤回，现在：${referralStates[state]}`);
  if (figure === 'up' || figure === 'down' || figure === 'green')
    return isWithdrawn ? out('已撤回，不计') : explainNumber(figure, facts);
  if (isWithdrawn) return excluded('已撤回');
  if (figure === 'followed-up') return explainFollowUp(facts);
  if (direction === 'outside') return excluded('转往外县或平台以外的机构，没有平台上的答复');
  return explainStep(figure, facts);
}

function explainNumber(figure: 'up' | 'down' | 'green', facts: ReferralFacts): Standing {
  const way = directionWords[facts.direction];
  if (figure === 'green')
    return facts.urgency === 'emergency' ? inside('急诊') : out(`缓急为“${urgencies[facts.urgency]}”`);
  const isUp = facts.direction === 'up' || facts.direction === 'outside';
  if (figure === 'up') return isUp ? inside(way) : out(way);
  if (facts.direction === 'down') return inside(facts.isFound ? '医院新发现，直接下转' : way);
  return isUp && facts.returnedAt !== null ? inside(`${way}后已回转`) : out(`${way}，没有回转`);
}

function explainFollowUp(facts: ReferralFacts): Standing {
  const { followedUpOn, followUpBy, sentOn } = facts;
  if (facts.direction !== 'up' && facts.direction !== 'outside')
    return excluded(`${directionWords[facts.direction]}，不是上转`);
  if (!facts.isManaged) return excluded('转出时不在管，或期限内已结案');
  if (!facts.isFollowUpOver) return excluded(`随访期限到 ${followUpBy}，还没有满`);
  if (followedUpOn === null) return out(`到 ${followUpBy} 没有随访，之后也没有`);
  const told = `第 ${daysBetween(sentOn, followedUpOn)} 天（${followedUpOn}）随访`;
  return followedUpOn <= followUpBy ? inside(told) : out(`到 ${followUpBy} 没有随访，${told}`);
}

type StepFigure = Exclude<ReferralFigure, 'sent' | 'withdrawn' | 'up' | 'down' | 'green' | 'followed-up'>;

function explainStep(figure: StepFigure, facts: ReferralFacts): Standing {
  const { state, sentAt, acceptedAt, arrivedAt, returnedAt, takenOnAt } = facts;
  const now = `现在：${referralStates[state]}`;
  const after = (at: string, from = sentAt) => `${printInterval(minutesBetween(from, at))}后`;
  switch (figure) {
    case 'accepted':
      return acceptedAt ? inside(`发出 ${after(acceptedAt)}接受`) : out(now);
    case 'arrived':
      if (facts.isFound) return excluded('医院直接下转的不登记到位');
      return arrivedAt ? inside(`发出 ${after(arrivedAt)}到位`) : out(now);
    case 'declined':
    case 'not-arrived':
      return state === figure ? inside(referralStates[state]) : out(now);
    case 'late':
      return facts.isLate
        ? inside('已过时限，仍待答复')
        : out(state === 'requested' ? '待答复，时限未到' : now);
    case 'returned':
      if (facts.isFound) return excluded('医院直接下转的不再回转');
      if (!arrivedAt) return excluded(`没有到位，${now}`);
      return returnedAt ? inside(`到位 ${after(returnedAt, arrivedAt)}回转`) : out('到位，还没有回转');
    case 'taken-on':
      if (facts.isFound)
        return takenOnAt
          ? inside(`医院直接下转，${after(takenOnAt)}接续`)
          : out(`医院直接下转，还没有接续，${now}`);
      if (!returnedAt) return excluded(`没有回转，${now}`);
      return takenOnAt ? inside(`回转 ${after(takenOnAt, returnedAt)}接续`) : out('已回转，还没有接续');
  }
}
