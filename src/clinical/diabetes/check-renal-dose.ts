import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { bandOf, because, missingOf, ruleFrom } from '../answering.ts';
import { metforminKdigo, metforminLimits, renalDoses } from './diabetes-parameters.ts';

export interface MetforminFacts {
  readonly egfr?: number | undefined;
  readonly dailyMg?: number | undefined;
  readonly altTimes?: number | undefined;
  /** Contrast, anaesthesia, sepsis, dehydration. */
  readonly holdSituation?: boolean | undefined;
  /** Whose limits: the Chinese label unless a county's pharmacist chose the other. */
  readonly preset?: 'label' | 'kdigo' | undefined;
}

export type MetforminUse = 'ok' | 'reduce' | 'contraindicated' | 'hold';

/** Metformin by kidney function, Chinese label. eGFR mL/min/1.73 m². @source 二甲双胍说明书 */
export function checkMetformin(facts: MetforminFacts, day: PlainDate): Decision<MetforminUse> {
  const row = rowOn(facts.preset === 'kdigo' ? metforminKdigo : metforminLimits, day);
  const rule = ruleFrom('DM-09', row);
  const { egfr } = facts;
  const limit = row.value;
  if (egfr === undefined) return undecided(rule, ['肾小球滤过率']);
  const answer = (value: MetforminUse, text: string) => decided(rule, value, [because(value, text)]);
  if (egfr < limit.reducedFrom)
    return answer('contraindicated', `肾小球滤过率 ${egfr}，低于 ${limit.reducedFrom}，禁用二甲双胍。`);
  if ((facts.altTimes ?? 0) > limit.altTimes)
    return answer('contraindicated', '转氨酶超过3倍上限，不用二甲双胍。');
  if (facts.holdSituation)
    return answer('hold', '造影、全麻、感染缺氧或脱水时停用，至少48小时并肾功能稳定后恢复。');
  if (egfr < limit.fullFrom)
    return (facts.dailyMg ?? 0) > limit.reducedMaxMg
      ? answer(
          'reduce',
          `肾小球滤过率 ${egfr}，每日 ${facts.dailyMg} 毫克，应减到 ${limit.reducedMaxMg} 毫克以内。`,
        )
      : answer('ok', `肾小球滤过率 ${egfr}，可继续，每日不超过 ${limit.reducedMaxMg} 毫克，3–6个月复查。`);
  return answer('ok', `肾小球滤过率 ${egfr}，可用。`);
}

export interface RenalDoseFacts {
  readonly medicine: string;
  readonly egfr?: number | undefined;
}

/** The dose of another glucose-lowering medicine by kidney function; undecided for one without a rule. @source 各药说明书 */
export function adviseRenalDose(
  facts: RenalDoseFacts,
  day: PlainDate,
): Decision<{ readonly allowed: boolean; readonly advice: string }> {
  const row = rowOn(renalDoses, day);
  const rule = ruleFrom('DM-10', row);
  const steps = row.value[facts.medicine];
  if (facts.egfr === undefined || !steps)
    return undecided(rule, missingOf({ 肾小球滤过率: facts.egfr, 该药的肾功能用法: steps }));
  const step = bandOf(steps, facts.egfr);
  if (!step) return undecided(rule, ['该药的肾功能用法']);
  return decided(rule, { allowed: step.allowed, advice: step.advice }, [
    because(step.allowed ? 'dose' : 'avoid', `肾小球滤过率 ${facts.egfr}：${step.advice}。`),
  ]);
}
