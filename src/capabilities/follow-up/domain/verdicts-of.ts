import type { Decision, Reason } from '#kernel/decision.ts';
import type { FollowUpEvaluation } from './sheet-evaluation.ts';

/** A rule result as it is stored with the sheet. */
export interface VerdictRow {
  readonly ruleId: string;
  readonly edition: string;
  readonly outcome: string;
  readonly clause: string;
  readonly certainty: string;
  readonly reasons: readonly Reason[];
}

/** Every rule's answer to a sheet, decided or not, in the form it is kept. */
export function verdictsOf(evaluation: FollowUpEvaluation): VerdictRow[] {
  return [
    toRow(evaluation.classification, (value) => `${value.formClass}`),
    ...(evaluation.statutory ? [toRow(evaluation.statutory, (value: string) => value)] : []),
    ...(evaluation.clinical ? [toRow(evaluation.clinical, (value: string) => value)] : []),
    toRow(evaluation.crisis, (value) => (value ? 'crisis' : 'none')),
    toRow(evaluation.plan, (value) => `${value.kind}:${value.proposedOn}`),
  ];
}

function toRow<T>(decision: Decision<T>, outcomeOf: (value: T) => string): VerdictRow {
  const { id, edition, clause, certainty } = decision.rule;
  if (decision.kind === 'decided') {
    return {
      ruleId: id,
      edition,
      clause,
      certainty,
      outcome: outcomeOf(decision.value),
      reasons: decision.reasons,
    };
  }
  const reasons = decision.missing.map((name) => ({ code: 'missing', text: `缺少${name}。` }));
  return { ruleId: id, edition, clause, certainty, outcome: 'undecided', reasons };
}
