import { plausibleRanges } from '../cardiovascular-risk/china-par-parameters.ts';
import { defineRule } from '../rule-definition.ts';
import { type StrokeScreenFacts, screenStrokeRisk } from './screen-stroke-risk.ts';
import { screenLimits } from './stroke-parameters.ts';

const none: StrokeScreenFacts = {
  ageYears: 60,
  sbp: 139,
  dbp: 89,
  pressureTreated: false,
  valvularDisease: false,
  smoker: false,
  dyslipidaemia: 'no',
  active: true,
  bmi: 25.9,
  familyHistoryStroke: false,
  conditions: [],
};

const screened = (title: string, more: StrokeScreenFacts, level: string, factors: readonly string[]) => ({
  title,
  given: { ...none, ...more },
  expect: { value: { level, factors, complete: true } },
});

export const screenStrokeRiskRule = defineRule<StrokeScreenFacts>({
  id: 'STK-01',
  title: '脑卒中8项危险因素初筛',
  track: 'clinical',
  edition: 'STROKE-8',
  clause: '脑卒中风险初筛评估（8项）',
  certainty: 'found',
  summary:
    '40岁及以上查8项：高血压、房颤或瓣膜病、吸烟、血脂异常或不知、糖尿病、缺乏运动、体质指数≥26、脑卒中家族史。3项及以上或有过卒中、短暂性脑缺血发作为高危；不足3项但有高血压、糖尿病、房颤或瓣膜病之一为中危；其余低危。体质指数26为本筛查专用。',
  parameters: [screenLimits, plausibleRanges],
  file: 'src/clinical/stroke/screen-stroke-risk.ts',
  decide: screenStrokeRisk,
  cases: [
    {
      title: '按表勾选：吸烟、血脂不知道两项，无高血压糖尿病房颤：低危',
      given: {
        ageYears: 60,
        conditions: [],
        sheet: {
          hypertension: false,
          'heart-rhythm-or-valve': false,
          smoking: true,
          dyslipidaemia: true,
          diabetes: false,
          inactive: false,
          overweight: false,
          'family-history': false,
        },
      },
      expect: { value: { level: 'low', factors: ['smoking', 'dyslipidaemia'], complete: true } },
    },
    screened(
      '高血压、吸烟、血脂异常：高危',
      { conditions: ['hypertension'], smoker: true, dyslipidaemia: 'yes' },
      'high',
      ['hypertension', 'smoking', 'dyslipidaemia'],
    ),
    screened('高血压、缺乏运动：中危', { conditions: ['hypertension'], active: false }, 'moderate', [
      'hypertension',
      'inactive',
    ]),
    screened('吸烟、血脂异常：低危', { smoker: true, dyslipidaemia: 'yes' }, 'low', [
      'smoking',
      'dyslipidaemia',
    ]),
    screened('没有一项但有过卒中：高危', { conditions: ['ischaemic-stroke'] }, 'high', []),
    screened('有过短暂性脑缺血发作：高危', { conditions: ['tia'] }, 'high', []),
    screened('有过出血性卒中：高危', { conditions: ['haemorrhagic-stroke'] }, 'high', []),
    screened('只有房颤：中危', { conditions: ['atrial-fibrillation'] }, 'moderate', [
      'heart-rhythm-or-valve',
    ]),
    screened('只有瓣膜病：中危', { valvularDisease: true }, 'moderate', ['heart-rhythm-or-valve']),
    screened('只有糖尿病：中危', { conditions: ['type-2-diabetes'] }, 'moderate', ['diabetes']),
    screened('样样刚低于界值：低危', {}, 'low', []),
    screened('收缩压 140', { sbp: 140 }, 'moderate', ['hypertension']),
    screened('舒张压 90', { dbp: 90 }, 'moderate', ['hypertension']),
    screened('服降压药', { pressureTreated: true }, 'moderate', ['hypertension']),
    screened('体质指数 26', { bmi: 26 }, 'low', ['overweight']),
    screened('血脂不知算一项', { dyslipidaemia: 'unknown' }, 'low', ['dyslipidaemia']),
    screened('家族史、吸烟：低危', { familyHistoryStroke: true, smoker: true }, 'low', [
      'smoking',
      'family-history',
    ]),
    screened(
      '家族史、吸烟、缺乏运动：高危',
      { familyHistoryStroke: true, smoker: true, active: false },
      'high',
      ['smoking', 'inactive', 'family-history'],
    ),
    { title: '40岁可筛', given: { ...none, ageYears: 40 }, expect: { value: { level: 'low' } } },
    {
      title: '39岁不适用',
      given: { ...none, ageYears: 39 },
      expect: { missing: ['年龄（40岁以下不适用）'] },
    },
    {
      title: '已有三项，家族史没有问：已是高危',
      given: {
        ...none,
        conditions: ['hypertension', 'type-2-diabetes'],
        smoker: true,
        familyHistoryStroke: undefined,
      },
      expect: { value: { level: 'high', complete: false }, reasons: ['incomplete', 'carotid'] },
    },
    {
      title: '两项，血脂与运动没有问：不下结论',
      given: { ...none, smoker: true, bmi: 27, dyslipidaemia: undefined, active: undefined },
      expect: { missing: ['血脂异常', '运动情况'] },
    },
    {
      title: '只有年龄：不下结论',
      given: { ageYears: 60 },
      expect: {
        missing: [
          '病史',
          '收缩压',
          '舒张压',
          '是否服用降压药',
          '体质指数',
          '瓣膜性心脏病',
          '是否吸烟',
          '血脂异常',
          '运动情况',
          '脑卒中家族史',
        ],
      },
    },
  ],
});
