/** Drug classes the heart and stroke rules ask about, by code. A class not listed plays no part in them. */
export const cardiacDrugLabels = {
  aspirin: '阿司匹林',
  'p2y12-inhibitor': 'P2Y12受体拮抗剂（氯吡格雷、替格瑞洛）',
  'oral-anticoagulant': '口服抗凝药',
  statin: '他汀',
  'beta-blocker': 'β受体阻滞剂',
  'ace-inhibitor': '普利类',
  arb: '沙坦类',
  arni: '沙库巴曲缬沙坦',
  mra: '醛固酮受体拮抗剂（螺内酯等）',
  'sglt2-inhibitor': '列净类',
  nitrate: '硝酸酯（备用）',
  'non-dihydropyridine': '地尔硫䓬或维拉帕米',
  thiazolidinedione: '格列酮类',
  nsaid: '非甾体抗炎药',
  saxagliptin: '沙格列汀',
  alogliptin: '阿格列汀',
  cilostazol: '西洛他唑',
} as const;

export type CardiacDrug = keyof typeof cardiacDrugLabels;

/** Needed drugs named once: any one of a group will do, and the first names the group. */
export type DrugGroup = readonly [CardiacDrug, ...CardiacDrug[]];

/** Drugs that stand for each other. */
export const drugGroups = {
  antiplatelet: ['aspirin', 'p2y12-inhibitor', 'cilostazol'],
  raas: ['ace-inhibitor', 'arb', 'arni'],
} as const satisfies Record<string, DrugGroup>;

/** Codes of needed groups as the gaps name them. */
export const drugNeedLabels = {
  antiplatelet: '抗血小板药',
  raas: '普利或沙坦类（含沙库巴曲缬沙坦）',
  'p2y12-inhibitor': cardiacDrugLabels['p2y12-inhibitor'],
  aspirin: cardiacDrugLabels.aspirin,
  'oral-anticoagulant': cardiacDrugLabels['oral-anticoagulant'],
  statin: cardiacDrugLabels.statin,
  'beta-blocker': cardiacDrugLabels['beta-blocker'],
  mra: cardiacDrugLabels.mra,
  'sglt2-inhibitor': cardiacDrugLabels['sglt2-inhibitor'],
  nitrate: cardiacDrugLabels.nitrate,
} as const;

export type DrugNeed = keyof typeof drugNeedLabels;

/** Drugs that meet a need. */
export function drugsFor(need: DrugNeed): readonly CardiacDrug[] {
  return need === 'antiplatelet' || need === 'raas' ? drugGroups[need] : [need];
}

/** Whether one of the drugs taken meets a need. */
export function meets(drugs: readonly CardiacDrug[], need: DrugNeed): boolean {
  return drugsFor(need).some((drug) => drugs.includes(drug));
}

/** Needs no drug taken meets, unless every drug for it is contraindicated. */
export function drugGaps(
  needs: readonly DrugNeed[],
  drugs: readonly CardiacDrug[],
  contraindicated: readonly CardiacDrug[],
): DrugNeed[] {
  return needs.filter(
    (need) => !meets(drugs, need) && !drugsFor(need).every((drug) => contraindicated.includes(drug)),
  );
}
