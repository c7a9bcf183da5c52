import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import { addMonths, type PlainDate } from '#kernel/plain-date.ts';
import { because, missingOf, ruleFrom } from '../answering.ts';
import { monitoringMonths } from './diabetes-parameters.ts';

export interface MonitoringFacts {
  readonly lastHba1cOn?: PlainDate | undefined;
  readonly atGoal?: boolean | undefined;
  readonly older?: boolean | undefined;
  /** % of time in 3.9–10.0 and below 3.9. */
  readonly inRange?: number | undefined;
  readonly belowRange?: number | undefined;
  /** % of time below 3.0 and above 10.0; coefficient of variation, %. */
  readonly veryLow?: number | undefined;
  readonly aboveRange?: number | undefined;
  readonly variation?: number | undefined;
  readonly regimen?: 'lifestyle' | 'oral' | 'basal' | 'premix' | 'basal-bolus' | undefined;
}

export interface Monitoring {
  readonly nextHba1cOn: PlainDate;
  /** undefined without a continuous record. */
  readonly sensorGoalMet: boolean | undefined;
  /** How often to test at home; undefined when the regimen is not known. */
  readonly selfTests: string | undefined;
}

/** When HbA1c is due again, and whether a continuous record meets its goals. @source 国家基层糖尿病防治管理指南 血糖监测 */
export function planGlucoseMonitoring(facts: MonitoringFacts, day: PlainDate): Decision<Monitoring> {
  const row = rowOn(monitoringMonths, day);
  const rule = ruleFrom('DM-12', row);
  const { lastHba1cOn, atGoal } = facts;
  if (lastHba1cOn === undefined || atGoal === undefined)
    return undecided(rule, missingOf({ 上次糖化日期: lastHba1cOn, 是否达标: atGoal }));
  const months = atGoal ? row.value.atGoal : row.value.notAtGoal;
  const nextHba1cOn = addMonths(lastHba1cOn, months);
  const goal = facts.older ? row.value.older : row.value.usual;
  const sensorGoalMet =
    facts.inRange === undefined || facts.belowRange === undefined
      ? undefined
      : facts.inRange > goal.inRangeAbove &&
        facts.belowRange < goal.belowUnder &&
        (facts.veryLow === undefined || facts.veryLow < row.value.veryLowUnder) &&
        (facts.older || facts.aboveRange === undefined || facts.aboveRange < row.value.aboveUnder) &&
        (facts.variation === undefined || facts.variation <= row.value.variationUpTo);
  const selfTests = facts.regimen && row.value.selfTests[facts.regimen];
  return decided(rule, { nextHba1cOn, sensorGoalMet, selfTests }, [
    because('next', `${months} 个月复查糖化，${nextHba1cOn}。`),
    ...(selfTests ? [because('self-tests', `自测血糖：${selfTests}；生病、运动、低血糖感觉时加测。`)] : []),
  ]);
}
