import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { bandOf, because, missingOf, roundTo, ruleFrom } from '../answering.ts';
import { type Condition, type Conditions, hasAny, type Sex } from '../conditions.ts';
import { ascvdTable, dietLimits, lipidBands, lipidTargets } from './lipid-parameters.ts';

export interface LipidFacts {
  readonly totalCholesterol?: number | undefined;
  readonly ldl?: number | undefined;
  readonly hdl?: number | undefined;
  readonly triglycerides?: number | undefined;
}

type Level = 'ideal' | 'suitable' | 'borderline' | 'high';

export interface LipidLevels {
  readonly ldl?: Level | undefined;
  readonly totalCholesterol?: Level | undefined;
  readonly triglycerides?: Level | undefined;
  readonly nonHdl?: Level | undefined;
  readonly hdlLow?: boolean | undefined;
  readonly pancreatitisRisk: boolean;
}

const names = {
  ldl: '低密度脂蛋白',
  totalCholesterol: '总胆固醇',
  triglycerides: '甘油三酯',
  nonHdl: '非高密度脂蛋白',
} as const;
const levelNames = { ideal: '理想', suitable: '合适', borderline: '边缘升高', high: '升高' } as const;

/** The level of each lipid that is known. Undecided without any. mmol/L. @source 中国血脂管理指南 2023 */
export function judgeLipids(facts: LipidFacts, day: PlainDate): Decision<LipidLevels> {
  const row = rowOn(lipidBands, day);
  const rule = ruleFrom('LIP-01', row);
  const { totalCholesterol, hdl } = facts;
  const nonHdl =
    totalCholesterol === undefined || hdl === undefined ? undefined : roundTo(totalCholesterol - hdl, 2);
  const values = { ldl: facts.ldl, totalCholesterol, triglycerides: facts.triglycerides, nonHdl };
  if (Object.values(values).every((one) => one === undefined) && hdl === undefined)
    return undecided(rule, ['血脂']);
  const reasons: Reason[] = [];
  const level = (key: keyof typeof names): Level | undefined => {
    const value = values[key];
    if (value === undefined) return undefined;
    const found = bandOf<{ from: number; level: Level }>(row.value[key], value)?.level;
    if (found)
      reasons.push(because(`${key}-${found}`, `${names[key]} ${value} mmol/L，${levelNames[found]}。`));
    return found;
  };
  const pancreatitisRisk = (facts.triglycerides ?? 0) >= row.value.pancreatitisFrom;
  const levels: LipidLevels = {
    ldl: level('ldl'),
    totalCholesterol: level('totalCholesterol'),
    triglycerides: level('triglycerides'),
    nonHdl: level('nonHdl'),
    hdlLow: hdl === undefined ? undefined : hdl < row.value.hdlLowBelow,
    pancreatitisRisk,
  };
  if (levels.hdlLow) reasons.push(because('hdl-low', `高密度脂蛋白 ${hdl} mmol/L，偏低。`));
  if (pancreatitisRisk) reasons.push(because('pancreatitis', '甘油三酯很高，有胰腺炎风险，先降甘油三酯。'));
  return decided(rule, levels, reasons);
}

export type AscvdRisk = 'low' | 'moderate' | 'high' | 'very-high' | 'extreme';

export const ascvdRiskLabels: Readonly<Record<AscvdRisk, string>> = {
  low: '低危',
  moderate: '中危',
  high: '高危',
  'very-high': '极高危',
  extreme: '超高危',
};

export interface AscvdFacts extends LipidFacts {
  readonly sex?: Sex | undefined;
  readonly ageYears?: number | undefined;
  readonly smoker?: boolean | undefined;
  readonly hypertension?: boolean | undefined;
  readonly bmi?: number | undefined;
  readonly sbp?: number | undefined;
  /** Severe events: acute coronary syndrome within a year, old infarction, ischaemic stroke, arterial disease treated. */
  readonly severeEvents?: number | undefined;
  readonly earlyCoronary?: boolean | undefined;
  readonly conditions: Conditions;
}

const atherosclerotic: readonly Condition[] = [
  'coronary-heart-disease',
  'myocardial-infarction',
  'stable-angina',
  'revascularization',
  'acute-coronary-syndrome',
  'ischaemic-stroke',
  'tia',
  'peripheral-artery-disease',
];

