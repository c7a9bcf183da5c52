import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { caseFinding } from './copd-parameters.ts';

export interface CopdReferralFacts {
  readonly ageYears?: number | undefined;
  readonly newlySuspected?: boolean | undefined;
  readonly noSpirometer?: boolean | undefined;
  readonly goldGrade?: 1 | 2 | 3 | 4 | undefined;
  readonly poorOnFullTherapy?: boolean | undefined;
  readonly rapidDecline?: boolean | undefined;
  readonly oxygenOrRehabNeeded?: boolean | undefined;
  readonly exacerbation?: 'mild' | 'moderate' | 'severe' | undefined;
  readonly noReliefHours?: number | undefined;
  readonly haemoptysisOrWeightLoss?: boolean | undefined;
}

export interface CopdReferral {
  readonly level: 'emergency' | 'acute' | 'stable' | 'new' | 'none';
}

/** Youngest age not referred for its early onset; hours without relief. */
const earlyOnsetBelow = 40;
const noReliefFrom = 48;

/** Why a person with COPD goes up. Absent facts count as not found. @source 慢阻肺基层诊疗指南 转诊 */
export function findCopdReferral(facts: CopdReferralFacts, day: PlainDate): Decision<CopdReferral> {
  const rule = {
    ...ruleFrom('COPD-09', rowOn(caseFinding, day)),
    certainty: 'from-knowledge' as const,
    clause: '慢阻肺基层诊疗指南 转诊',
  };
  const answer = (level: CopdReferral['level'], reasons: Reason[]) => decided(rule, { level }, reasons);
  if (facts.exacerbation === 'severe')
    return answer('emergency', [because('severe', '重度急性加重，急救转诊。')]);
  if ((facts.noReliefHours ?? 0) >= noReliefFrom)
    return answer('acute', [because('no-relief', `处理 ${facts.noReliefHours} 小时无好转。`)]);
  if (facts.haemoptysisOrWeightLoss) return answer('acute', [because('alarm', '咯血或消瘦，排除肿瘤。')]);
  const stable: Reason[] = [];
  if (facts.poorOnFullTherapy) stable.push(because('poor', '规范吸入治疗后控制不佳。'));
  if (facts.goldGrade !== undefined && facts.goldGrade >= 3)
    stable.push(because('gold', `GOLD ${facts.goldGrade} 级。`));
  if (facts.rapidDecline) stable.push(because('decline', '肺功能下降快。'));
  if (facts.oxygenOrRehabNeeded) stable.push(because('service', '需氧疗、无创通气或康复评估。'));
  if (stable.length > 0) return answer('stable', stable);
  if (facts.newlySuspected && (facts.noSpirometer || (facts.ageYears ?? 99) < earlyOnsetBelow))
    return answer('new', [because('new', '初次怀疑，需上级医院肺功能或明确诊断。')]);
  return answer('none', [because('none', '基层管理。')]);
}

export interface BodeFacts {
  readonly bmi?: number | undefined;
  readonly fev1Percent?: number | undefined;
  readonly mmrc?: number | undefined;
  /** Six-minute walk, m. */
  readonly walk?: number | undefined;
}

/** The BODE index, 0–10; every part must be known. @source BODE 指数 */
export function scoreBode(facts: BodeFacts, day: PlainDate): Decision<number> {
  const rule = {
    ...ruleFrom('COPD-11', rowOn(caseFinding, day)),
    certainty: 'from-knowledge' as const,
    clause: 'BODE 指数',
  };
  const { bmi, fev1Percent, mmrc, walk } = facts;
  if (bmi === undefined || fev1Percent === undefined || mmrc === undefined || walk === undefined)
    return undecidedBode(rule, facts);
  const score =
    (bmi <= 21 ? 1 : 0) +
    (fev1Percent >= 65 ? 0 : fev1Percent >= 50 ? 1 : fev1Percent > 35 ? 2 : 3) +
    Math.max(0, mmrc - 1) +
    (walk >= 350 ? 0 : walk >= 250 ? 1 : walk >= 150 ? 2 : 3);
  return decided(rule, score, [because('bode', `BODE ${score} 分。`)]);
}

function undecidedBode(rule: Decision<number>['rule'], facts: BodeFacts): Decision<number> {
  const missing = Object.entries({
    体质指数: facts.bmi,
    FEV1占预计值: facts.fev1Percent,
    mMRC: facts.mmrc,
    六分钟步行: facts.walk,
  })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  return { kind: 'undecided', missing, rule };
}
