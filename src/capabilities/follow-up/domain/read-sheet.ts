import type { FollowUpClassification } from '#clinical/follow-up/follow-up-class.ts';
import type { NextVisitPlan } from '#clinical/follow-up/schedule-next-visit.ts';
import { type StandingGrade, shortenByGrade } from '#clinical/follow-up/shorten-by-grade.ts';
import type { Decision } from '#kernel/decision.ts';
import { describeAnswer } from '#kernel/form-describe.ts';
import { type CodeOption, type FormAnswers, type FormEdition, fieldsOf } from '#kernel/form-shape.ts';
import { type PlainDate, parsePlainDate } from '#kernel/plain-date.ts';

/** A number as answered; anything else is no answer. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A code of two as a flag; undefined when neither was chosen. */
export function codeAsFlag(value: unknown, yes: string, no: string): boolean | undefined {
  return value === yes ? true : value === no ? false : undefined;
}

/** The codes chosen, as text. */
export function codesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Codes 2 and 3 of 并发症情况: a new complication, or an old one worse. */
export function hasWorseComplication(answers: FormAnswers): boolean {
  return answers.complication === '2' || answers.complication === '3';
}

/** The day of the visit; `today` stands in while it is not filled in. */
export function dayOf(answers: FormAnswers, today: PlainDate): PlainDate {
  return (typeof answers.visitDate === 'string' ? parsePlainDate(answers.visitDate) : undefined) ?? today;
}

/** The danger signs chosen on a sheet, by the names this edition prints. */
export function dangerSignsOf(edition: FormEdition, answers: FormAnswers): string[] {
  const field = signFields.get(edition) ?? fieldsOf(edition).find((one) => one.id === 'emergencySigns');
  if (field) signFields.set(edition, field);
  return codesOf(answers.emergencySigns).map((code) => (field ? describeAnswer(field, [code]) : code));
}

/**
 * The codes chosen under a question, as the rules know them from the edition they were written for: another may number its
 * options anew, and what is printed beside a code is what was chosen. What `known` does not print is none of them.
 */
export function codesAsKnown(
  known: FormEdition,
  edition: FormEdition,
  id: string,
  answers: FormAnswers,
): string[] {
  const codes = codesOf(answers[id]);
  if (edition === known) return codes;
  const [own, printed] = [optionsOf(known, id), optionsOf(edition, id)];
  return codes.flatMap((code) => {
    const label = printed.find((one) => one.code === code)?.label;
    return own.find((one) => one.label === label)?.code ?? [];
  });
}

/** The options of a question on an edition; none where it has no such question. */
export function optionsOf(edition: FormEdition, id: string): readonly CodeOption[] {
  const field = fieldsOf(edition).find((one) => one.id === id);
  return field?.kind === 'codes' || field?.kind === 'code' ? field.options : [];
}

const signFields = new WeakMap<FormEdition, ReturnType<typeof fieldsOf>[number]>();

/** The next visit as the classification leads to it, sooner by the person's grade; undecided as long as the first is. */
export function planFrom(
  classification: Decision<FollowUpClassification>,
  day: PlainDate,
  plan: (value: FollowUpClassification, visitOn: PlainDate) => Decision<NextVisitPlan>,
  ruleId: string,
  grade?: StandingGrade,
): Decision<NextVisitPlan> {
  return classification.kind === 'decided'
    ? shortenByGrade(plan(classification.value, day), day, grade)
    : { kind: 'undecided', missing: classification.missing, rule: { ...classification.rule, id: ruleId } };
}
