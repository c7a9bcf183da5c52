import type { ScreenedCondition } from '#clinical/screening/screening-parameters.ts';
import { testWithinDays } from '#clinical/screening/screening-parameters.ts';
import { valueOn } from '#kernel/dated.ts';
import type { Reason, RuleRef } from '#kernel/decision.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import type { Verdict } from '#kernel/verdict.ts';

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

export interface ScreeningEvaluation {
  readonly verdicts: readonly Verdict[];
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
