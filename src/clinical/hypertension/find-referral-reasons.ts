import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { referralLimits } from './treatment-parameters.ts';

/** Signs as the doctor or resident names them. */
export type PressureSign =
  | 'unconscious'
  | 'severe-headache'
  | 'vomiting'
  | 'speech-or-limb'
  | 'chest-or-back-pain'
  | 'dyspnoea-or-oedema'
  | 'chest-tightness-with-sweat'
  | 'other-vital-threat';

export interface ReferralFacts {
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  /** Signs found; undefined while nobody has looked or asked. */
  readonly signs?: readonly PressureSign[] | undefined;
  readonly chestPainMinutes?: number | undefined;
  readonly stillHighAfterTreatment?: boolean | undefined;
  readonly suspectedNewComplication?: boolean | undefined;
  readonly pregnantOrLactating?: boolean | undefined;
  readonly newlyFound?: boolean | undefined;
  readonly onsetAgeYears?: number | undefined;
  readonly proteinuriaOrHaematuria?: boolean | undefined;
  readonly potassium?: number | undefined;
  /** Hydrochlorothiazide equivalent, mg a day; 0 for none. */
  readonly diureticDose?: number | undefined;
  readonly paroxysmal?: boolean | undefined;
  readonly armDifference?: number | undefined;
  readonly fullTripleNotAtTarget?: boolean | undefined;
  readonly markedVariability?: boolean | undefined;
  readonly hardAdverseReaction?: boolean | undefined;
  readonly needsHigherTest?: boolean | undefined;
  readonly newSevereDisease?: boolean | undefined;
  /** Any other reason, in the doctor's words. */
  readonly otherReason?: string | undefined;
}

export interface ReferralAdvice {
  readonly level: 'emergency' | 'initial' | 'follow-up' | 'none';
  readonly codes: readonly string[];
}

/**
 * Why a person with raised pressure should go up, by code of the guide's lists: emergency (E), at first (I), in follow-up
 * (F). The worst list names the level. That there is no reason is said only when pressure and signs were looked at;
 * other facts not asked are named among the reasons.
 * @source 国家基层高血压防治管理指南 2025版 §7
 */
export function findReferralReasons(facts: ReferralFacts, day: PlainDate): Decision<ReferralAdvice> {
  const row = rowOn(referralLimits, day);
  const rule = ruleFrom('HTN-16', row);
  const limit = row.value;
  const has = (sign: PressureSign) => facts.signs?.includes(sign) === true;
  const { sbp, dbp, chestPainMinutes, diureticDose } = facts;
  const reaches = (from: { readonly sbp: number; readonly dbp: number }) =>
    (sbp !== undefined && sbp >= from.sbp) || (dbp !== undefined && dbp >= from.dbp);
  const veryHigh = reaches(limit.pressure);
  const raised = reaches(limit.raised);
  const found: Reason[] = [];
  const add = (holds: boolean, code: string, text: string) => {
    if (holds) found.push(because(code, text));
  };
  add(has('unconscious'), 'E1', '意识丧失或模糊。');
  add(
    veryHigh && (has('severe-headache') || has('vomiting') || has('speech-or-limb')),
    'E2',
    '血压≥180/110 伴剧烈头痛、呕吐或突发言语肢体障碍。',
  );
  add(raised && has('chest-or-back-pain'), 'E3', '血压明显升高伴持续胸背痛。');
  add(raised && has('dyspnoea-or-oedema'), 'E4', '血压升高伴下肢水肿、呼吸困难或不能平卧。');
  if (
    has('chest-tightness-with-sweat') &&
    (chestPainMinutes === undefined || chestPainMinutes >= limit.chestPainMinutes)
  ) {
    const long = chestPainMinutes === undefined ? '（时长不明，按紧急）' : ` ${chestPainMinutes} 分钟`;
    found.push(because('E5', `胸闷胸痛${long}伴大汗。`));
  }
  add(has('other-vital-threat'), 'E6', '其他危及生命的情况。');
  add(veryHigh && facts.stillHighAfterTreatment === true, 'I1', '血压≥180/110，短时处理后仍未下降。');
  add(facts.suspectedNewComplication === true, 'I2', '怀疑新出现心脑肾并发症或其他严重情况。');
  add(facts.pregnantOrLactating === true, 'I3', '妊娠或哺乳期。');
  if (facts.onsetAgeYears !== undefined && facts.onsetAgeYears < limit.onsetBelow)
    found.push(because('I4', `发病年龄 ${facts.onsetAgeYears} 岁，不足 ${limit.onsetBelow} 岁。`));
  add(facts.proteinuriaOrHaematuria === true, 'I5', '伴蛋白尿或血尿。');
  if (
    facts.potassium !== undefined &&
    facts.potassium < limit.potassiumBelow &&
    (diureticDose === undefined || diureticDose <= limit.smallDiureticUpTo)
  ) {
    const dose = diureticDose === undefined ? '利尿剂剂量不明，请核对' : '非利尿剂或仅小剂量利尿剂所致';
    found.push(because('I6', `血钾 ${facts.potassium} mmol/L，${dose}。`));
  }
  add(facts.paroxysmal === true, 'I7', '阵发性升高伴头痛、心悸、出汗。');
  if (facts.armDifference !== undefined && facts.armDifference > limit.armDifferenceAbove)
    found.push(because('I8', `两臂收缩压相差 ${facts.armDifference} mmHg。`));
  add(facts.needsHigherTest === true, 'I9', '需上级医院检查。');
  add(facts.fullTripleNotAtTarget === true, 'F1', '三种足量降压药（含利尿剂）仍未达标。');
  add(facts.markedVariability === true, 'F2', '血压波动大且难以控制。');
  add(facts.hardAdverseReaction === true, 'F3', '难以处理的药物不良反应。');
  add(facts.newSevereDisease === true, 'F4', '新出现严重疾病或心脑肾损害。');
  if (facts.otherReason !== undefined) found.push(because('F5', `${facts.otherReason}。`));
  const codes = found.map((one) => one.code);
  const level = codes.some((code) => code[0] === 'E')
    ? 'emergency'
    : codes.some((code) => code[0] === 'I')
      ? 'initial'
      : codes.length > 0
        ? 'follow-up'
        : 'none';
  if (level === 'none') {
    const needed = missingOf({
      收缩压: sbp,
      舒张压: dbp,
      危险征象: facts.signs,
      短时处理后的血压: veryHigh ? facts.stillHighAfterTreatment : false,
    });
    if (needed.length > 0) return undecided(rule, needed);
  }
  const notAsked = missingOf({
    妊娠或哺乳: facts.pregnantOrLactating,
    血钾: facts.potassium,
    尿蛋白: facts.proteinuriaOrHaematuria,
  });
  if (notAsked.length > 0) found.push(because('not-asked', `尚未了解：${notAsked.join('、')}。`));
  return decided(rule, { level, codes }, found);
}
