import { parameter, rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type Reason, undecided } from '#kernel/decision.ts';
import { addDays, daysBetween, type PlainDate, plainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { type Condition, type Conditions, conditionLabels, hasAny } from '../conditions.ts';
import { pullInDays } from '../follow-up/join-next-visits.ts';

/** Chronic conditions that count towards multimorbidity; the families count once. */
const families: readonly (readonly Condition[])[] = [
  ['hypertension'],
  ['type-2-diabetes', 'type-1-diabetes'],
  ['copd'],
  ['coronary-heart-disease', 'myocardial-infarction', 'stable-angina', 'revascularization'],
  ['ischaemic-stroke', 'haemorrhagic-stroke', 'stroke-unspecified', 'tia'],
  ['chronic-kidney-disease'],
  ['dyslipidaemia', 'familial-hypercholesterolaemia'],
  ['obesity'],
  ['heart-failure', 'heart-failure-reduced'],
  ['atrial-fibrillation'],
  ['cancer'],
  ['depression', 'severe-mental-disorder'],
];

export const mergedItems = parameter<
  readonly {
    readonly item: string;
    readonly label: string;
    readonly conditions: readonly Condition[] | 'all';
    readonly months: number;
  }[]
>({
  id: 'MM-03.items',
  label: '合并随访的项目：哪些病种要、多久一次（0为每次）',
  rows: [
    {
      from: plainDate('2025-01-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：多病合并随访项目',
      value: [
        { item: 'pressure', label: '血压', conditions: 'all', months: 0 },
        { item: 'pulse', label: '心率心律', conditions: 'all', months: 0 },
        { item: 'weight', label: '体重、体质指数', conditions: 'all', months: 0 },
        { item: 'fasting-glucose', label: '空腹血糖', conditions: ['type-2-diabetes'], months: 0 },
        { item: 'hba1c', label: '糖化血红蛋白', conditions: ['type-2-diabetes'], months: 6 },
        { item: 'spo2', label: '血氧', conditions: ['copd'], months: 0 },
        { item: 'foot', label: '足部与足背动脉', conditions: ['type-2-diabetes'], months: 0 },
        { item: 'cat', label: 'CAT、mMRC、吸入技术', conditions: ['copd'], months: 0 },
        { item: 'medicines', label: '用药、依从性、不良反应', conditions: 'all', months: 0 },
        { item: 'lifestyle', label: '吸烟、饮酒、盐、运动', conditions: 'all', months: 0 },
        {
          item: 'lipids',
          label: '血脂',
          conditions: [
            'hypertension',
            'type-2-diabetes',
            'coronary-heart-disease',
            'ischaemic-stroke',
            'chronic-kidney-disease',
          ],
          months: 12,
        },
        {
          item: 'kidney',
          label: '血钾、肌酐、尿白蛋白',
          conditions: [
            'hypertension',
            'type-2-diabetes',
            'coronary-heart-disease',
            'ischaemic-stroke',
            'chronic-kidney-disease',
          ],
          months: 12,
        },
        {
          item: 'ecg',
          label: '心电图',
          conditions: [
            'hypertension',
            'type-2-diabetes',
            'copd',
            'coronary-heart-disease',
            'ischaemic-stroke',
          ],
          months: 12,
        },
        { item: 'spirometry', label: '肺功能', conditions: ['copd'], months: 12 },
        { item: 'fundus', label: '眼底', conditions: ['hypertension', 'type-2-diabetes'], months: 12 },
        { item: 'vaccines', label: '疫苗', conditions: 'all', months: 12 },
      ],
    },
  ],
});

/** How many chronic conditions a person has, families once; two or more is multimorbidity. @source 关于加强基层慢性病健康管理服务的指导意见 */
export function countConditions(
  facts: { readonly conditions: Conditions },
  day: PlainDate,
): Decision<{ readonly count: number; readonly multimorbid: boolean }> {
  const row = rowOn(pullInDays, day);
  const named: string[] = [];
  for (const family of families)
    for (const one of family)
      if (facts.conditions.includes(one)) {
        named.push(conditionLabels[one]);
        break;
      }
  return decided(
    ruleFrom('MM-01', row, '多病共管的界定'),
    { count: named.length, multimorbid: named.length >= 2 },
    [because('count', named.length > 0 ? `${named.join('、')}。` : '没有慢性病记录。')],
  );
}

export interface PlannedDisease {
  readonly key: string;
  readonly intervalDays: number;
}

export interface PlannedDay {
  readonly on: PlainDate;
  readonly keys: readonly string[];
}

/** The coming visit days of several diseases, each pulled in when it falls due soon after another. @source 平台默认：整合随访频次 */
export function planJointVisits(
  facts: {
    readonly diseases: readonly PlannedDisease[];
    readonly from?: PlainDate | undefined;
    readonly visits: number;
  },
  day: PlainDate,
): Decision<readonly PlannedDay[]> {
  const row = rowOn(pullInDays, day);
  const rule = ruleFrom('MM-02-series', row);
  if (facts.diseases.length === 0) return undecided(rule, ['各病种的随访间隔']);
  const start = facts.from ?? day;
  const due = new Map(facts.diseases.map((one) => [one.key, addDays(start, one.intervalDays)]));
  const days: PlannedDay[] = [];
  while (days.length < facts.visits) {
    const on = [...due.values()].toSorted()[0] ?? start;
    const keys = facts.diseases
      .filter((one) => daysBetween(on, due.get(one.key) ?? on) <= row.value)
      .map((one) => one.key);
    days.push({ on, keys });
    for (const one of facts.diseases)
      if (keys.includes(one.key)) due.set(one.key, addDays(on, one.intervalDays));
  }
  return decided(
    rule,
    days,
    days.map((one) => because(one.on, `${one.on}：${one.keys.join('、')}。`)),
  );
}

/** What one visit for these conditions asks, once each, and what is due by its interval. @source 平台默认：多病合并随访项目 */
export function listVisitItems(
  facts: {
    readonly conditions: Conditions;
    readonly lastMonths?: Readonly<Record<string, number>> | undefined;
  },
  day: PlainDate,
): Decision<readonly string[]> {
  const row = rowOn(mergedItems, day);
  const rule = ruleFrom('MM-03', row);
  if (facts.conditions.length === 0) return undecided(rule, ['在管病种']);
  const items: string[] = [];
  const reasons: Reason[] = [];
  for (const { item, label, conditions, months } of row.value) {
    if (conditions !== 'all' && !hasAny(facts.conditions, conditions)) continue;
    const last = facts.lastMonths?.[item];
    if (months > 0 && last !== undefined && last < months) continue;
    items.push(item);
    reasons.push(because(item, `${label}。`));
  }
  return decided(rule, items, reasons);
}

export interface ConflictFacts {
  readonly ageYears?: number | undefined;
  readonly conditions: Conditions;
  readonly dbp?: number | undefined;
  readonly orthostaticDrop?: number | undefined;
  readonly frail?: boolean | undefined;
  readonly potassium?: number | undefined;
  readonly classes?: readonly string[] | undefined;
}

/** Ends at which the looser pressure goal wins, and potassium limits the diet. */
export const conflictLimits = parameter({
  id: 'MM-04.limits',
  label: '目标冲突：从宽的年龄、体位下降、冠心病舒张压、限钾',
  rows: [
    {
      from: plainDate('2025-01-01'),
      source: 'OWN',
      certainty: 'own-default',
      clause: '平台默认：多病目标冲突',
      value: { age: 80, drop: 20, coronaryDbp: 60, potassium: 5 },
    },
  ],
});

/** Where the goals of several diseases pull apart, and which wins. @source 平台默认：多病目标冲突 */
export function resolveConflicts(facts: ConflictFacts, day: PlainDate): Decision<readonly string[]> {
  const row = rowOn(conflictLimits, day);
  const limit = row.value;
  const has = (one: Condition) => facts.conditions.includes(one);
  const found: Reason[] = [];
  const add = (holds: boolean, code: string, text: string) => {
    if (holds) found.push(because(code, text));
  };
  add(
    (facts.ageYears ?? 0) >= limit.age || (facts.orthostaticDrop ?? 0) >= limit.drop || facts.frail === true,
    'looser-pressure',
    '高龄、体位性低血压或衰弱，血压取较宽目标。',
  );
  const { dbp, potassium } = facts;
  const coronary = has('coronary-heart-disease') || has('myocardial-infarction');
  if (coronary && dbp !== undefined && dbp < limit.coronaryDbp)
    found.push(because('no-intensification', `冠心病舒张压 ${dbp} mmHg，不再加强降压。`));
  add(
    (has('copd') || has('asthma')) && (facts.classes ?? []).includes('BB_NS'),
    'selective-beta-blocker',
    '改用选择性β受体阻滞剂。',
  );
  if (has('chronic-kidney-disease') && (potassium ?? 0) >= limit.potassium)
    found.push(because('potassium-limit', `血钾 ${potassium} mmol/L，限钾优先于“多吃水果”。`));
  add(
    has('gout') && has('hypertension') && (facts.classes ?? []).includes('THIAZ'),
    'gout-thiazide',
    '痛风合并高血压，停噻嗪类，首选氯沙坦。',
  );
  add(has('heart-failure') && has('copd'), 'volume-first', '心衰合并慢阻肺，先处理容量再加支气管舒张剂。');
  return decided(
    ruleFrom('MM-04', row),
    found.map((one) => one.code),
    found,
  );
}
