import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { isWithin, lackingAnswers, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import type { Conditions } from '../conditions.ts';
import {
  type CardiacDrug,
  cardiacDrugLabels,
  type DrugNeed,
  drugGaps,
  drugNeedLabels,
} from './cardiac-drugs.ts';
import { heartRanges, reducedFraction } from './heart-parameters.ts';

export interface FailureDrugFacts {
  /** Percent. */
  readonly ejectionFraction?: number | undefined;
  /** The history; `heart-failure-reduced` stands for a low fraction measured before. */
  readonly conditions?: Conditions | undefined;
  readonly drugs?: readonly CardiacDrug[] | undefined;
  /** Classes the person must not have; undefined: not checked. */
  readonly contraindicated?: readonly CardiacDrug[] | undefined;
}

export interface FailureDrugCheck {
  readonly reduced: boolean | undefined;
  /** Needed and not taken. A prompt to the clinician, never a prescription. */
  readonly gaps: readonly DrugNeed[];
  /** Taken and harmful in heart failure. */
  readonly avoid: readonly CardiacDrug[];
  /** What is not known and could add to the above. */
  readonly open: readonly string[];
}

const pillars: readonly DrugNeed[] = ['raas', 'beta-blocker', 'mra', 'sglt2-inhibitor'];
const harmful: readonly CardiacDrug[] = [
  'thiazolidinedione',
  'nsaid',
  'saxagliptin',
  'alogliptin',
  'cilostazol',
];

/**
 * The drugs of heart failure: with a reduced fraction one of each of four classes unless contraindicated; and drugs to
 * avoid (diltiazem and verapamil only with a reduced fraction). Anything found is answered with what is still open;
 * "nothing" needs everything.
 * @source 心力衰竭基层管理（待临床专家核对）
 */
export function checkFailureDrugs(facts: FailureDrugFacts, day: PlainDate): Decision<FailureDrugCheck> {
  const row = rowOn(reducedFraction, day);
  const rule = { id: 'HF-01', edition: row.source, clause: row.clause, certainty: row.certainty };
  const { ejectionFraction: ef, conditions, drugs, contraindicated } = facts;
  const range = valueOn(heartRanges, day).ejectionFraction;
  const measured = isWithin(ef, range);
  const reduced = conditions?.includes('heart-failure-reduced')
    ? true
    : measured
      ? ef <= row.value
      : undefined;
  const open = [
    ...(reduced === undefined ? lackingFigures([[ef, range]]) : []),
    ...lackingAnswers([[drugs, '用药清单']]),
  ];
  if (drugs === undefined) return undecided(rule, open);
  const found = reduced ? drugGaps(pillars, drugs, contraindicated ?? []) : [];
  const checked = contraindicated !== undefined;
  if (found.length > 0 && !checked) open.push('用药禁忌');
  const gaps = checked ? found : [];
  const avoid = drugs.filter((drug) => harmful.includes(drug) || (reduced && drug === 'non-dihydropyridine'));
  if (gaps.length === 0 && avoid.length === 0 && open.length > 0) return undecided(rule, open);
  const reasons: Reason[] = [
    ...gaps.map((need) => ({
      code: 'gdmt-gap',
      text: `没有使用${drugNeedLabels[need]}，请核对是否可加。`,
    })),
    ...avoid.map((drug) => ({
      code: `avoid-${drug}`,
      text: `心力衰竭应避免${cardiacDrugLabels[drug]}，请联系上级医生处理。`,
    })),
  ];
  if (open.length > 0) reasons.push({ code: 'open', text: `还不清楚：${open.join('、')}。` });
  if (reasons.length === 0) reasons.push({ code: 'complete', text: '没有缺项，也没有应避免的药物。' });
  return decided(rule, { reduced, gaps, avoid, open }, reasons);
}
