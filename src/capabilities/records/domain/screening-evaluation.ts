import type { ScreenedCondition } from '#clinical/screening/screening-parameters.ts';
import { testWithinDays } from '#clinical/screening/screening-parameters.ts';
import { valueOn } from '#kernel/dated.ts';
import type { Decision, Reason, RuleRef } from '#kernel/decision.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';

/** What a screening sheet says of one disease: where the person stands, why, and what is next until when. */
export interface ScreeningFinding {
  readonly condition: ScreenedCondition;
  /** `diagnosable`: the values meet the definition; a doctor confirms. */
  readonly state: 'normal' | 'high-risk' | 'suspected' | 'diagnosable';
  readonly reason: string;
  /** Undefined: the ordinary next step of that state. */
  readonly nextStep: string | undefined;
  readonly dueOn: PlainDate | undefined;
  readonly rule: RuleRef;
}

/** A rule's answer as it is stored with the record. */
export interface ScreeningVerdict {
  readonly ruleId: string;
  readonly edition: string;
  readonly outcome: string;
  readonly clause: string;
  readonly certainty: string;
  readonly reasons: readonly Reason[];
}

export interface ScreeningEvaluation {
  readonly verdicts: readonly ScreeningVerdict[];
  readonly findings: readonly ScreeningFinding[];
  /** Fields the rule fills in by itself: score and level. */
  readonly filled: Readonly<Record<string, unknown>>;
  readonly missing: readonly string[];
}

/** What the rules need of the person besides the sheet. */
export interface ScreeningSubject {
  readonly ageYears: number;
  readonly sex: string;
  /** Office pressures of earlier days. */
  readonly pressures: readonly { readonly on: PlainDate; readonly sbp: number; readonly dbp: number }[];
}

export const emptyEvaluation: ScreeningEvaluation = { verdicts: [], findings: [], filled: {}, missing: [] };

/** A decision as it is kept, decided or not. */
export function verdictOf<T>(decision: Decision<T>, outcomeOf: (value: T) => string): ScreeningVerdict {
  const { id, edition, clause, certainty } = decision.rule;
  const common = { ruleId: id, edition, clause, certainty };
  if (decision.kind === 'decided')
    return { ...common, outcome: outcomeOf(decision.value), reasons: decision.reasons };
  const reasons = decision.missing.map((name) => ({ code: 'missing', text: `缺少${name}。` }));
  return { ...common, outcome: 'undecided', reasons };
}

export const reasonText = (reasons: readonly Reason[]) =>
  reasons
    .map((reason) => reason.text)
    .join('')
    .slice(0, 400);

/** The last day for the examination a positive screening asks for. */
export function testBy(which: 'spirometry' | 'glucose-load', day: PlainDate): PlainDate {
  return addDays(day, valueOn(testWithinDays, day)[which]);
}

export const codeYes = (answer: unknown) => (answer === '1' ? true : answer === '2' ? false : undefined);
export const numberOf = (answer: unknown) => (typeof answer === 'number' ? answer : undefined);
