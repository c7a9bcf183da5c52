import { type Decision, decided, type Reason, type RuleRef, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import type { Conditions } from '../conditions.ts';
import {
  type CardiacDrug,
  cardiacDrugLabels,
  type DrugNeed,
  drugGaps,
  drugNeedLabels,
} from '../heart/cardiac-drugs.ts';

export interface StrokeDrugFacts {
  /** The history as asked; here a condition not in the list counts as absent. */
  readonly conditions?: Conditions | undefined;
  readonly drugs?: readonly CardiacDrug[] | undefined;
  /** Classes the person must not have; undefined: not checked. */
  readonly contraindicated?: readonly CardiacDrug[] | undefined;
  /** A specialist wants an antithrombotic despite an earlier bleeding stroke. */
  readonly specialistAntithrombotic?: boolean | undefined;
}

export interface StrokeDrugCheck {
  /** Needed and not taken. A prompt to the clinician, never a prescription. */
  readonly gaps: readonly DrugNeed[];
  /** Taken and not to be taken without a specialist. */
  readonly avoid: readonly CardiacDrug[];
  readonly refer: boolean;
}

const antithrombotics: readonly CardiacDrug[] = [
  'aspirin',
  'p2y12-inhibitor',
  'cilostazol',
  'oral-anticoagulant',
];

const rule: RuleRef = {
  id: 'STK-03-drugs',
  edition: 'OWN',
  clause: '缺血性与出血性脑卒中二级预防（指南待登记）',
  certainty: 'from-knowledge',
};

/**
 * The drugs after a stroke. Ischaemic or TIA: an antiplatelet, with atrial fibrillation an anticoagulant instead, and a
 * statin. After a bleeding stroke: no antithrombotic unless a specialist wants it, and none is asked for. Undecided
 * without history and drug list, or when a gap shows and contraindications were not checked.
 * @source 缺血性与出血性脑卒中二级预防指南（待临床专家核对）
 */
export function checkStrokeDrugs(facts: StrokeDrugFacts, _day: PlainDate): Decision<StrokeDrugCheck> {
  const { conditions, drugs, contraindicated, specialistAntithrombotic } = facts;
  if (conditions === undefined || drugs === undefined) {
    const missing = [
      ...(conditions === undefined ? ['病史'] : []),
      ...(drugs === undefined ? ['用药清单'] : []),
    ];
    return undecided(rule, missing);
  }
  const ischaemic = conditions.includes('ischaemic-stroke') || conditions.includes('tia');
  const bled = conditions.includes('haemorrhagic-stroke');
  if (!ischaemic && !bled) return undecided(rule, ['脑卒中或短暂性脑缺血发作类型']);
  const fibrillation = conditions.includes('atrial-fibrillation');
  const anticoagulated = drugs.includes('oral-anticoagulant');
  const needs: DrugNeed[] = [];
  if (ischaemic && !bled) {
    if (fibrillation) needs.push('oral-anticoagulant');
    else if (!anticoagulated) needs.push('antiplatelet');
  }
  if (ischaemic) needs.push('statin');
  const taken = bled ? drugs.filter((drug) => antithrombotics.includes(drug)) : [];
  const gaps = drugGaps(needs, drugs, contraindicated ?? []);
  const missing = [
    ...(gaps.length > 0 && contraindicated === undefined ? ['用药禁忌'] : []),
    ...(taken.length > 0 && specialistAntithrombotic === undefined ? ['专科是否同意抗栓治疗'] : []),
  ];
  if (missing.length > 0) return undecided(rule, missing);
  const avoid = specialistAntithrombotic ? [] : taken;
  const reasons: Reason[] = [
    ...gaps.map((need) => ({ code: 'gdmt-gap', text: `没有使用${drugNeedLabels[need]}，请核对是否需要。` })),
    ...avoid.map((drug) => ({
      code: 'avoid',
      text: `有出血性脑卒中史，正在用${cardiacDrugLabels[drug]}，须由专科决定，请转诊。`,
    })),
  ];
  const refer = gaps.includes('oral-anticoagulant') || avoid.length > 0;
  if (gaps.includes('oral-anticoagulant'))
    reasons.push({ code: 'refer', text: '缺血性卒中合并房颤，应由上级医院评估抗凝，请转诊。' });
  if (reasons.length === 0) reasons.push({ code: 'complete', text: '卒中后应有的药物已具备。' });
  return decided(rule, { gaps, avoid, refer }, reasons);
}
