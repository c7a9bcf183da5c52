import { glucoseCrisisLimits } from '../diabetes/follow-up-parameters.ts';
import { defineRule } from '../rule-definition.ts';
import {
  type CombinedColourFacts,
  colourDiabetes,
  colourHypertension,
  combineColours,
  type DiabetesColourFacts,
  diabetesColours,
  judgeControlRate,
  judgeGroupTargets,
  levelManagement,
  managementLevels,
  type PressureColourFacts,
  type ProgrammeFacts,
  pressureColours,
  programmeTargets,
} from './grade-management.ts';

const file = 'src/clinical/grading/grade-management.ts';
const signOff = '待县级专家组确认';

export const levelManagementRule = defineRule<Parameters<typeof levelManagement>[0]>({
  id: 'GR-01',
  title: '高血压三级管理（历史口径）',
  track: 'both',
  edition: 'DEMONSTRATION-ZONE-2016',
  clause: '高血压分级管理',
  certainty: 'found',
  pendingSignOff: signOff,
  summary: '低危一级90天，中危二级60天，其余三级30天。',
  parameters: [managementLevels],
  file,
  decide: levelManagement,
  cases: [
    { title: '低危', given: { risk: 'low' }, expect: { value: { level: 1, days: 90 } } },
    { title: '中危', given: { risk: 'moderate' }, expect: { value: { level: 2, days: 60 } } },
    { title: '中/高危', given: { risk: 'moderate-high' }, expect: { value: { level: 3, days: 30 } } },
    { title: '高危', given: { risk: 'high' }, expect: { value: { level: 3 } } },
    { title: '没有分层', given: {}, expect: { missing: ['心血管风险分层'] } },
  ],
});

const d = (
  hba1c: number,
  ageYears: number,
  more: Partial<DiabetesColourFacts> = {},
): DiabetesColourFacts => ({ hba1c, ageYears, ...more });
export const colourDiabetesRule = defineRule<DiabetesColourFacts>({
  id: 'GR-02',
  title: '糖尿病红黄绿标',
  track: 'both',
  edition: 'OWN',
  clause: '县域慢病系统在用规则（归纳）',
  certainty: 'found',
  pendingSignOff: signOff,
  summary:
    '糖化>8.0、一周低血糖≥2次、肾病IV–V期、足病、视网膜、神经、踝臂指数重者为红；糖化6.5–8.0（65岁起7.0–8.0）、最近一次血糖为低血糖（≤3.9）或轻度线索为黄；其余绿。没有糖化不标。',
  parameters: [diabetesColours, glucoseCrisisLimits],
  file,
  decide: colourDiabetes,
  cases: [
    { title: '6.2 50岁：绿', given: d(6.2, 50), expect: { value: 'green' } },
    { title: '6.8 50岁：黄', given: d(6.8, 50), expect: { value: 'yellow' } },
    { title: '6.5 64岁：黄', given: d(6.5, 64), expect: { value: 'yellow' } },
    { title: '6.8 70岁：绿', given: d(6.8, 70), expect: { value: 'green' } },
    { title: '7.4 70岁：黄', given: d(7.4, 70), expect: { value: 'yellow' } },
    { title: '8.1 70岁：红', given: d(8.1, 70), expect: { value: 'red' } },
    { title: '8.0：黄', given: d(8, 50), expect: { value: 'yellow' } },
    { title: '最近血糖3.8：黄', given: d(6.2, 50, { glucose: 3.8 }), expect: { value: 'yellow' } },
    { title: '最近血糖3.9：黄', given: d(6.2, 50, { glucose: 3.9 }), expect: { value: 'yellow' } },
    { title: '最近血糖4.0：绿', given: d(6.2, 50, { glucose: 4 }), expect: { value: 'green' } },
    { title: '低血糖1次：黄', given: d(6.2, 50, { hypoglycaemiaThisWeek: 1 }), expect: { value: 'yellow' } },
    { title: '低血糖2次：红', given: d(6.2, 50, { hypoglycaemiaThisWeek: 2 }), expect: { value: 'red' } },
    { title: '踝臂指数0.9：黄', given: d(6.2, 50, { abi: 0.9 }), expect: { value: 'yellow' } },
    { title: '1.35：红', given: d(6.2, 50, { abi: 1.35 }), expect: { value: 'red' } },
    { title: '1.3：绿', given: d(6.2, 50, { abi: 1.3 }), expect: { value: 'green' } },
    { title: '振动觉18：黄', given: d(6.2, 50, { vpt: 18 }), expect: { value: 'yellow' } },
    {
      title: '糖化6.2，肾病IV期：红',
      given: { hba1c: 6.2, ageYears: 50, nephropathyStage: 4 },
      expect: { value: 'red' },
    },
    {
      title: '糖化6.2，肾病III期：黄',
      given: { hba1c: 6.2, ageYears: 50, nephropathyStage: 3 },
      expect: { value: 'yellow' },
    },
    { title: '没有糖化', given: { ageYears: 50 }, expect: { missing: ['糖化血红蛋白'] } },
  ],
});

