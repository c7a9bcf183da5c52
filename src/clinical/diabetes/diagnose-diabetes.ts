import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { diagnosisGlucose } from './diabetes-parameters.ts';

/** Values of one occasion, venous plasma, mmol/L; HbA1c NGSP %. */
export interface GlucoseOccasion {
  readonly on?: PlainDate | undefined;
  readonly fpg?: number | undefined;
  readonly twoHour?: number | undefined;
  readonly hba1c?: number | undefined;
  readonly random?: number | undefined;
}

export interface DiabetesDiagnosisFacts {
  readonly occasions: readonly GlucoseOccasion[];
  readonly typicalSymptoms?: boolean | undefined;
  /** Infection, trauma, steroid: repeat after recovery. */
  readonly stress?: boolean | undefined;
  /** Anaemia, pregnancy, dialysis…: HbA1c does not count. */
  readonly hba1cInvalid?: boolean | undefined;
}

export type DiabetesDiagnosis =
  | 'confirmed'
  | 'repeat'
  | 'repeat-after-recovery'
  | 'ifg'
  | 'igt'
  | 'ifg-and-igt'
  | 'ifg-provisional'
  | 'screen-positive'
  | 'risk-by-hba1c'
  | 'normal';

/**
 * Whether diabetes is confirmed, to be repeated, or where short of it. Fingertip values do not diagnose and are not
 * given here. Undecided without any value.
 * @source 国家基层糖尿病防治管理指南 诊断标准
 */
export function diagnoseDiabetes(facts: DiabetesDiagnosisFacts, day: PlainDate): Decision<DiabetesDiagnosis> {
  const row = rowOn(diagnosisGlucose, day);
  const rule = ruleFrom('DM-03', row);
  const limit = row.value;
  const metrics = (one: GlucoseOccasion, withRandom: boolean) =>
    [
      one.fpg !== undefined && one.fpg >= limit.fpg,
      one.twoHour !== undefined && one.twoHour >= limit.twoHour,
      !facts.hba1cInvalid && one.hba1c !== undefined && one.hba1c >= limit.hba1c,
      withRandom && one.random !== undefined && one.random >= limit.random,
    ].filter(Boolean).length;
  const known = facts.occasions.filter((one) =>
    [one.fpg, one.twoHour, one.hba1c, one.random].some((value) => value !== undefined),
  );
  const latest = known.at(-1);
  if (!latest) return undecided(rule, ['静脉血糖或糖化血红蛋白']);
  const answer = (value: DiabetesDiagnosis, text: string) => decided(rule, value, [because(value, text)]);
  const any = known.some((one) => metrics(one, true) > 0);
  if (any && facts.stress) return answer('repeat-after-recovery', '应激或用药影响，恢复后复查。');
  if (any && facts.typicalSymptoms) return answer('confirmed', '有典型症状，一项达到诊断界值，可以确诊。');
  const firm = known.filter((one) => metrics(one, false) > 0);
  // Two samples of one day are one occasion; a day that is not told is its own.
  const occasions = new Set(firm.map((one, index) => one.on ?? `#${index}`)).size;
  if (known.some((one) => metrics(one, false) >= 2) || occasions >= 2)
    return answer('confirmed', '无症状，两项或两次达到诊断界值，可以确诊。');
  if (any) return answer('repeat', '一次达到诊断界值而无症状，另日复查。');
  const { fpg, twoHour, hba1c } = latest;
  const fasting = fpg !== undefined && fpg >= limit.impairedFasting;
  const tolerance = twoHour !== undefined && twoHour >= limit.impairedTolerance;
  if (fasting && tolerance) return answer('ifg-and-igt', '空腹与糖耐量均受损。');
  if (tolerance) return answer('igt', '糖耐量减低。');
  if (fasting)
    return twoHour === undefined
      ? answer('ifg-provisional', '空腹血糖受损，需做葡萄糖负荷试验确定。')
      : answer('ifg', '空腹血糖受损。');
  if (fpg !== undefined && fpg >= limit.screenPositive && twoHour === undefined)
    return answer('screen-positive', '筛查偏高，建议葡萄糖负荷试验。');
  if (!facts.hba1cInvalid && hba1c !== undefined && hba1c >= limit.hba1cRisk)
    return answer('risk-by-hba1c', '糖化血红蛋白处于风险范围。');
  return answer('normal', '未达到诊断界值。');
}
