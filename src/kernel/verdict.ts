import type { Certainty, Decision, Reason } from './decision.ts';

/** A rule's answer in the form in which it is kept with the sheet it was given to. */
export interface Verdict {
  readonly ruleId: string;
  readonly edition: string;
  readonly outcome: string;
  readonly clause: string;
  readonly certainty: Certainty;
  readonly reasons: readonly Reason[];
}

/** A decision as it is kept, decided or not. */
export function verdictOf<T>(decision: Decision<T>, outcomeOf: (value: T) => string): Verdict {
  const { id, edition, clause, certainty } = decision.rule;
  const common = { ruleId: id, edition, clause, certainty };
  if (decision.kind === 'decided')
    return { ...common, outcome: outcomeOf(decision.value), reasons: decision.reasons };
  const reasons = decision.missing.map((name) => ({ code: 'missing', text: `缺少${name}。` }));
  return { ...common, outcome: 'undecided', reasons };
}
