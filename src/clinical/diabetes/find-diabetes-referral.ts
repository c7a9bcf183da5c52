import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { referralGlucose } from './diabetes-parameters.ts';

export interface DiabetesReferralFacts {
  readonly ageYears?: number | undefined;
  readonly newlyFound?: boolean | undefined;
  readonly typeUnclear?: boolean | undefined;
  readonly pregnantOrLactating?: boolean | undefined;
  readonly glucose?: number | undefined;
  /** Blood ketone, mmol/L. */
  readonly ketone?: number | undefined;
  /** Ketone ++ or more in the urine. */
  readonly urineKetone?: boolean | undefined;
  readonly ph?: number | undefined;
  /** mOsm/kg. */
  readonly osmolality?: number | undefined;
  readonly symptoms?: boolean | undefined;
  readonly consciousnessChange?: boolean | undefined;
  readonly hypoglycaemiaThisWeek?: number | undefined;
  readonly monthsNotAtGoal?: number | undefined;
  readonly egfr?: number | undefined;
  readonly acuteEvent?: boolean | undefined;
  readonly suddenVisionLoss?: boolean | undefined;
  readonly footUlcerOrInfection?: boolean | undefined;
  readonly limbIschaemia?: boolean | undefined;
  readonly seriousAdverseReaction?: boolean | undefined;
  readonly largeSwings?: boolean | undefined;
  readonly complexInsulin?: boolean | undefined;
  readonly screeningNotPossible?: boolean | undefined;
}

export interface DiabetesReferral {
  readonly level: 'emergency' | 'severe' | 'ordinary' | 'none';
  readonly codes: readonly string[];
}

/** Why a person with diabetes should go up, by code. Absent facts count as not found; undecided when nothing is known. @source 国家基层糖尿病防治管理指南 2022 转诊 */
export function findDiabetesReferral(
  facts: DiabetesReferralFacts,
  day: PlainDate,
): Decision<DiabetesReferral> {
  const row = rowOn(referralGlucose, day);
  const limit = row.value;
  const found: Reason[] = [];
  const add = (holds: boolean | undefined, code: string, text: string) => {
    if (holds) found.push(because(code, text));
  };
  const glucose = facts.glucose ?? 0;
  add(facts.consciousnessChange, 'EMERG', '血糖异常伴意识改变。');
  add(
    (facts.ketone ?? 0) >= limit.ketone,
    'EMERG',
    `血酮 ${facts.ketone} mmol/L，疑酮症酸中毒（用列净类者血糖可以不高）。`,
  );
  add(
    facts.urineKetone === true && glucose > limit.ketoGlucose,
    'EMERG',
    `血糖 ${facts.glucose} mmol/L 伴尿酮体阳性，疑酮症酸中毒。`,
  );
  add(facts.ph !== undefined && facts.ph < limit.phBelow, 'EMERG', `血pH ${facts.ph}，酸中毒。`);
  add(
    facts.osmolality !== undefined && facts.osmolality >= limit.osmolality,
    'EMERG',
    `血浆渗透压 ${facts.osmolality}，疑高渗状态。`,
  );
  add(glucose >= limit.hyperosmolarGlucose, 'EMERG', `血糖 ${glucose} mmol/L，疑高渗状态。`);
  add(glucose >= limit.symptomaticGlucose && facts.symptoms, 'EMERG', `血糖 ${glucose} mmol/L 伴症状。`);
  add(facts.acuteEvent, 'COMPL_SEVERE', '急性心脑血管事件。');
  add(
    facts.egfr !== undefined && facts.egfr < limit.egfrBelow,
    'COMPL_SEVERE',
    `肾小球滤过率 ${facts.egfr}。`,
  );
  add(facts.suddenVisionLoss, 'COMPL_SEVERE', '视力突然下降。');
  add(facts.footUlcerOrInfection, 'COMPL_SEVERE', '足部新发溃疡或感染。');
  add(facts.limbIschaemia, 'COMPL_SEVERE', '间歇性跛行或下肢缺血。');
  add(
    facts.newlyFound && (facts.typeUnclear || (facts.ageYears ?? 99) < limit.ageBelow),
    'TYPE',
    '初次发现且分型不清或未成年。',
  );
  add(facts.pregnantOrLactating, 'TYPE', '妊娠或哺乳期。');
  add((facts.hypoglycaemiaThisWeek ?? 0) >= limit.weeklyHypoglycaemia, 'CONTROL', '反复低血糖。');
  add(
    (facts.monthsNotAtGoal ?? 0) >= limit.monthsNotAtGoal,
    'CONTROL',
    `${facts.monthsNotAtGoal} 个月未达标。`,
  );
  add(facts.seriousAdverseReaction, 'CONTROL', '严重药物不良反应。');
  add(facts.largeSwings, 'CONTROL', '血糖波动大。');
  add(facts.complexInsulin, 'CONTROL', '需要复杂的胰岛素方案。');
  add(facts.screeningNotPossible, 'COMPL_SCREEN', '本机构不能完成并发症筛查。');
  const codes = [...new Set(found.map((one) => one.code))];
  const level = codes.includes('EMERG')
    ? 'emergency'
    : codes.includes('COMPL_SEVERE')
      ? 'severe'
      : codes.length > 0
        ? 'ordinary'
        : 'none';
  if (level === 'none' && Object.values(facts).every((one) => one === undefined))
    return undecided(ruleFrom('DM-13', row), ['血糖', '有无急性症状']);
  return decided(ruleFrom('DM-13', row), { level, codes }, found);
}
