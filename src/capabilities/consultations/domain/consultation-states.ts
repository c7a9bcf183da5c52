/** Where a consultation stands, in the words of both houses. */
export const consultationStates = {
  requested: '待受理',
  accepted: '已受理',
  declined: '已退回',
  answered: '已有意见',
  filed: '已完成',
  withdrawn: '已撤回',
} as const;
export type ConsultationState = keyof typeof consultationStates;

/** As the national sheet has them; an emergency is referred, not asked about. */
export const consultationUrgencies = { soon: '加急', routine: '普通' } as const;
export type ConsultationUrgency = keyof typeof consultationUrgencies;

/** How the doctors met, by the code of the sheet. */
export const consultationModes = { '1': '现场', '2': '电话', '3': '视频或远程' } as const;
export type ConsultationMode = keyof typeof consultationModes;

/** The house that is asked, and the one that asks; a centre may ask a department of its own. */
export type ConsultationSide = 'asked' | 'asking';

/** Where the house that is asked still has something to do. */
export const openToAsked: readonly ConsultationState[] = ['requested', 'accepted'];
/** Where the house that asks has nothing left to do. */
export const doneForAsking: readonly ConsultationState[] = ['filed', 'withdrawn'];

interface DeedRule {
  readonly label: string;
  readonly side: ConsultationSide;
  readonly from: readonly ConsultationState[];
  readonly to: ConsultationState;
  /** What has to be said; undefined where nothing has. */
  readonly asks?: string;
}

/** What each side may do, from where, and what it has to say. An opinion may be given at once. */
export const consultationDeeds = {
  answer: { label: '写会诊意见', side: 'asked', from: ['requested', 'accepted'], to: 'answered' },
  accept: { label: '受理', side: 'asked', from: ['requested'], to: 'accepted' },
  decline: {
    label: '退回',
    side: 'asked',
    from: ['requested', 'accepted'],
    to: 'declined',
    asks: '退回的原因，如：请补心电图后再申请',
  },
  file: { label: '存入会诊记录', side: 'asking', from: ['answered'], to: 'filed' },
  withdraw: {
    label: '撤回',
    side: 'asking',
    from: ['requested', 'accepted', 'declined'],
    to: 'withdrawn',
    asks: '撤回的原因或另外的安排',
  },
} as const satisfies Readonly<Record<string, DeedRule>>;
export type ConsultationDeed = keyof typeof consultationDeeds;
export const consultationDeedNames = Object.keys(consultationDeeds) as [
  ConsultationDeed,
  ...ConsultationDeed[],
];
/** Deeds that a word at most is needed for. */
export const plainConsultationDeeds = ['accept', 'decline', 'withdraw'] as const;
export type PlainConsultationDeed = (typeof plainConsultationDeeds)[number];

export const deedRule = (deed: ConsultationDeed): DeedRule => consultationDeeds[deed];

/** What a house that stands at these sides may do with a consultation as it is. */
export const consultationDeedsOpen = (
  state: ConsultationState,
  sides: readonly ConsultationSide[],
): ConsultationDeed[] =>
  consultationDeedNames.filter((deed) => {
    const { side, from } = deedRule(deed);
    return sides.includes(side) && from.includes(state);
  });

/** Why a deed is not possible, in words for whoever tried it; undefined when it is. */
export function refuseConsultationDeed(deed: ConsultationDeed, state: ConsultationState): string | undefined {
  const { from, label } = deedRule(deed);
  return from.includes(state) ? undefined : `这份会诊${consultationStates[state]}，不能再“${label}”。`;
}

/** What a deed has to say and does not, in words; undefined when enough was said. */
export function missingConsultationWord(deed: ConsultationDeed, note: string): string | undefined {
  const { asks, label } = deedRule(deed);
  return asks !== undefined && note.trim().length < 2 ? `请写明${label}的原因。` : undefined;
}
