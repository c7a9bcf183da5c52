import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { diagnosisLimits } from './diagnosis-parameters.ts';

export interface PressureFormFacts {
  /** Office mean of repeated visits. */
  readonly office?: { readonly sbp: number; readonly dbp: number } | undefined;
  readonly home?: { readonly sbp: number; readonly dbp: number } | undefined;
  readonly treated?: boolean | undefined;
  /** Cardiovascular risk high: HTN-07 high or above, ten-year risk high, or diabetes. */
  readonly highRisk?: boolean | undefined;
}

export interface PressureForm {
  readonly form:
    | 'white-coat'
    | 'white-coat-effect'
    | 'masked'
    | 'masked-uncontrolled'
    | 'isolated-systolic'
    | 'isolated-diastolic'
    | 'sustained'
    | 'none';
  readonly advice: 'lifestyle-6-months' | 'lifestyle-and-drugs' | 'intensify' | 'usual';
}

/**
 * Office and home together: white coat, masked, isolated systolic or diastolic, sustained or none, with what follows.
 * Undecided without an office value, or whether treated when home speaks against office.
 * @source 国家基层高血压防治管理指南 2025版 §4.2.2、§5.4.7
 */
export function tellPressureForm(facts: PressureFormFacts, day: PlainDate): Decision<PressureForm> {
  const row = rowOn(diagnosisLimits, day);
  const rule = ruleFrom('HTN-04', row, '国家基层高血压防治管理指南 2025版 §4.2.2、§5.4.7');
  const { office, home } = facts;
  if (!office) return undecided(rule, ['诊室血压']);
  const limit = row.value;
  const officeHigh = office.sbp >= limit.office.sbp || office.dbp >= limit.office.dbp;
  const homeHigh = home && (home.sbp >= limit.home.sbp || home.dbp >= limit.home.dbp);
  const answer = (form: PressureForm['form'], advice: PressureForm['advice'], text: string) =>
    decided(rule, { form, advice }, [because(form, text)]);
  const apart = home !== undefined && officeHigh !== homeHigh;
  if (apart && facts.treated === undefined) return undecided(rule, ['是否正在服降压药']);
  if (apart && officeHigh)
    return facts.treated
      ? answer('white-coat-effect', 'usual', '诊室高而家庭不高，为白大衣效应，不据此加药。')
      : answer(
          'white-coat',
          'lifestyle-6-months',
          '诊室高而家庭不高，为白大衣高血压，改善生活方式，6个月复测。',
        );
  if (apart)
    return facts.treated
      ? answer('masked-uncontrolled', 'intensify', '诊室达标而家庭未达标，为隐蔽未控制，需加强治疗。')
      : answer('masked', 'lifestyle-and-drugs', '诊室不高而家庭高，为隐蔽性高血压，改善生活方式并用药。');
  if (office.sbp >= limit.office.sbp && office.dbp < limit.office.dbp)
    return answer('isolated-systolic', 'lifestyle-and-drugs', '单纯收缩期高血压。');
  if (office.sbp < limit.office.sbp && office.dbp >= limit.office.dbp) {
    if (facts.highRisk === undefined) return undecided(rule, ['心血管风险']);
    return facts.highRisk
      ? answer('isolated-diastolic', 'lifestyle-and-drugs', '单纯舒张期高血压且心血管风险高，需用药。')
      : answer(
          'isolated-diastolic',
          'lifestyle-6-months',
          '单纯舒张期高血压，心血管风险不高，改善生活方式，6个月复测。',
        );
  }
  return officeHigh
    ? answer('sustained', 'lifestyle-and-drugs', '诊室血压达到诊断界值。')
    : answer('none', 'usual', '血压未升高。');
}
