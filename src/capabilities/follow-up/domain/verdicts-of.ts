import { type Verdict, verdictOf } from '#kernel/verdict.ts';
import type { FollowUpEvaluation } from './sheet-evaluation.ts';

/** Every rule's answer to a sheet, decided or not, in the form it is kept. */
export function verdictsOf(evaluation: FollowUpEvaluation): Verdict[] {
  return [
    verdictOf(evaluation.classification, (value) => `${value.formClass}`),
    ...(evaluation.statutory ? [verdictOf(evaluation.statutory, (value: string) => value)] : []),
    ...(evaluation.clinical ? [verdictOf(evaluation.clinical, (value: string) => value)] : []),
    verdictOf(evaluation.crisis, (value) => (value ? 'crisis' : 'none')),
    verdictOf(evaluation.plan, (value) => `${value.kind}:${value.proposedOn}`),
  ];
}
