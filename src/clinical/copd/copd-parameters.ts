import { parameter } from '#kernel/dated.ts';
import { plainDate } from '#kernel/plain-date.ts';

const gold = { from: plainDate('2023-01-01'), source: 'GOLD-2023+', certainty: 'found' as const };
const jc2018 = {
  from: plainDate('2018-12-01'),
  source: 'COPD-JC-2018',
  certainty: 'from-knowledge' as const,
};

export const caseFinding = parameter({
  id: 'COPD-01.case-finding',
  label: '病例发现：年龄与吸烟包年',
  rows: [
    {
      ...jc2018,
      certainty: 'found',
      value: { ageFrom: 35, packYears: 10 },
      clause: '慢阻肺基层诊疗指南 病例发现',
    },
  ],
});

export const copdSqTable = parameter({
  id: 'COPD-02.table',
  label: 'COPD-SQ 分值（下限与分值）与界值',
  rows: [
    {
      from: plainDate('2013-01-01'),
      source: 'COPD-SQ-2013',
      certainty: 'from-knowledge',
      clause: '慢阻肺筛查问卷 各项分值',
      value: {
        ageFrom: 40,
        age: [
          [40, 0],
          [50, 4],
          [60, 8],
          [70, 11],
        ],
        packYears: [
          [0, 0],
          [15, 1],
          [30, 2],
        ],
        bmi: [
          [0, 7],
          [18.5, 4],
          [24, 1],
          [28, 0],
        ],
        cough: 3,
        dyspnoea: [0, 2, 3],
        biomass: 1,
        family: 2,
        cutOff: 16,
      } as const,
    },
  ],
});

export const copdPsTable = parameter({
  id: 'COPD-03.table',
  label: 'COPD-PS 年龄与吸烟分值与界值',
  rows: [
    {
      from: plainDate('2008-01-01'),
      source: 'COPD-PS-2008',
      certainty: 'found',
      clause: '慢阻肺人群筛查问卷 各项分值',
      value: {
        ageFrom: 35,
        age: [
          [35, 0],
          [50, 1],
          [60, 2],
        ],
        smoking: 2,
        cutOff: 5,
      } as const,
    },
  ],
});

export const spirometry = parameter({
  id: 'COPD-04.spirometry',
  label: '肺功能：气流受限比值（低于）、需重复的比值范围、FEV1 分级下限',
  rows: [
    {
      ...gold,
      value: {
        ratioBelow: 0.7,
        repeat: { from: 0.6, to: 0.8 },
        preservedBelow: 80,
        grades: [
          { from: 0, grade: 4 },
          { from: 30, grade: 3 },
          { from: 50, grade: 2 },
          { from: 80, grade: 1 },
        ],
      } as const,
      clause: 'GOLD 报告 诊断与气流受限分级',
    },
  ],
});

export const symptomLimits = parameter({
  id: 'COPD-05.symptoms',
  label: '症状较多：mMRC、CAT 下限；CAT 最小有意义变化',
  rows: [{ ...gold, value: { mmrc: 2, cat: 10, change: 2 }, clause: 'GOLD 报告 症状评估' }],
});

export const groupLimits = parameter({
  id: 'COPD-06.groups',
  label: 'E组：中度加重次数或住院次数；加用吸入激素的嗜酸粒细胞；不用的上限',
  rows: [
    {
      ...gold,
      value: { moderate: 2, hospital: 1, eosAdd: 300, eosAgainst: 100 },
      clause: 'GOLD 报告 综合评估与初始治疗',
    },
  ],
});

export const oxygenLimits = parameter({
  id: 'COPD-07.oxygen',
  label: '长期家庭氧疗：氧分压、血氧、伴肺心病或红细胞压积时的界值；疫苗间隔月数',
  rows: [
    {
      ...jc2018,
      value: {
        pao2: 55,
        sao2: 88,
        pao2WithCor: 59,
        sao2WithCor: 89,
        haematocritAbove: 55,
        influenzaMonths: 12,
      },
      clause: '慢阻肺基层诊疗指南 氧疗、疫苗',
    },
  ],
});

export const exacerbationLimits = parameter({
  id: 'COPD-08.levels',
  label: '急性加重分级：中度（呼吸、心率、血氧、较平时下降）；重度（呼吸、血氧）',
  rows: [
    {
      ...gold,
      certainty: 'from-knowledge',
      value: {
        moderate: { rr: 24, hr: 95, spo2Below: 92, dropAbove: 3 },
        severe: { rrAbove: 30, spo2Below: 88 },
      },
      clause: 'GOLD 报告 急性加重分级；单项即算中度为平台默认',
    },
  ],
});

export const copdParameters = [
  caseFinding,
  copdSqTable,
  copdPsTable,
  spirometry,
  symptomLimits,
  groupLimits,
  oxygenLimits,
  exacerbationLimits,
] as const;
