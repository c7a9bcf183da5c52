import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { hypoglycaemiaLimits } from './diabetes-parameters.ts';

export interface HypoglycaemiaFacts {
  readonly glucose?: number | undefined;
  readonly needsHelp?: boolean | undefined;
  /** Level-1 events of the last seven days, this one included. */
  readonly eventsThisWeek?: number | undefined;
  /** Without diabetes another limit holds. */
  readonly withoutDiabetes?: boolean | undefined;
}

export interface Hypoglycaemia {
  readonly level: 0 | 1 | 2 | 3;
  /** The regimen is to be reviewed. */
  readonly review: boolean;
}

/** The level of a low glucose of a person with diabetes; with clouded consciousness always the worst. mmol/L. @source 低血糖分级与处理 */
export function gradeHypoglycaemia(facts: HypoglycaemiaFacts, day: PlainDate): Decision<Hypoglycaemia> {
  const row = rowOn(hypoglycaemiaLimits, day);
  const rule = ruleFrom('DM-11', row);
  const { glucose } = facts;
  const limit = row.value;
  if (facts.needsHelp)
    return decided(rule, { level: 3, review: true }, [
      because('level-3', '意识改变需他人帮助，静脉注射葡萄糖并呼叫急救。'),
    ]);
  if (glucose === undefined) return undecided(rule, ['血糖']);
  if (facts.withoutDiabetes && glucose >= limit.withoutDiabetes)
    return decided(rule, { level: 0, review: false }, [
      because('none', `血糖 ${glucose} mmol/L，非糖尿病者低于 ${limit.withoutDiabetes} 才是低血糖。`),
    ]);
  if (glucose < limit.level2)
    return decided(rule, { level: 2, review: true }, [
      because('level-2', `血糖 ${glucose} mmol/L，立即进食15–20克葡萄糖，15分钟复测，24小时内联系。`),
    ]);
  if (glucose < limit.level1) {
    const often = (facts.eventsThisWeek ?? 1) >= limit.reviewTimes;
    return decided(rule, { level: 1, review: often }, [
      because('level-1', `血糖 ${glucose} mmol/L，进食15–20克葡萄糖（用阿卡波糖者须用葡萄糖），15分钟复测。`),
      ...(often ? [because('often', '一周内两次及以上，评估方案。')] : []),
    ]);
  }
  return decided(rule, { level: 0, review: false }, [
    because('none', `血糖 ${glucose} mmol/L，不到低血糖1级（低于 ${limit.level1}）。`),
  ]);
}
