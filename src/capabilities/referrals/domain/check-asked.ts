import type { Urgency } from './referral-states.ts';

/** What a referral has to say, in words for whoever left it out. */
export const referralAsks = {
  toDepartment: '请填写转往科室。',
  reason: '请写明转诊理由。',
  firstHandling: '急诊转诊请写明已做的初步处理。',
} as const;

/** Longest texts of a referral. */
export const referralLengths = { toDepartment: 60, reason: 500, firstHandling: 1000 } as const;

/** What is asked for a person who is at no centre. */
export interface AskedReferral {
  readonly toDepartment: string;
  readonly reason: string;
  readonly firstHandling: string;
  readonly urgency: Urgency;
}

/** Whether an emergency leaves out what was done first. */
export const lacksHandling = ({ urgency, firstHandling }: Pick<AskedReferral, 'urgency' | 'firstHandling'>) =>
  urgency === 'emergency' && firstHandling.trim() === '';

/** What is left out, by field, in the order of the form; empty when it can be sent. */
export function missingInReferral(
  asked: AskedReferral,
): { path: keyof typeof referralAsks; message: string }[] {
  const paths = [
    ...(asked.toDepartment.trim() === '' ? (['toDepartment'] as const) : []),
    ...(asked.reason.trim() === '' ? (['reason'] as const) : []),
    ...(lacksHandling(asked) ? (['firstHandling'] as const) : []),
  ];
  return paths.map((path) => ({ path, message: referralAsks[path] }));
}

/** Why a second one of this house is not sent while one is under way. */
export const wordUnderWay = (department: string) =>
  `本机构已为此人转诊“${department}”，还在进行中；要改请先撤回那一份。`;
