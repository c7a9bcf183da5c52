import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { secondaryLimits } from './treatment-parameters.ts';

export interface SecondaryFacts {
  readonly onsetAgeYears?: number | undefined;
  readonly resistant?: boolean | undefined;
  readonly potassium?: number | undefined;
  readonly onDiuretic?: boolean | undefined;
  readonly snores?: boolean | undefined;
  readonly snoringAndSleepy?: boolean | undefined;
  readonly abruptSevereOnset?: boolean | undefined;
  readonly muscleWeakness?: boolean | undefined;
  readonly legPressureLower?: boolean | undefined;
  readonly bmi?: number | undefined;
  readonly paroxysmalTriad?: boolean | undefined;
  readonly abdominalBruit?: boolean | undefined;
  /** Rise on ACEI or ARB, %. */
  readonly creatinineRisePercent?: number | undefined;
  readonly moonFace?: boolean | undefined;
  readonly proteinuriaOrHaematuria?: boolean | undefined;
  readonly drugCause?: boolean | undefined;
}

/**
 * Hints of a secondary cause, each to be talked over with the upper hospital. Absent facts are taken as not found.
 * @source 中国高血压防治指南 继发性高血压
 */
export function flagSecondaryCauses(facts: SecondaryFacts, day: PlainDate): Decision<readonly string[]> {
  const row = rowOn(secondaryLimits, day);
  const limit = row.value;
  const found: Reason[] = [];
  const add = (holds: boolean | undefined, code: string, text: string) => {
    if (holds) found.push(because(code, text));
  };
  add(
    facts.onsetAgeYears !== undefined && facts.onsetAgeYears < limit.onsetBelow,
    'young-onset',
    `发病不足 ${limit.onsetBelow} 岁。`,
  );
  add(facts.abruptSevereOnset, 'abrupt-onset', '起病急、血压重度升高。');
  add(facts.resistant, 'resistant', '难治性高血压。');
  add(
    facts.potassium !== undefined && facts.potassium < limit.potassiumBelow && facts.onDiuretic !== true,
    'aldosteronism',
    `${facts.onDiuretic === undefined ? '是否用利尿剂不明，' : '未用利尿剂而'}血钾 ${facts.potassium} mmol/L，注意原发性醛固酮增多症。`,
  );
  add(
    facts.snoringAndSleepy || (facts.snores && facts.bmi !== undefined && facts.bmi >= limit.bmiFrom),
    'sleep-apnoea',
    '打鼾伴日间嗜睡或肥胖，注意睡眠呼吸暂停。',
  );
  add(facts.muscleWeakness, 'muscle-weakness', '肌无力，注意原发性醛固酮增多症。');
  add(facts.legPressureLower, 'coarctation', '下肢血压低于上肢，注意主动脉缩窄。');
  add(facts.paroxysmalTriad, 'phaeochromocytoma', '阵发性头痛、心悸、出汗，注意嗜铬细胞瘤。');
  add(
    facts.abdominalBruit ||
      (facts.creatinineRisePercent !== undefined &&
        facts.creatinineRisePercent > limit.creatinineRisePercent),
    'renal-artery',
    '腹部血管杂音，或用普利、沙坦后肌酐升高超过30%，注意肾动脉狭窄。',
  );
  add(facts.moonFace, 'cushing', '满月脸，注意皮质醇增多症。');
  add(facts.proteinuriaOrHaematuria, 'renal', '蛋白尿或血尿，注意肾性高血压。');
  add(facts.drugCause, 'drug', '正在用可升高血压的药物。');
  return decided(
    ruleFrom('HTN-18', row),
    found.map((one) => one.code),
    found,
  );
}
