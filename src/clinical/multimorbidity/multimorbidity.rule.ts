import { plainDate } from '#kernel/plain-date.ts';
import { joinNextVisits, pullInDays } from '../follow-up/join-next-visits.ts';
import { defineRule } from '../rule-definition.ts';
import {
  type ConflictFacts,
  conflictLimits,
  countConditions,
  listVisitItems,
  mergedItems,
  planJointVisits,
  resolveConflicts,
} from './multimorbidity.ts';

const base = {
  track: 'both',
  edition: 'OWN',
  certainty: 'own-default',
  pendingSignOff: '平台默认，待专家组确认',
  file: 'src/clinical/multimorbidity/multimorbidity.ts',
} as const;
const d = (text: string) => plainDate(text);

export const countConditionsRule = defineRule<Parameters<typeof countConditions>[0]>({
  ...base,
  id: 'MM-01',
  title: '多病共患',
  clause: '多病共管的界定',
  summary:
    '高血压、糖尿病、慢阻肺、冠心病、脑卒中、慢性肾病、血脂异常、肥胖、心衰、房颤、肿瘤、精神障碍中两种及以上。',
  parameters: [pullInDays],
  decide: countConditions,
  cases: [
    {
      title: '高血压+血脂异常：是',
      given: { conditions: ['hypertension', 'dyslipidaemia'] },
      expect: { value: { multimorbid: true } },
    },
    {
      title: '仅高血压：否',
      given: { conditions: ['hypertension'] },
      expect: { value: { multimorbid: false } },
    },
    {
      title: '糖尿病+抑郁：是',
      given: { conditions: ['type-2-diabetes', 'depression'] },
      expect: { value: { multimorbid: true } },
    },
    {
      title: '冠心病+陈旧心梗：算一种',
      given: { conditions: ['coronary-heart-disease', 'myocardial-infarction'] },
      expect: { value: { count: 1 } },
    },
  ],
});

export const joinNextVisitsRule = defineRule<{
  readonly own: readonly { key: string; proposedOn: ReturnType<typeof d> }[];
}>({
  ...base,
  id: 'MM-02',
  title: '多病合并的下次随访',
  clause: '平台默认：整合随访频次',
  summary: '取各病种最早的日期；其后14天内到期的一并随访；其余保留各自日期，间隔不加长。',
  parameters: [pullInDays],
  file: 'src/clinical/follow-up/join-next-visits.ts',
  decide: (facts, day) => joinNextVisits(facts.own, day),
  cases: [
    {
      title: '三病都90天：同日',
      given: { own: ['htn', 'dm', 'copd'].map((key) => ({ key, proposedOn: d('2026-04-05') })) },
      expect: { value: { on: '2026-04-05', together: ['htn', 'dm', 'copd'] } },
    },
    {
      title: '相差14天：一并',
      given: {
        own: [
          { key: 'htn', proposedOn: d('2026-01-19') },
          { key: 'dm', proposedOn: d('2026-02-02') },
        ],
      },
      expect: { value: { together: ['htn', 'dm'] } },
    },
    {
      title: '相差15天：各自',
      given: {
        own: [
          { key: 'htn', proposedOn: d('2026-01-19') },
          { key: 'dm', proposedOn: d('2026-02-03') },
        ],
      },
      expect: { value: { together: ['htn'], byKey: { dm: '2026-02-03' } } },
    },
    { title: '没有日期', given: { own: [] }, expect: { missing: ['各病种的下次随访日期'] } },
  ],
});

