import { plausibleRanges } from '../cardiovascular-risk/china-par-parameters.ts';
import { defineRule } from '../rule-definition.ts';
import { judgeStrokeTargets, type StrokeTargetFacts } from './judge-stroke-targets.ts';
import { strokeTargets } from './stroke-parameters.ts';

const reached: StrokeTargetFacts = {
  ldl: 1.79,
  sbp: 129,
  dbp: 79,
  extremeRisk: false,
  haemorrhagicOnly: false,
};

const judged = (title: string, more: StrokeTargetFacts, value: readonly string[]) => ({
  title,
  given: { ...reached, ...more },
  expect: { value },
});

export const judgeStrokeTargetsRule = defineRule<StrokeTargetFacts>({
  id: 'STK-03-targets',
  title: '卒中后血脂与血压目标',
  track: 'clinical',
  edition: 'OWN',
  clause: '缺血性与出血性脑卒中二级预防（指南待登记）',
  certainty: 'from-knowledge',
  summary:
    '缺血性卒中或短暂性脑缺血发作后低密度脂蛋白胆固醇应低于1.8（超高危低于1.4）mmol/L；血压能耐受时应低于130/80 mmHg，出血性卒中同此血压目标。',
  parameters: [strokeTargets, plausibleRanges],
  file: 'src/clinical/stroke/judge-stroke-targets.ts',
  pendingSignOff: '待临床专家核对原文',
  decide: judgeStrokeTargets,
  cases: [
    judged('低密度脂蛋白胆固醇 2.0：未达标', { ldl: 2 }, ['ldl']),
    judged('1.79、129/79：达标', {}, []),
    judged('1.8：未达标', { ldl: 1.8 }, ['ldl']),
    judged('超高危 1.4：未达标', { ldl: 1.4, extremeRisk: true }, ['ldl']),
    judged('超高危 1.39：达标', { ldl: 1.39, extremeRisk: true }, []),
    judged('收缩压 130：未达标', { sbp: 130 }, ['pressure']),
    judged('舒张压 80：未达标', { dbp: 80 }, ['pressure']),
    judged('2.0 时不必知道是否超高危', { ldl: 2, extremeRisk: undefined }, ['ldl']),
    judged('1.3 时不必知道是否超高危', { ldl: 1.3, extremeRisk: undefined }, []),
    judged('出血性卒中不看血脂', { haemorrhagicOnly: true, ldl: undefined, sbp: 135 }, ['pressure']),
    {
      title: '1.6，不知是否超高危：不下结论',
      given: { ...reached, ldl: 1.6, extremeRisk: undefined },
      expect: { missing: ['是否超高危'] },
    },
    {
      title: '没有血脂和舒张压：不下结论',
      given: { ...reached, ldl: undefined, dbp: undefined },
      expect: { missing: ['低密度脂蛋白胆固醇', '舒张压'] },
    },
    {
      title: '卒中类型不明：不下结论',
      given: { ...reached, haemorrhagicOnly: undefined },
      expect: { missing: ['卒中类型'] },
    },
  ],
});
