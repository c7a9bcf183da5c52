import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
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
  readonly signs: readonly PressureSign[];
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
}

export interface ReferralAdvice {
  readonly level: 'emergency' | 'initial' | 'follow-up' | 'none';
  readonly codes: readonly string[];
}

/**
 * Why a person with raised pressure should go up, by code of the guide's lists: emergency (E), at first (I), in follow-up
 * (F). Absent facts are taken as not found, since each is a finding. The worst list names the level.
 * @source 国家基层高血压防治管理指南 2025版 §7
 */
export function findReferralReasons(facts: ReferralFacts, day: PlainDate): Decision<ReferralAdvice> {
  const row = rowOn(referralLimits, day);
  const rule = ruleFrom('HTN-16', row);
  const limit = row.value;
  const has = (sign: PressureSign) => facts.signs.includes(sign);
  const { sbp, dbp } = facts;
  const veryHigh =
    (sbp !== undefined && sbp >= limit.pressure.sbp) || (dbp !== undefined && dbp >= limit.pressure.dbp);
  const raised = sbp !== undefined && dbp !== undefined;
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
  add(
    has('chest-tightness-with-sweat') && (facts.chestPainMinutes ?? 0) >= limit.chestPainMinutes,
    'E5',
    `胸闷胸痛 ${facts.chestPainMinutes} 分钟伴大汗。`,
  );
  add(has('other-vital-threat'), 'E6', '其他危及生命的情况。');
  add(veryHigh && facts.stillHighAfterTreatment === true, 'I1', '血压≥180/110，短时处理后仍未下降。');
  add(facts.suspectedNewComplication === true, 'I2', '怀疑新出现心脑肾并发症或其他严重情况。');
  add(facts.pregnantOrLactating === true, 'I3', '妊娠或哺乳期。');
  add(
    facts.onsetAgeYears !== undefined && facts.onsetAgeYears < limit.onsetBelow,
    'I4',
    `发病年龄 ${facts.onsetAgeYears} 岁，不足 ${limit.onsetBelow} 岁。`,
  );
  add(facts.proteinuriaOrHaematuria === true, 'I5', '伴蛋白尿或血尿。');
  add(
    facts.potassium !== undefined &&
      facts.potassium < limit.potassiumBelow &&
      (facts.diureticDose ?? 0) <= limit.smallDiureticUpTo,
    'I6',
    `血钾 ${facts.potassium} mmol/L，非利尿剂或仅小剂量利尿剂所致。`,
  );
  add(facts.paroxysmal === true, 'I7', '阵发性升高伴头痛、心悸、出汗。');
  add(
    facts.armDifference !== undefined && facts.armDifference > limit.armDifferenceAbove,
    'I8',
    `两臂收缩压相差 ${facts.armDifference} mmHg。`,
  );
  add(facts.fullTripleNotAtTarget === true, 'F1', '三种足量降压药（含利尿剂）仍未达标。');
  add(facts.markedVariability === true, 'F2', '血压波动大且难以控制。');
  add(facts.hardAdverseReaction === true, 'F3', '难以处理的药物不良反应。');
  const codes = found.map((one) => one.code);
  const level = codes.some((code) => code.startsWith('E'))
    ? 'emergency'
    : codes.some((code) => code.startsWith('I'))
      ? 'initial'
      : codes.length > 0
        ? 'follow-up'
        : 'none';
  return decided(rule, { level, codes }, found);
}