export const colourHypertensionRule = defineRule<PressureColourFacts>({
  id: 'GR-03',
  title: '高血压红黄绿标',
  track: 'both',
  edition: 'OWN',
  clause: '平台默认：高血压分标',
  certainty: 'own-default',
  pendingSignOff: signOff,
  summary: '3级、很高危、连续两次未控制、新并发症、难治、近期红色预警为红；达标满3个月为绿；其余黄。',
  parameters: [pressureColours],
  file,
  decide: colourHypertension,
  cases: [
    {
      title: '稳定6个月低危：绿',
      given: { grade: 'high-normal', atTarget: true, monthsAtTarget: 6, risk: 'low' },
      expect: { value: 'green' },
    },
    {
      title: '达标2个月：黄',
      given: { grade: 'high-normal', atTarget: true, monthsAtTarget: 2 },
      expect: { value: 'yellow' },
    },
    {
      title: '达标3个月：绿',
      given: { grade: 'high-normal', atTarget: true, monthsAtTarget: 3 },
      expect: { value: 'green' },
    },
    {
      title: '146/92首次：黄',
      given: { grade: 'grade-1', atTarget: false, consecutiveUncontrolled: 1 },
      expect: { value: 'yellow' },
    },
    {
      title: '162/98两次：红',
      given: { grade: 'grade-2', atTarget: false, consecutiveUncontrolled: 2 },
      expect: { value: 'red' },
    },
    {
      title: '很高危：红',
      given: { grade: 'high-normal', atTarget: true, monthsAtTarget: 3, risk: 'very-high' },
      expect: { value: 'red' },
    },
    { title: '没有分级', given: { atTarget: true }, expect: { missing: ['血压分级'] } },
  ],
});

export const combineColoursRule = defineRule<CombinedColourFacts>({
  id: 'GR-04',
  title: '多病分标合并',
  track: 'both',
  edition: 'OWN',
  clause: '平台默认：多病取最重',
  certainty: 'own-default',
  pendingSignOff: signOff,
  summary: '取各病种最重的颜色；慢阻肺E组、GOLD3–4级或近3个月加重为红，B组或GOLD2级为黄，A组稳定为绿。',
  parameters: [pressureColours],
  file,
  decide: combineColours,
  cases: [
    {
      title: '绿+黄+绿：黄',
      given: { hypertension: 'green', diabetes: 'yellow', copd: { group: 'A' } },
      expect: { value: 'yellow' },
    },
    {
      title: '慢阻肺E组：红',
      given: { hypertension: 'green', copd: { group: 'E' } },
      expect: { value: 'red' },
    },
    { title: '全绿：绿', given: { hypertension: 'green', diabetes: 'green' }, expect: { value: 'green' } },
    { title: '一个也没有', given: {}, expect: { missing: ['各病种的分标'] } },
  ],
});

export const judgeControlRateRule = defineRule<ProgrammeFacts>({
  id: 'GR-05',
  title: '管理目标',
  track: 'public-health',
  edition: 'TWO-DISEASES-2023',
  clause: '两慢病健康管理方案 目标',
  certainty: 'found',
  summary: '控制率目标55%，分母为在管人数，没有测量的人留在分母。',
  parameters: [programmeTargets],
  file,
  decide: judgeControlRate,
  cases: [
    {
      title: '200人130人达标：65%，达到',
      given: { managed: 200, controlled: 130 },
      expect: { value: { rate: 65, met: true } },
    },
    { title: '54.9%：未达到', given: { managed: 1000, controlled: 549 }, expect: { value: { met: false } } },
    { title: '没有在管的人', given: { managed: 0, controlled: 0 }, expect: { missing: ['在管人数'] } },
  ],
});

export const judgeGroupTargetsRule = defineRule<Parameters<typeof judgeGroupTargets>[0]>({
  id: 'GR-05-groups',
  title: '自我管理小组目标',
  track: 'public-health',
  edition: 'TWO-DISEASES-2023',
  clause: '两慢病健康管理方案 目标',
  certainty: 'found',
  summary: '每组15–20人，全年活动不少于6次，两样都到才算达到。',
  parameters: [programmeTargets],
  file,
  decide: judgeGroupTargets,
  cases: [
    { title: '17人、5次：未达到', given: { members: 17, activities: 5 }, expect: { value: { met: false } } },
    { title: '17人、6次：达到', given: { members: 17, activities: 6 }, expect: { value: { met: true } } },
    { title: '15人、6次：达到', given: { members: 15, activities: 6 }, expect: { value: { met: true } } },
    { title: '14人、6次：未达到', given: { members: 14, activities: 6 }, expect: { value: { met: false } } },
    { title: '20人、6次：达到', given: { members: 20, activities: 6 }, expect: { value: { met: true } } },
    { title: '21人、6次：未达到', given: { members: 21, activities: 6 }, expect: { value: { met: false } } },
    { title: '没有活动次数', given: { members: 17 }, expect: { missing: ['全年活动次数'] } },
  ],
});
