import { parameter, rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { lowGlucoseReason } from '../diabetes/tell-low-glucose.ts';

export const managementLevels = parameter({
  id: 'GR-01.levels',
  label: '高血压三级管理的随访间隔',
  unit: '天',
  rows: [
    {
      from: plainDate('2011-01-01'),
      source: 'DEMONSTRATION-ZONE-2016',
      certainty: 'found',
      clause: '高血压分级管理（历史口径）',
      value: { 1: 90, 2: 60, 3: 30 },
    },
  ],
});

export const diabetesColours = parameter({
  id: 'GR-02.colours',
  label: '糖尿病红黄绿标界值',
  rows: [
    {
      from: plainDate('2020-01-01'),
      source: 'OWN',
      certainty: 'found',
      clause: '县域慢病系统在用的糖尿病分标规则（归纳）',
      value: {
        redHba1c: 8,
        yellowHba1c: { younger: 6.5, older: 7 },
        olderFrom: 65,
        redHypo: 2,
        redWagner: 2,
        redRetina: 3,
        yellowRetina: 2,
        redVpt: 25,
        yellowVpt: 15,
        abi: { red: 0.4, yellow: 0.9, high: 1.3 },
      },
    },
  ],
});

export const pressureColours = parameter({
  id: 'GR-03.colours',
  label: '高血压红黄绿标：稳定月数、预警天数',
  rows: [
    {
      from: plainDate('2025-09-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：高血压分标',
      value: { stableMonths: 3, alertDays: 14, cadence: { green: 90, yellow: 30, red: 14 } },
    },
  ],
});

export const programmeTargets = parameter({
  id: 'GR-05.targets',
  label: '管理目标：规范管理率、控制率、乡村就诊率、小组活动次数与人数',
  rows: [
    {
      from: plainDate('2023-01-01'),
      source: 'TWO-DISEASES-2023',
      certainty: 'found',
      clause: '两慢病健康管理方案 目标',
      value: { standard: 70, control: 55, rural: 70, groupActivities: 6, groupMembers: { from: 15, to: 20 } },
    },
  ],
});

export type Colour = 'red' | 'yellow' | 'green';

export const colourLabels: Readonly<Record<Colour, string>> = { red: '红标', yellow: '黄标', green: '绿标' };

/** The historical three levels of hypertension management, from the risk level. @source 高血压分级管理（历史口径） */
export function levelManagement(
  facts: {
    readonly risk?:
      | 'low'
      | 'moderate'
      | 'moderate-high'
      | 'high'
      | 'high-very-high'
      | 'very-high'
      | undefined;
  },
  day: PlainDate,
): Decision<{ readonly level: 1 | 2 | 3; readonly days: number }> {
  const row = rowOn(managementLevels, day);
  const rule = ruleFrom('GR-01', row);
  if (facts.risk === undefined) return undecided(rule, ['心血管风险分层']);
  const level = facts.risk === 'low' ? 1 : facts.risk === 'moderate' ? 2 : 3;
  return decided(rule, { level, days: row.value[level] }, [
    because(`level-${level}`, `${['一', '二', '三'][level - 1]}级管理，至少每 ${row.value[level]} 天随访。`),
  ]);
}

export interface DiabetesColourFacts {
  readonly hba1c?: number | undefined;
  readonly ageYears?: number | undefined;
  readonly hypoglycaemiaThisWeek?: number | undefined;
  /** The newest glucose of any time, which may be too low; mmol/L. */
  readonly glucose?: number | undefined;
  readonly nephropathyStage?: 0 | 1 | 2 | 3 | 4 | 5 | undefined;
  readonly wagner?: number | undefined;
  readonly retinopathy?: number | undefined;
  /** V, the worse side. */
  readonly vpt?: number | undefined;
  readonly abi?: number | undefined;
}

/** The colour of a person with diabetes, worst first. Undecided without HbA1c and age. @source 县域慢病系统在用规则 */
export function colourDiabetes(facts: DiabetesColourFacts, day: PlainDate): Decision<Colour> {
  const row = rowOn(diabetesColours, day);
  const rule = ruleFrom('GR-02', row);
  const { hba1c, ageYears, abi } = facts;
  if (hba1c === undefined || ageYears === undefined)
    return undecided(rule, missingOf({ 糖化血红蛋白: hba1c, 年龄: ageYears }));
  const limit = row.value;
  const hypo = facts.hypoglycaemiaThisWeek ?? 0;
  const red: Reason[] = [];
  const yellow: Reason[] = [];
  const [kidney, foot, eye, vpt] = [
    facts.nephropathyStage ?? 0,
    facts.wagner ?? 0,
    facts.retinopathy ?? 0,
    facts.vpt ?? 0,
  ];
  if (hba1c > limit.redHba1c) red.push(because('hba1c', `糖化 ${hba1c}%。`));
  if (hypo >= limit.redHypo) red.push(because('hypo', `一周低血糖 ${hypo} 次。`));
  if (kidney >= 4) red.push(because('kidney', '糖尿病肾病IV–V期。'));
  if (foot >= limit.redWagner) red.push(because('foot', '足病 Wagner 2级以上。'));
  if (eye >= limit.redRetina) red.push(because('retina', '视网膜病变重。'));
  if (vpt > limit.redVpt) red.push(because('vpt', `振动觉阈值 ${vpt} V。`));
  if (abi !== undefined && (abi < limit.abi.red || abi > limit.abi.high))
    red.push(because('abi', `踝臂指数 ${abi}。`));
  if (red.length > 0) return decided(rule, 'red', red);
  const low = lowGlucoseReason([facts.glucose], day);
  if (low) yellow.push(low);
  if (hba1c >= (ageYears >= limit.olderFrom ? limit.yellowHba1c.older : limit.yellowHba1c.younger))
    yellow.push(because('hba1c', `糖化 ${hba1c}%。`));
  if (hypo === 1) yellow.push(because('hypo', '一周低血糖1次。'));
  if (kidney >= 1) yellow.push(because('kidney', '糖尿病肾病。'));
  if (foot === 1) yellow.push(because('foot', '足病 Wagner 1级。'));
  if (eye === limit.yellowRetina) yellow.push(because('retina', '视网膜病变。'));
  if (vpt > limit.yellowVpt) yellow.push(because('vpt', `振动觉阈值 ${vpt} V。`));
  if (abi !== undefined && abi <= limit.abi.yellow) yellow.push(because('abi', `踝臂指数 ${abi}。`));
  return yellow.length > 0
    ? decided(rule, 'yellow', yellow)
    : decided(rule, 'green', [because('green', `糖化 ${hba1c}%，无并发症线索。`)]);
}

export interface PressureColourFacts {
  readonly grade?: 'normal' | 'high-normal' | 'grade-1' | 'grade-2' | 'grade-3' | undefined;
  readonly risk?: string | undefined;
  readonly atTarget?: boolean | undefined;
  readonly monthsAtTarget?: number | undefined;
  readonly consecutiveUncontrolled?: number | undefined;
  readonly newComplication?: boolean | undefined;
  readonly resistant?: boolean | undefined;
  readonly redAlertLately?: boolean | undefined;
  readonly irregular?: boolean | undefined;
}

/** Our own colour of hypertension, worst first; no official table exists. Undecided without grade and control. @source 平台默认 */
export function colourHypertension(facts: PressureColourFacts, day: PlainDate): Decision<Colour> {
  const row = rowOn(pressureColours, day);
  const rule = ruleFrom('GR-03', row);
  const { grade, atTarget } = facts;
  if (grade === undefined || atTarget === undefined)
    return undecided(rule, missingOf({ 血压分级: grade, 是否达标: atTarget }));
  const red = reasonsForRed(facts);
  if (red.length > 0) return decided(rule, 'red', red);
  const stable = atTarget && (facts.monthsAtTarget ?? 0) >= row.value.stableMonths && !facts.irregular;
  return stable
    ? decided(rule, 'green', [because('green', `达标 ${facts.monthsAtTarget} 个月且无事件。`)])
    : decided(rule, 'yellow', [because('yellow', whyNotStable(facts, row.value.stableMonths))]);
}

function reasonsForRed(facts: PressureColourFacts): Reason[] {
  const uncontrolled = facts.consecutiveUncontrolled ?? 0;
  const red: Reason[] = [];
  if (facts.grade === 'grade-3') red.push(because('grade-3', '血压达3级。'));
  if (facts.risk === 'very-high') red.push(because('very-high', '心血管风险很高危。'));
  if (uncontrolled >= 2) red.push(because('uncontrolled', `连续 ${uncontrolled} 次未控制。`));
  if (facts.newComplication) red.push(because('complication', '有新并发症。'));
  if (facts.resistant) red.push(because('resistant', '难治性高血压。'));
  if (facts.redAlertLately) red.push(because('alert', '近期有红色预警。'));
  return red;
}

function whyNotStable(facts: PressureColourFacts, months: number): string {
  if (!facts.atTarget) return '血压未达标。';
  if ((facts.monthsAtTarget ?? 0) < months) return `达标不足 ${months} 个月。`;
  return '服药不规律。';
}

export interface CombinedColourFacts {
  readonly hypertension?: Colour | undefined;
  readonly diabetes?: Colour | undefined;
  readonly copd?:
    | {
        readonly group: 'A' | 'B' | 'E';
        readonly gold?: number | undefined;
        readonly exacerbationLately?: boolean | undefined;
      }
    | undefined;
}

const worseColour = (a: Colour | undefined, b: Colour | undefined): Colour | undefined =>
  a === 'red' || b === 'red' ? 'red' : a === 'yellow' || b === 'yellow' ? 'yellow' : (a ?? b);

/** One colour for the person: the worst of the diseases they have. @source 平台默认 */
export function combineColours(facts: CombinedColourFacts, day: PlainDate): Decision<Colour> {
  const rule = ruleFrom('GR-04', rowOn(pressureColours, day), '平台默认：多病取最重');
  const { copd } = facts;
  const lung: Colour | undefined =
    copd &&
    (copd.group === 'E' || (copd.gold ?? 0) >= 3 || copd.exacerbationLately
      ? 'red'
      : copd.group === 'B' || copd.gold === 2
        ? 'yellow'
        : 'green');
  const { hypertension, diabetes } = facts;
  const worst = worseColour(worseColour(hypertension, diabetes), lung);
  if (worst === undefined) return undecided(rule, ['各病种的分标']);
  return decided(rule, worst, [because(worst, `各病种取最重：${colourLabels[worst]}。`)]);
}

/** Whether a self-management group has the members and the activities of a year that are aimed at. @source 两慢病健康管理方案 目标 */
export function judgeGroupTargets(
  facts: { readonly members?: number | undefined; readonly activities?: number | undefined },
  day: PlainDate,
): Decision<{ readonly met: boolean }> {
  const row = rowOn(programmeTargets, day);
  const rule = ruleFrom('GR-05-groups', row);
  const { members, activities } = facts;
  if (members === undefined || activities === undefined)
    return undecided(rule, missingOf({ 组员人数: members, 全年活动次数: activities }));
  const { from, to } = row.value.groupMembers;
  const right = members >= from && members <= to;
  const often = activities >= row.value.groupActivities;
  return decided(rule, { met: right && often }, [
    because(right ? 'members' : 'members-not-met', `组员 ${members} 人，目标 ${from}–${to} 人。`),
    because(
      often ? 'activities' : 'activities-not-met',
      `全年活动 ${activities} 次，目标不少于 ${row.value.groupActivities} 次。`,
    ),
  ]);
}

export interface ProgrammeFacts {
  readonly managed: number;
  readonly controlled: number;
}

/** Whether a control rate meets its target; a person without a value stays in the denominator. @source 两慢病健康管理方案 目标 */
export function judgeControlRate(
  facts: ProgrammeFacts,
  day: PlainDate,
): Decision<{ readonly rate: number; readonly met: boolean }> {
  const row = rowOn(programmeTargets, day);
  const rule = ruleFrom('GR-05', row);
  if (facts.managed === 0) return undecided(rule, ['在管人数']);
  const rate = Math.round((facts.controlled / facts.managed) * 1000) / 10;
  return decided(rule, { rate, met: rate >= row.value.control }, [
    because('rate', `控制率 ${rate}%，目标 ${row.value.control}%。`),
  ]);
}
