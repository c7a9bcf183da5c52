import { parameter, valueOn } from '#kernel/dated.ts';
import { type PlainDate, plainDate } from '#kernel/plain-date.ts';
import type { Conditions } from '../conditions.ts';
import { monitoringMonths } from '../diabetes/diabetes-parameters.ts';

export const homeMonitoring = parameter({
  id: 'LIFE-03.home',
  label: '家庭监测：血压（初诊或调药、平稳）、体重、慢阻肺症状的频次',
  rows: [
    {
      from: plainDate('2018-12-01'),
      source: 'HTN-CN-2018',
      certainty: 'from-knowledge',
      clause: '中国高血压防治指南 家庭血压监测；体重与症状频次为平台默认',
      value: {
        pressureChanging: '每天早晚各测2–3遍，连测7天，以后每周1–2天',
        pressureSteady: '每周1–2天，早晚各测2遍',
        weight: '每月一次',
        lungs: '每天留意气短、咳痰；加重时当天联系医生',
      },
    },
  ],
});

export const lifestyleParameters = [homeMonitoring] as const;

export interface MonitoringState {
  readonly conditions: Conditions;
  /** The plan is new or the medicines change. */
  readonly isChanging: boolean;
  readonly regimen?: 'lifestyle' | 'oral' | undefined;
}

/** What a person watches at home and how often: a draft for the doctor to change. @source 中国高血压防治指南 家庭血压监测；国家基层糖尿病防治管理指南 血糖监测 */
export function proposeMonitoring(state: MonitoringState, day: PlainDate): { what: string; often: string }[] {
  const home = valueOn(homeMonitoring, day);
  const has = (one: MonitoringState['conditions'][number]) => state.conditions.includes(one);
  return [
    ...(has('hypertension')
      ? [{ what: '家庭血压', often: state.isChanging ? home.pressureChanging : home.pressureSteady }]
      : []),
    ...(has('type-2-diabetes')
      ? [{ what: '自测血糖', often: valueOn(monitoringMonths, day).selfTests[state.regimen ?? 'oral'] }]
      : []),
    ...(has('copd') ? [{ what: '呼吸症状', often: home.lungs }] : []),
    { what: '体重', often: home.weight },
  ];
}
