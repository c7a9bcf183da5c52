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
