import type { Urgency } from './referral-states.ts';

/** Nobody who needs care at once is sent down. */
export const foundUrgencies = ['routine', 'soon'] as const satisfies readonly Urgency[];

/** Kinds of houses that manage people. */
export const managingKinds = ['township-centre', 'village-clinic'] as const;

const longestReason = 500;

/** What the lists say of somebody the hospital found: the diagnosis it made. */
export function reasonOfFound(diagnosis: string): string {
  const told = `医院新发现：${diagnosis.trim().replace(/\s+/g, ' ')}`;
  return told.length <= longestReason ? told : `${told.slice(0, longestReason - 1)}…`;
}
