/** How a dangerous finding was ended by somebody. */
export const dangerOutcomes = {
  treated: '已就地处理，好转',
  referred: '已转诊',
  'called-120': '已呼叫 120',
  'not-confirmed': '复测正常，未确认',
  'not-found': '多次联系不上，已告知家属或村医',
} as const;
export type DangerOutcome = keyof typeof dangerOutcomes;

/** As printed, with what ends an event by itself. */
export const printDangerOutcome = (outcome: string): string =>
  outcome === 'record-ended' ? '档案已结案' : (dangerOutcomes[outcome as DangerOutcome] ?? outcome);
