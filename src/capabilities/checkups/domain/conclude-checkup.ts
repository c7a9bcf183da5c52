import type { CheckupFinding } from '#clinical/checkup/checkup-facts.ts';
import { type CheckupReview, reviewCheckup } from '#clinical/checkup/review-checkup.ts';
import type { FormAnswers, FormEdition } from '#kernel/form-shape.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Verdict } from '#kernel/verdict.ts';
import { type CheckupPerson, readCheckupFacts } from './read-checkup-facts.ts';

/** What the doctor did with a suggested conclusion. */
export interface ConclusionDecision {
  readonly code: string;
  readonly decision: 'accepted' | 'declined';
  /** The doctor's own words instead of the suggested ones. */
  readonly label?: string | undefined;
  /** Why a suggestion was not taken. */
  readonly reason?: string | undefined;
}

/** A rule's answer to a checkup; the edition it is kept with is the sheet's. */
export interface CheckupVerdict extends Omit<Verdict, 'edition'> {
  readonly decisions?: readonly ConclusionDecision[];
}

const reviewRule = 'CHK-02';

/** The suggestions of the rules for a sheet. */
export function reviewSheet(
  edition: FormEdition,
  answers: FormAnswers,
  person: CheckupPerson,
  day: PlainDate,
): CheckupReview {
  const decision = reviewCheckup(readCheckupFacts(edition, answers, person), day);
  return decision.kind === 'decided' ? decision.value : { findings: [], codes: [], riskControl: [] };
}

/** Findings the doctor has neither taken nor left; urgent and abnormal ones must be answered before the sheet is finished. */
export function unanswered(
  review: CheckupReview,
  decisions: readonly ConclusionDecision[],
): readonly CheckupFinding[] {
  const answered = new Set(decisions.map((one) => one.code));
  return review.findings.filter((one) => one.level !== 'note' && !answered.has(one.code));
}

/** Urgent suggestions left without a reason. */
export function declinedWithoutReason(
  review: CheckupReview,
  decisions: readonly ConclusionDecision[],
): readonly CheckupFinding[] {
  return review.findings.filter((finding) =>
    decisions.some(
      (one) =>
        one.code === finding.code &&
        one.decision === 'declined' &&
        finding.level === 'urgent' &&
        !one.reason?.trim(),
    ),
  );
}

/** A finding the doctor took, with the words that go on the sheet. */
export interface AcceptedFinding extends CheckupFinding {
  readonly written: string;
}

/** The findings the doctor took, heaviest first. */
export function acceptedFindings(
  review: CheckupReview,
  decisions: readonly ConclusionDecision[],
): AcceptedFinding[] {
  return review.findings.flatMap((finding) => {
    const decision = decisions.find((one) => one.code === finding.code);
    return decision?.decision === 'accepted'
      ? [{ ...finding, written: decision.label?.trim() || finding.label }]
      : [];
  });
}

/**
 * The verdicts kept with a filed sheet: that it was reviewed, with the doctor's answers, and one for each other rule that
 * found something.
 */
export function checkupVerdicts(
  findings: readonly CheckupFinding[],
  decisions: readonly ConclusionDecision[],
): CheckupVerdict[] {
  const reasonsOf = (some: readonly CheckupFinding[]) =>
    some.map((one) => ({ code: one.code, text: one.reason }));
  const byRule = new Map<string, CheckupFinding[]>();
  for (const one of findings) byRule.set(one.ruleId, [...(byRule.get(one.ruleId) ?? []), one]);
  byRule.delete(reviewRule);
  return [
    {
      ruleId: reviewRule,
      outcome: findings.length === 0 ? 'unremarkable' : 'abnormal',
      clause: '健康体检表 健康评价',
      certainty: 'own-default',
      reasons: reasonsOf(findings),
      decisions,
    },
    ...[...byRule].map(([ruleId, mine]) => ({
      ruleId,
      outcome: mine[0]?.code ?? '',
      clause: mine[0]?.clause ?? '',
      certainty: 'found' as const,
      reasons: reasonsOf(mine),
    })),
  ];
}

const longestAbnormal = 200;
const printedLines = 4;

/** 健康评价 and 健康指导 as the sheet codes them from what was accepted; more than four conclusions share the last line. */
export function proposeEvaluation(
  accepted: readonly AcceptedFinding[],
  person: CheckupPerson,
): Record<string, unknown> {
  const lines = accepted.map((one) => one.written);
  const guidance = new Set(accepted.flatMap((one) => one.guidance));
  if (person.programs.length > 0) guidance.add('1');
  const chosen = [...guidance].toSorted();
  const shared =
    lines.length > printedLines
      ? [...lines.slice(0, printedLines - 1), lines.slice(printedLines - 1).join('；')]
      : lines;
  return {
    evaluation: lines.length === 0 ? '1' : '2',
    ...Object.fromEntries(
      shared.map((text, index) => [`abnormal${index + 1}`, text.slice(0, longestAbnormal)]),
    ),
    ...(chosen.length > 0 ? { guidance: chosen } : {}),
  };
}

/** 危险因素控制 as proposed, with the target weight where one is to be lost. */
export function proposeRiskControl(review: CheckupReview): Record<string, unknown> {
  const codes = review.riskControl
    .map((one) => one.code)
    .filter((code) => code !== '5' || review.targetWeight !== undefined);
  if (codes.length === 0) return {};
  return {
    riskControl: codes,
    ...(codes.includes('6') ? { adviseVaccine: '流感疫苗、肺炎球菌疫苗' } : {}),
    ...(codes.includes('5') ? { targetWeight: review.targetWeight } : {}),
  };
}
