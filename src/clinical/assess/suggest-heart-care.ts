import { type Condition, hasAny } from '../conditions.ts';
import type { CardiacDrug } from '../heart/cardiac-drugs.ts';
import { checkCoronaryDrugs } from '../heart/check-coronary-drugs.ts';
import { checkFailureDrugs } from '../heart/check-failure-drugs.ts';
import { checkStrokeDrugs } from '../stroke/check-stroke-drugs.ts';
import { type Finding, findingOf } from './assessment.ts';
import type { Facts } from './read-facts.ts';

const byClass: Readonly<Record<string, CardiacDrug>> = {
  STATIN: 'statin',
  BB_S: 'beta-blocker',
  BB_NS: 'beta-blocker',
  ACEI: 'ace-inhibitor',
  ARB: 'arb',
  ARNI: 'arni',
  MRA: 'mra',
  SGLT2: 'sglt2-inhibitor',
  NITR: 'nitrate',
  NDHP: 'non-dihydropyridine',
  TZD: 'thiazolidinedione',
  NSAID: 'nsaid',
  VKA: 'oral-anticoagulant',
  NOAC: 'oral-anticoagulant',
};
const byCode: Readonly<Record<string, CardiacDrug>> = {
  aspirin: 'aspirin',
  clopidogrel: 'p2y12-inhibitor',
  ticagrelor: 'p2y12-inhibitor',
  saxagliptin: 'saxagliptin',
  alogliptin: 'alogliptin',
  cilostazol: 'cilostazol',
};

const coronary: readonly Condition[] = [
  'coronary-heart-disease',
  'myocardial-infarction',
  'stable-angina',
  'revascularization',
];
const failing: readonly Condition[] = ['heart-failure', 'heart-failure-reduced'];
const strokes: readonly Condition[] = ['ischaemic-stroke', 'haemorrhagic-stroke', 'tia'];

/** Drugs that belong to coronary disease, heart failure and stroke and are not on the list; a prompt, no prescription. */
export function suggestHeartCare(facts: Facts, findings: Finding[]): void {
  const { conditions, day } = facts;
  const has = (list: readonly Condition[]) => hasAny(conditions, list);
  if (!has(coronary) && !has(failing) && !has(strokes)) return;
  const drugs = cardiacDrugs(facts);
  const gaps = (value: { readonly gaps: readonly string[] }) => ({
    outcome: value.gaps.length > 0 ? `可能缺 ${value.gaps.length} 类药` : '已具备',
    tone: value.gaps.length > 0 ? ('caution' as const) : ('good' as const),
  });
  if (has(coronary))
    findings.push(findingOf('冠心病用药', checkCoronaryDrugs({ conditions, drugs }, day), gaps));
  if (has(failing))
    findings.push(findingOf('心力衰竭用药', checkFailureDrugs({ conditions, drugs }, day), gaps));
  if (has(strokes))
    findings.push(findingOf('卒中后用药', checkStrokeDrugs({ conditions, drugs }, day), gaps));
}

function cardiacDrugs(facts: Facts): readonly CardiacDrug[] | undefined {
  // Without any medicine written down nobody knows whether there are none.
  if (facts.record.medicines.length === 0) return undefined;
  const found = new Set<CardiacDrug>();
  for (const one of facts.classes) {
    const drug = Object.hasOwn(byClass, one) ? byClass[one] : undefined;
    if (drug) found.add(drug);
  }
  for (const { code } of facts.medicines) {
    const drug = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
    if (drug) found.add(drug);
  }
  return [...found].sort();
}
