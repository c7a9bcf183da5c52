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
  const isDecided = decision.kind === 'decided';
  // Named one by one: to spread an object costs as much as a whole rule, and a county keeps millions of these.
  return {
    ruleId: id,
    edition,
    outcome: isDecided ? outcomeOf(decision.value) : 'undecided',
    clause,
    certainty,
    reasons: isDecided
      ? decision.reasons
      : decision.missing.map((name) => ({ code: 'missing', text: `缺少${name}。` })),
  };
}
