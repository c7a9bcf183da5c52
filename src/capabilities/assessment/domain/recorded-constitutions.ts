import type { Constitution } from '#clinical/tcm/judge-constitution.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';

/** Constitutions by the field of the national sheet that holds their result. */
const resultFields: Readonly<Record<string, Constitution>> = {
  qiDeficiencyResult: 'qixu',
  yangDeficiencyResult: 'yangxu',
  yinDeficiencyResult: 'yinxu',
  phlegmDampResult: 'tanshi',
  dampHeatResult: 'shire',
  bloodStasisResult: 'xueyu',
  qiStagnationResult: 'qiyu',
  specialDiathesisResult: 'tebing',
  balancedResult: 'pinghe',
};

/** The constitutions a sheet says 是 of; tendencies are not advised on. */
export function recordedConstitutions(answers: FormAnswers): Constitution[] {
  return Object.entries(resultFields).flatMap(([field, constitution]) =>
    answers[field] === '1' ? [constitution] : [],
  );
}
