import type { Condition } from '#clinical/conditions.ts';
import { type FormAnswers, rowsOf } from '#kernel/form-shape.ts';

/** Codes of 既往史·疾病 that the rules know. Cancer and mental illness are told by their own codes. */
const pastDiseases: Readonly<Record<string, Condition>> = {
  '2': 'hypertension',
  '3': 'type-2-diabetes',
  '4': 'coronary-heart-disease',
  '5': 'copd',
  '6': 'cancer',
  '7': 'stroke-unspecified',
  '8': 'severe-mental-disorder',
  '9': 'tuberculosis',
};

/** The conditions a personal information form tells of. The form does not say of which kind a stroke was, so no rule for one kind counts it. */
export function personalConditions(answers: FormAnswers): Condition[] {
  return rowsOf(answers.pastDiseases).flatMap((row) => pastDiseases[String(row.code ?? '')] ?? []);
}

const relatives = ['familyFather', 'familyMother', 'familySiblings', 'familyChildren'] as const;

/** What of a family history is known: answered by any relative as yes, or by all as none. */
export function personalFamilyHistory(answers: FormAnswers) {
  const told = relatives.map((id) =>
    Array.isArray(answers[id]) ? (answers[id] as unknown[]).map(String) : undefined,
  );
  const all = told.flatMap((codes) => codes ?? []);
  const complete = told.every((codes) => codes !== undefined);
  const of = (code: string) => (all.includes(code) ? true : complete ? false : undefined);
  return { hypertension: of('2'), diabetes: of('3'), cvd: of('4'), stroke: of('7') };
}