/** The ASCVD category that sets the lipid goal. Undecided where the table needs what is not known. @source 中国血脂管理指南 2023 */
export function stratifyAscvd(facts: AscvdFacts, day: PlainDate): Decision<AscvdRisk> {
  const row = rowOn(ascvdTable, day);
  const rule = ruleFrom('LIP-02', row);
  const table = row.value;
  const has = (condition: Condition) => facts.conditions.includes(condition);
  const answer = (risk: AscvdRisk, text: string) =>
    decided(rule, risk, [because(risk, `${text}，${ascvdRiskLabels[risk]}。`)]);
  const diabetes = has('type-2-diabetes');
  const kidney = has('chronic-kidney-disease');
  const hypertension = facts.hypertension ?? has('hypertension');
  const severe =
    facts.severeEvents ?? (['myocardial-infarction', 'ischaemic-stroke'] as const).filter(has).length;
  if (severe > 0 || hasAny(facts.conditions, atherosclerotic)) {
    const factors = [
      facts.earlyCoronary,
      (facts.ldl ?? 0) >= table.direct.ldl,
      has('revascularization'),
      diabetes,
      hypertension,
      kidney,
      facts.smoker,
    ].filter(Boolean).length;
    return severe >= 2 || (severe === 1 && factors >= 2)
      ? answer('extreme', `严重事件 ${severe} 次、高危因素 ${factors} 个`)
      : answer('very-high', '有动脉粥样硬化性心血管病');
  }
  const { totalCholesterol: tc, ldl, hdl, sex, ageYears } = facts;
  if ((ldl ?? 0) >= table.direct.ldl || (tc ?? 0) >= table.direct.totalCholesterol)
    return answer('high', '胆固醇明显升高');
  if (kidney) return answer('high', '慢性肾脏病');
  if (diabetes && (ageYears ?? 0) >= table.direct.diabetesAge) return answer('high', '40岁及以上糖尿病');
  if (
    sex === undefined ||
    ageYears === undefined ||
    facts.smoker === undefined ||
    (tc === undefined && ldl === undefined)
  )
    return undecided(rule, missingOf({ 性别: sex, 年龄: ageYears, 吸烟: facts.smoker, 血脂: tc ?? ldl }));
  const factors = [
    facts.smoker,
    hdl !== undefined && hdl < table.hdlBelow,
    ageYears >= table.age[sex],
  ].filter(Boolean).length;
  const band = table.bands.reduce(
    (found, one, index) =>
      (tc ?? 0) >= one.from && index > 0 && tc !== undefined
        ? index
        : (ldl ?? 0) >= one.ldl && index > 0 && ldl !== undefined
          ? index
          : found,
    0,
  );
  const letter = (hypertension ? table.hypertensive : table.plain)[factors]?.[band];
  const risk = letter === 'H' ? 'high' : letter === 'M' ? 'moderate' : 'low';
  return answer(risk, `危险因素 ${factors} 个${hypertension ? '、高血压' : ''}`);
}

export interface LipidGoalState {
  readonly state: 'at-goal' | 'partial' | 'not-at-goal';
  readonly below: number;
}

/** LDL-C against the goal of the category, with the fall from baseline where one is asked. mmol/L. @source 中国血脂管理指南 2023 */
export function judgeLipidGoal(
  facts: {
    readonly risk?: AscvdRisk | undefined;
    readonly ldl?: number | undefined;
    readonly baselineLdl?: number | undefined;
  },
  day: PlainDate,
): Decision<LipidGoalState> {
  const row = rowOn(lipidTargets, day);
  const rule = ruleFrom('LIP-03', row);
  const { risk, ldl, baselineLdl } = facts;
  if (risk === undefined || ldl === undefined)
    return undecided(rule, missingOf({ 风险分层: risk, 低密度脂蛋白: ldl }));
  const goal = row.value[risk];
  const fall = baselineLdl === undefined ? undefined : ((baselineLdl - ldl) / baselineLdl) * 100;
  const belowGoal = ldl < goal.ldl;
  const fellEnough = goal.fall === 0 || fall === undefined || fall >= goal.fall;
  const state = belowGoal ? (fellEnough ? 'at-goal' : 'partial') : 'not-at-goal';
  return decided(rule, { state, below: goal.ldl }, [
    because(
      state,
      `低密度脂蛋白 ${ldl} mmol/L，${ascvdRiskLabels[risk]}目标低于 ${goal.ldl}${fall === undefined ? '' : `，较基线下降 ${Math.round(fall)}%`}，${state === 'at-goal' ? '达标' : state === 'partial' ? '数值达标但降幅不足' : '未达标'}。`,
    ),
  ]);
}

export interface LipidDietFacts {
  readonly energyKcal?: number | undefined;
  readonly saturatedGrams?: number | undefined;
  readonly cholesterolMg?: number | undefined;
  readonly oilGrams?: number | undefined;
  readonly fibreGrams?: number | undefined;
}

/** What of a day's diet is over or under, of what is known. @source 成人高脂血症食养指南 */
export function judgeLipidDiet(facts: LipidDietFacts, day: PlainDate): Decision<readonly string[]> {
  const row = rowOn(dietLimits, day);
  const limit = row.value;
  const found: Reason[] = [];
  if (facts.energyKcal && facts.saturatedGrams !== undefined) {
    const percent = roundTo((facts.saturatedGrams * 9 * 100) / facts.energyKcal, 1);
    if (percent > limit.saturatedPercent)
      found.push(because('saturated', `饱和脂肪供能 ${percent}%，超过 ${limit.saturatedPercent}%。`));
  }
  if ((facts.cholesterolMg ?? 0) >= limit.cholesterolMg)
    found.push(because('cholesterol', `膳食胆固醇 ${facts.cholesterolMg} 毫克。`));
  if ((facts.oilGrams ?? 0) > limit.oilGrams) found.push(because('oil', `烹调油 ${facts.oilGrams} 克。`));
  if (facts.fibreGrams !== undefined && facts.fibreGrams < limit.fibreGrams)
    found.push(because('fibre', `膳食纤维 ${facts.fibreGrams} 克，偏少。`));
  return decided(
    ruleFrom('LIP-04', row),
    found.map((one) => one.code),
    found,
  );
}

/** The LDL goal of a category. */
export function ldlGoalOf(risk: AscvdRisk, day: PlainDate): number {
  return valueOn(lipidTargets, day)[risk].ldl;
}
