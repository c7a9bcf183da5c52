import { plausibleRanges } from '../cardiovascular-risk/china-par-parameters.ts';
import { defineRule } from '../rule-definition.ts';
import { coronaryTargets, heartRanges } from './heart-parameters.ts';
import { type CoronaryTargetFacts, judgeCoronaryTargets } from './judge-coronary-targets.ts';

const reached: CoronaryTargetFacts = {
  ldl: 1.5,
  sbp: 129,
  dbp: 79,
  extremeRisk: false,
  heartRate: 60,
  smoker: false,
  drugs: ['beta-blocker'],
};

const judged = (title: string, more: CoronaryTargetFacts, value: readonly string[]) => ({
  title,
  given: { ...reached, ...more },
  expect: { value },
});

export const judgeCoronaryTargetsRule = defineRule<CoronaryTargetFacts>({
  id: 'CHD-01-targets',
  title: '冠心病控制目标',
  track: 'clinical',
  edition: 'OWN',
  clause: '稳定性冠心病基层管理（指南待登记）',
  certainty: 'from-knowledge',
  summary:
    '冠心病低密度脂蛋白胆固醇应低于1.8（超高危低于1.4）mmol/L，血压低于130/80但不低于110/60 mmHg，用β受体阻滞剂时静息心率55–70次/分，不吸烟。',
  parameters: [coronaryTargets, heartRanges, plausibleRanges],
  file: 'src/clinical/heart/judge-coronary-targets.ts',
  pendingSignOff: '待临床专家核对原文；较基线下降50%的要求未纳入',
  decide: judgeCoronaryTargets,
  cases: [
    judged('低密度脂蛋白胆固醇 2.1，一次陈旧心梗：未达标', { ldl: 2.1 }, ['ldl']),
    judged('1.5、129/79、心率60：达标', {}, []),
    judged('1.79：达标', { ldl: 1.79 }, []),
    judged('1.8：未达标', { ldl: 1.8 }, ['ldl']),
    judged('超高危 1.4：未达标', { ldl: 1.4, extremeRisk: true }, ['ldl']),
    judged('超高危 1.39：达标', { ldl: 1.39, extremeRisk: true }, []),
    judged('收缩压 130', { sbp: 130 }, ['pressure']),
    judged('舒张压 80', { dbp: 80 }, ['pressure']),
    judged('收缩压 110 不算过低', { sbp: 110 }, []),
    judged('收缩压 109 过低', { sbp: 109 }, ['pressure-too-low']),
    judged('舒张压 60 不算过低', { dbp: 60 }, []),
    judged('舒张压 59 过低', { dbp: 59 }, ['pressure-too-low']),
    judged('收缩压 140、舒张压 55：两样都不合', { sbp: 140, dbp: 55 }, ['pressure', 'pressure-too-low']),
    judged('心率 54', { heartRate: 54 }, ['heart-rate']),
    judged('心率 55', { heartRate: 55 }, []),
    judged('心率 70', { heartRate: 70 }, []),
    judged('心率 71', { heartRate: 71 }, ['heart-rate']),
    judged('不用β受体阻滞剂：不看心率', { heartRate: undefined, drugs: [] }, []),
    judged('吸烟', { smoker: true }, ['smoking']),
    {
      title: '1.5，不知是否超高危：不下结论',
      given: { ...reached, extremeRisk: undefined },
      expect: { missing: ['是否超高危'] },
    },
    {
      title: '用β受体阻滞剂没有测心率：不下结论',
      given: { ...reached, heartRate: undefined },
      expect: { missing: ['心率'] },
    },
    {
      title: '什么都没有：不下结论',
      given: {},
      expect: { missing: ['低密度脂蛋白胆固醇', '收缩压', '舒张压', '是否吸烟', '用药清单'] },
    },
  ],
});
