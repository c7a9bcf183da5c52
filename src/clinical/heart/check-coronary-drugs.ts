import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { isWithin, lackingAnswers, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import type { Condition, Conditions } from '../conditions.ts';
import { type CardiacDrug, type DrugNeed, drugGaps, drugNeedLabels, meets } from './cardiac-drugs.ts';
import { coronaryDrugLimits, heartRanges } from './heart-parameters.ts';

export interface CoronaryDrugFacts {
  /** The history as asked; here a condition not in the list counts as absent. */
  readonly conditions?: Conditions | undefined;
  readonly drugs?: readonly CardiacDrug[] | undefined;
  /** Classes the person must not have; undefined: not checked. */
  readonly contraindicated?: readonly CardiacDrug[] | undefined;
  /** Months since the last stent or acute coronary event, when there was one. */
  readonly monthsSinceEvent?: number | undefined;
  /** Percent. */
  readonly ejectionFraction?: number | undefined;
}

export interface CoronaryDrugCheck {
  /** Needed and not taken. A prompt to the clinician, never a prescription. */
  readonly gaps: readonly DrugNeed[];
  /** A specialist decides before anything is changed. */
  readonly refer: boolean;
  /** What is not known and could add a gap. */
  readonly open: readonly string[];
}

const acute: readonly Condition[] = ['revascularization', 'acute-coronary-syndrome', 'myocardial-infarction'];
const failures: readonly Condition[] = ['heart-failure', 'heart-failure-reduced'];
const forRaas: readonly Condition[] = [
  'hypertension',
  'type-2-diabetes',
  'type-1-diabetes',
  'chronic-kidney-disease',
  ...failures,
];

/**
 * The drugs of coronary disease: antiplatelet (two within a year of a stent or acute event), statin, beta-blocker after
 * infarction, with failure or angina, ACE inhibitor or sartan with pressure, diabetes, failure, kidney disease or a low
 * ejection fraction, nitrate with angina. Never advises to stop. With an anticoagulant the antiplatelets are the
 * specialist's and not asked for. A gap
 * found is answered with what is still open; "no gap" needs everything.
 * @source 稳定性冠心病基层管理（待临床专家核对）
 */
export function checkCoronaryDrugs(facts: CoronaryDrugFacts, day: PlainDate): Decision<CoronaryDrugCheck> {
  const row = rowOn(coronaryDrugLimits, day);
  const rule = { id: 'CHD-01-drugs', edition: row.source, clause: row.clause, certainty: row.certainty };
  const { conditions, drugs, contraindicated, monthsSinceEvent: months, ejectionFraction: ef } = facts;
  if (conditions === undefined || drugs === undefined)
    return undecided(
      rule,
      lackingAnswers([
        [conditions, '病史'],
        [drugs, '用药清单'],
      ]),
    );
  const ranges = valueOn(heartRanges, day);
  const has = (names: readonly Condition[]) => names.some((name) => conditions.includes(name));
  const open: string[] = [];
  const needs: DrugNeed[] = [];
  const dualTaken = meets(drugs, 'aspirin') && meets(drugs, 'p2y12-inhibitor');
  const event = has(acute) || months !== undefined;
  const anticoagulated = drugs.includes('oral-anticoagulant');
  const dual = isWithin(months, ranges.months) && months < row.value.dualMonths && !anticoagulated;
  if (dual) needs.push('aspirin', 'p2y12-inhibitor');
  else if (!anticoagulated) needs.push('antiplatelet');
  if (event && !dualTaken && !anticoagulated) open.push(...lackingFigures([[months, ranges.months]]));
  needs.push('statin');
  const angina = has(['stable-angina']);
  if (has(['myocardial-infarction', ...failures]) || angina) needs.push('beta-blocker');
  const weak = isWithin(ef, ranges.ejectionFraction) && ef < row.value.lowEjectionFraction;
  if (has(forRaas) || weak) needs.push('raas');
  else if (!meets(drugs, 'raas')) open.push(...lackingFigures([[ef, ranges.ejectionFraction]]));
  if (angina) needs.push('nitrate');
  const gaps = drugGaps(needs, drugs, contraindicated ?? []);
  if (gaps.length > 0 && contraindicated === undefined) return undecided(rule, ['用药禁忌', ...open]);
  if (gaps.length === 0 && open.length > 0) return undecided(rule, open);
  const refer = dual && gaps.some((need) => need === 'aspirin' || need === 'p2y12-inhibitor');
  const reasons: Reason[] = gaps.map((need) => ({
    code: 'gdmt-gap',
    text: `没有使用${drugNeedLabels[need]}，请核对是否需要。`,
  }));
  if (refer)
    reasons.push({
      code: 'refer',
      text: `距支架或急性冠脉事件 ${months} 个月，双联抗血小板不全，任何改动前先转诊。`,
    });
  if (open.length > 0) reasons.push({ code: 'open', text: `还不清楚：${open.join('、')}。` });
  if (reasons.length === 0) reasons.push({ code: 'complete', text: '冠心病应有的药物已具备。' });
  return decided(rule, { gaps, refer, open }, reasons);
}
