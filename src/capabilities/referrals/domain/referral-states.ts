/** Where a referral stands, in the words of both houses. */
export const referralStates = {
  requested: '待答复',
  accepted: '已接受',
  declined: '已拒收',
  'not-arrived': '未到位',
  arrived: '已到位',
  returned: '已回转',
  'taken-on': '已接续',
  withdrawn: '已撤回',
} as const;
export type ReferralState = keyof typeof referralStates;

export const urgencies = { emergency: '急诊', soon: '尽快', routine: '一般' } as const;
export type Urgency = keyof typeof urgencies;

/** The two ends of a referral. */
export type ReferralSide = 'received' | 'sent';

/** Where the receiving house still has something to do. */
export const openToReceiver: readonly ReferralState[] = ['requested', 'accepted', 'arrived'];
/** Where the sending house has nothing left to do. */
export const doneForSender: readonly ReferralState[] = ['taken-on', 'withdrawn'];

/** Where a second one of the same sender would only be in the way. */
export const underWayStates: readonly ReferralState[] = ['requested', 'accepted'];

interface DeedRule {
  readonly label: string;
  readonly side: ReferralSide;
  readonly from: readonly ReferralState[];
  readonly to: ReferralState;
  /** What has to be said; undefined where nothing has. */
  readonly asks?: string;
}

/** What each side may do, from where, and what it has to say. Whoever did not come may still come. */
export const referralDeeds = {
  accept: { label: '接受', side: 'received', from: ['requested'], to: 'accepted' },
  decline: {
    label: '拒收',
    side: 'received',
    from: ['requested'],
    to: 'declined',
    asks: '拒收的原因，如：无床位，建议转市医院',
  },
  arrive: { label: '到位', side: 'received', from: ['accepted', 'not-arrived'], to: 'arrived' },
  'not-arrive': {
    label: '未到位',
    side: 'received',
    from: ['accepted'],
    to: 'not-arrived',
    asks: '未到位的情况，如：电话联系，家属称不来',
  },
  return: { label: '回转', side: 'received', from: ['arrived'], to: 'returned' },
  'take-on': { label: '确认接续', side: 'sent', from: ['returned'], to: 'taken-on' },
  withdraw: {
    label: '撤回',
    side: 'sent',
    from: ['requested', 'accepted', 'declined', 'not-arrived'],
    to: 'withdrawn',
    asks: '撤回的原因或另外的安排',
  },
} as const satisfies Readonly<Record<string, DeedRule>>;
export type ReferralDeed = keyof typeof referralDeeds;
export const referralDeedNames = Object.keys(referralDeeds) as [ReferralDeed, ...ReferralDeed[]];
/** Deeds that a word at most is needed for; a return brings the slip with it. */
export type PlainDeed = Exclude<ReferralDeed, 'return'>;
export const plainDeeds = referralDeedNames.filter((deed) => deed !== 'return') as [
  PlainDeed,
  ...PlainDeed[],
];

/** What the sending house may do. */
export const senderDeeds = ['take-on', 'withdraw'] as const satisfies readonly PlainDeed[];
export type SenderDeed = (typeof senderDeeds)[number];

/** Whom a hospital found and sent down is taken on by the house that received it, once there is a record: nobody sends them back. */
const foundDeeds: Readonly<Record<ReferralDeed, DeedRule | undefined>> = {
  ...referralDeeds,
  arrive: undefined,
  return: undefined,
  decline: { ...referralDeeds.decline, asks: '拒收的原因，如：本人住在邻村' },
  'not-arrive': {
    ...referralDeeds['not-arrive'],
    label: '联系不上',
    asks: '联系的情况，如：两天打过三次电话，无人接',
  },
  'take-on': {
    ...referralDeeds['take-on'],
    side: 'received',
    from: ['accepted', 'not-arrived'],
    asks: '怎样接续，如：已纳入高血压管理，12 月 10 日随访',
  },
};

/** Whether a referral is of somebody the hospital found itself; by default somebody was sent on by another house. */
interface Kind {
  readonly isFound: boolean;
}
const sentOn: Kind = { isFound: false };

/** The rule of a deed; undefined where a referral of this kind knows no such deed. */
export const ruleOf = (deed: ReferralDeed, { isFound }: Kind = sentOn): DeedRule | undefined =>
  isFound ? foundDeeds[deed] : referralDeeds[deed];

/** What a deed is called from where the referral stands: what was declined is no longer taken back but arranged otherwise. */
export const labelOf = (deed: ReferralDeed, state: ReferralState, kind = sentOn): string =>
  deed === 'withdraw' && (state === 'declined' || state === 'not-arrived')
    ? '另行安排'
    : (ruleOf(deed, kind) ?? referralDeeds[deed]).label;

/** What one end may do with a referral as it stands. */
export const deedsOpen = (state: ReferralState, side: ReferralSide, kind = sentOn): ReferralDeed[] =>
  referralDeedNames.filter((deed) => {
    const rule = ruleOf(deed, kind);
    return rule?.side === side && rule.from.includes(state);
  });

/** Why a deed is not possible, in words for whoever tried it; undefined when it is. */
export function refuseDeed(deed: ReferralDeed, state: ReferralState, kind = sentOn): string | undefined {
  const rule = ruleOf(deed, kind);
  if (rule?.from.includes(state)) return undefined;
  const { label } = rule ?? referralDeeds[deed];
  return `这份转诊${referralStates[state]}，不能${rule ? '再' : ''}“${label}”。`;
}

/** What a deed has to say and does not, in words; undefined when enough was said. */
export function missingWord(deed: ReferralDeed, note: string, kind = sentOn): string | undefined {
  const { asks, label }: DeedRule = ruleOf(deed, kind) ?? referralDeeds[deed];
  return asks !== undefined && note.trim().length < 2 ? `请写明${label}的原因或情况。` : undefined;
}