export const planJointVisitsRule = defineRule<Parameters<typeof planJointVisits>[0]>({
  ...base,
  id: 'MM-02-series',
  title: '多病随访日程',
  clause: '平台默认：整合随访频次',
  summary: '按各病种间隔排出今后随访日，14天内到期的并在一起并重新计时。',
  parameters: [pullInDays],
  decide: (facts, day) => {
    const plan = planJointVisits(facts, day);
    return plan.kind === 'decided'
      ? { ...plan, value: plan.value.map((one) => `${one.on} ${one.keys.join('+')}`) }
      : plan;
  },
  cases: [
    {
      title: '高血压90、糖尿病90、慢阻肺90',
      given: { visits: 2, diseases: ['HTN', 'DM', 'COPD'].map((key) => ({ key, intervalDays: 90 })) },
      expect: { value: ['2026-04-05 HTN+DM+COPD', '2026-07-04 HTN+DM+COPD'] },
    },
    {
      title: '高血压28、糖尿病90',
      given: {
        visits: 4,
        diseases: [
          { key: 'HTN', intervalDays: 28 },
          { key: 'DM', intervalDays: 90 },
        ],
      },
      expect: { value: ['2026-02-02 HTN', '2026-03-02 HTN', '2026-03-30 HTN+DM', '2026-04-27 HTN'] },
    },
    {
      title: '高血压90、糖尿病14、血脂42',
      given: {
        visits: 4,
        diseases: [
          { key: 'HTN', intervalDays: 90 },
          { key: 'DM', intervalDays: 14 },
          { key: 'LIPID', intervalDays: 42 },
        ],
      },
      expect: { value: ['2026-01-19 DM', '2026-02-02 DM+LIPID', '2026-02-16 DM', '2026-03-02 DM+LIPID'] },
    },
  ],
});

export const listVisitItemsRule = defineRule<Parameters<typeof listVisitItems>[0]>({
  ...base,
  id: 'MM-03',
  title: '合并随访的项目',
  clause: '平台默认：多病合并随访项目',
  summary: '每项只问一次；每次必问的与到期的检查合并列出。',
  parameters: [mergedItems],
  decide: listVisitItems,
  cases: [
    {
      title: '高血压+糖尿病，检查都未到期',
      given: {
        conditions: ['hypertension', 'type-2-diabetes'],
        lastMonths: { hba1c: 2, lipids: 3, kidney: 3, ecg: 3, fundus: 3, vaccines: 3 },
      },
      expect: { value: ['pressure', 'pulse', 'weight', 'fasting-glucose', 'foot', 'medicines', 'lifestyle'] },
    },
    {
      title: '加慢阻肺，肾功能14个月前',
      given: {
        conditions: ['hypertension', 'type-2-diabetes', 'copd'],
        lastMonths: { hba1c: 2, lipids: 3, kidney: 14, ecg: 3, fundus: 3, vaccines: 3, spirometry: 3 },
      },
      expect: {
        value: [
          'pressure',
          'pulse',
          'weight',
          'fasting-glucose',
          'spo2',
          'foot',
          'cat',
          'medicines',
          'lifestyle',
          'kidney',
        ],
      },
    },
    { title: '没有病种', given: { conditions: [] }, expect: { missing: ['在管病种'] } },
  ],
});

export const resolveConflictsRule = defineRule<ConflictFacts>({
  ...base,
  id: 'MM-04',
  title: '多病目标冲突',
  clause: '平台默认：多病目标冲突',
  summary:
    '80岁及以上、体位性低血压、衰弱血压取较宽目标；冠心病舒张压<60不加强降压；慢阻肺用选择性β受体阻滞剂；慢性肾病高钾限钾优先；痛风停噻嗪。',
  parameters: [conflictLimits],
  decide: resolveConflicts,
  cases: [
    {
      title: '高血压+糖尿病 82岁',
      given: { ageYears: 82, conditions: ['hypertension', 'type-2-diabetes'] },
      expect: { value: ['looser-pressure'] },
    },
    { title: '79岁：不放宽', given: { ageYears: 79, conditions: ['hypertension'] }, expect: { value: [] } },
    {
      title: '冠心病舒张压58',
      given: { conditions: ['coronary-heart-disease'], dbp: 58 },
      expect: { value: ['no-intensification'] },
    },
    {
      title: '舒张压60：不提',
      given: { conditions: ['coronary-heart-disease'], dbp: 60 },
      expect: { value: [] },
    },
    {
      title: '慢阻肺+普萘洛尔',
      given: { conditions: ['copd', 'myocardial-infarction'], classes: ['BB_NS'] },
      expect: { value: ['selective-beta-blocker'] },
    },
    {
      title: '慢性肾病血钾5.4',
      given: { conditions: ['type-2-diabetes', 'chronic-kidney-disease'], potassium: 5.4 },
      expect: { value: ['potassium-limit'] },
    },
    {
      title: '血钾4.9：不提',
      given: { conditions: ['chronic-kidney-disease'], potassium: 4.9 },
      expect: { value: [] },
    },
  ],
});
