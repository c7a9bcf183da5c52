import { defineRule } from '../rule-definition.ts';
import { classifyKidneyDisease, type KidneyFacts } from './classify-kidney-disease.ts';
import {
  albuminuriaLimits,
  filtrationStages,
  kidneyChecks,
  kidneyRanges,
  kidneyRiskTable,
} from './kidney-parameters.ts';

const lasting = { overThreeMonths: true, otherDamage: false };

const stages = [
  [90, 'G1'],
  [89.99, 'G2'],
  [60, 'G2'],
  [59.99, 'G3a'],
  [45, 'G3a'],
  [44.99, 'G3b'],
  [30, 'G3b'],
  [29.99, 'G4'],
  [15, 'G4'],
  [14.99, 'G5'],
] as const;

const albumin = [
  [29.9, 'A1'],
  [30, 'A2'],
  [300, 'A2'],
  [300.1, 'A3'],
] as const;

/** Every cell of the printed table, by a figure inside its stage. */
const table = [
  [100, 10, 'low', 1],
  [100, 100, 'moderate', 1],
  [100, 400, 'high', 2],
  [70, 10, 'low', 1],
  [70, 100, 'moderate', 1],
  [50, 10, 'moderate', 1],
  [50, 100, 'high', 2],
  [50, 400, 'very-high', 3],
  [40, 10, 'high', 2],
  [40, 100, 'very-high', 3],
  [40, 400, 'very-high', 3],
  [20, 10, 'very-high', 3],
  [20, 100, 'very-high', 3],
  [20, 400, 'very-high', 4],
  [10, 10, 'very-high', 4],
  [10, 100, 'very-high', 4],
  [10, 400, 'very-high', 4],
] as const;

export const classifyKidneyDiseaseRule = defineRule<KidneyFacts>({
  id: 'CKD-02',
  title: '慢性肾脏病分期与危险程度',
  track: 'clinical',
  edition: 'KDIGO-CKD-2024',
  clause: 'KDIGO G分期、A分期、危险分层表与监测频次',
  certainty: 'from-knowledge',
  summary:
    '按肾小球滤过率分G1至G5，按尿白蛋白/肌酐分A1至A3，两者查表得危险程度和每年监测次数。异常超过3个月才算慢性肾脏病。G4、G5或A3建议转诊。',
  parameters: [filtrationStages, albuminuriaLimits, kidneyRiskTable, kidneyChecks, kidneyRanges],
  file: 'src/clinical/kidney/classify-kidney-disease.ts',
  pendingSignOff: '待临床专家核对原文',
  decide: classifyKidneyDisease,
  cases: [
    {
      title: '54、尿白蛋白/肌酐 60：G3a A2，高危，每年2次',
      given: { egfr: 54, acr: 60, ...lasting },
      expect: {
        value: {
          filtration: 'G3a',
          albuminuria: 'A2',
          risk: 'high',
          checksPerYear: 2,
          chronicKidneyDisease: 'yes',
          refer: false,
        },
      },
    },
    {
      title: '96、20，没有其他肾损伤：不是慢性肾脏病',
      given: { egfr: 96, acr: 20, ...lasting },
      expect: { value: { risk: 'low', chronicKidneyDisease: 'no', refer: false } },
    },
    {
      title: '28、10：极高危，转诊',
      given: { egfr: 28, acr: 10, ...lasting },
      expect: { value: { risk: 'very-high', refer: true }, reasons: ['refer'] },
    },
    {
      title: '70、400：高危，转诊',
      given: { egfr: 70, acr: 400, ...lasting },
      expect: { value: { risk: 'high', refer: true }, reasons: ['refer'] },
    },
    ...stages.map(([egfr, filtration]) => ({
      title: `滤过率 ${egfr}：${filtration}`,
      given: { egfr, acr: 10 },
      expect: { value: { filtration } },
    })),
    ...albumin.map(([acr, albuminuria]) => ({
      title: `尿白蛋白/肌酐 ${acr}：${albuminuria}`,
      given: { egfr: 70, acr },
      expect: { value: { albuminuria } },
    })),
    ...table.map(([egfr, acr, risk, checksPerYear]) => ({
      title: `查表 ${egfr} 与 ${acr}：每年${checksPerYear}次`,
      given: { egfr, acr },
      expect: { value: { risk, checksPerYear } },
    })),
    {
      title: '54、60 刚发现：还不能定为慢性',
      given: { egfr: 54, acr: 60, otherDamage: false },
      expect: { value: { chronicKidneyDisease: 'unconfirmed' } },
    },
    {
      title: '54、60 不到3个月：还不能定为慢性',
      given: { egfr: 54, acr: 60, overThreeMonths: false, otherDamage: false },
      expect: { value: { chronicKidneyDisease: 'unconfirmed' } },
    },
    {
      title: '96、20，有多囊肾超过3个月：是慢性肾脏病',
      given: { egfr: 96, acr: 20, overThreeMonths: true, otherDamage: true },
      expect: { value: { chronicKidneyDisease: 'yes' } },
    },
    {
      title: '96、20，其他肾损伤没有问：未确定',
      given: { egfr: 96, acr: 20 },
      expect: { value: { chronicKidneyDisease: 'unconfirmed' } },
    },
    { title: '没有尿白蛋白：不下结论', given: { egfr: 54 }, expect: { missing: ['尿白蛋白/肌酐比值'] } },
    {
      title: '滤过率为负：不合理',
      given: { egfr: -1, acr: 10 },
      expect: { missing: ['估算肾小球滤过率（数值不合理）'] },
    },
  ],
});
