import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { footRiskMonths, kidneyDisease } from './diabetes-parameters.ts';

export interface DiabeticKidneyFacts {
  /** Ratios within six months, mg/g, without fever, heavy exercise or infection. */
  readonly acr: readonly number[];
  readonly egfr?: number | undefined;
  readonly egfrLowMonths?: number | undefined;
  /** Taken during fever, infection, hard exercise, menses, heart failure or a surge of pressure. */
  readonly disturbed?: boolean | undefined;
}

export type DiabeticKidney = 'stage-1-2' | 'stage-3' | 'stage-4' | 'stage-5' | 'reduced-function' | 'repeat';

/** Whether diabetic kidney disease is established, by two of three ratios or lasting low function. @source 糖尿病肾脏病诊断 */
export function judgeDiabeticKidney(facts: DiabeticKidneyFacts, day: PlainDate): Decision<DiabeticKidney> {
  const row = rowOn(kidneyDisease, day);
  const rule = ruleFrom('DM-16', row);
  const limit = row.value;
  if (facts.acr.length === 0 && facts.egfr === undefined)
    return undecided(rule, ['尿白蛋白肌酐比', '肾小球滤过率']);
  const raised = facts.acr.filter((one) => one >= limit.acr).length;
  const high = facts.acr.filter((one) => one > limit.acrHighAbove).length;
  const answer = (value: DiabeticKidney, text: string) => decided(rule, value, [because(value, text)]);
  if (facts.disturbed && raised > 0)
    return answer('repeat', '采样时有发热、感染、剧烈运动等干扰，恢复后复查。');
  if (
    facts.egfr !== undefined &&
    facts.egfr < limit.failureBelow &&
    (facts.egfrLowMonths ?? 0) > limit.monthsAbove
  )
    return answer('stage-5', `肾小球滤过率 ${facts.egfr} 持续超过 ${limit.monthsAbove} 个月，肾衰竭期。`);
  if (high >= limit.positives) return answer('stage-4', '两次以上大量白蛋白尿，临床糖尿病肾病期。');
  if (raised >= limit.positives) return answer('stage-3', '三次中两次微量白蛋白尿，早期糖尿病肾病。');
  if (
    facts.egfr !== undefined &&
    facts.egfr < limit.egfrBelow &&
    (facts.egfrLowMonths ?? 0) > limit.monthsAbove
  )
    return answer('reduced-function', `肾小球滤过率 ${facts.egfr} 持续超过 ${limit.monthsAbove} 个月。`);
  if (raised > 0 || (facts.egfr !== undefined && facts.egfr < limit.egfrBelow))
    return answer('repeat', `一次异常，${limit.recheckMonths.from}–${limit.recheckMonths.to}个月内复查。`);
  return answer('stage-1-2', '未见白蛋白尿。');
}

export interface FootFacts {
  /** Loss of protective sensation. */
  readonly sensationLost?: boolean | undefined;
  readonly pulseWeak?: boolean | undefined;
  readonly deformity?: boolean | undefined;
  readonly pastUlcerOrAmputation?: boolean | undefined;
  readonly ulcerNow?: boolean | undefined;
  /** End-stage kidney disease. */
  readonly kidneyFailure?: boolean | undefined;
}

export interface FootRisk {
  readonly risk: 0 | 1 | 2 | 3;
  readonly months: number;
  readonly referNow: boolean;
}

/** The risk of the diabetic foot, 0–3, and how often it is looked at. Undecided without sensation and pulse. @source 糖尿病足风险分级 */
export function gradeFootRisk(facts: FootFacts, day: PlainDate): Decision<FootRisk> {
  const row = rowOn(footRiskMonths, day);
  const rule = ruleFrom('DM-17', row);
  if (facts.ulcerNow)
    return decided(rule, { risk: 3, months: 0, referNow: true }, [
      because('ulcer', '足部有溃疡、感染或坏疽，立即转诊。'),
    ]);
  const { sensationLost, pulseWeak } = facts;
  if (sensationLost === undefined || pulseWeak === undefined)
    return undecided(rule, [
      ...(sensationLost === undefined ? ['足部感觉'] : []),
      ...(pulseWeak === undefined ? ['足背动脉搏动'] : []),
    ]);
  const either = sensationLost || pulseWeak;
  const risk: FootRisk['risk'] = !either
    ? 0
    : facts.pastUlcerOrAmputation || facts.kidneyFailure
      ? 3
      : (sensationLost && pulseWeak) || facts.deformity
        ? 2
        : 1;
  const months = row.value[risk];
  return decided(rule, { risk, months, referNow: false }, [
    because(`risk-${risk}`, `足病风险 ${risk} 级，${months} 个月内复查。`),
  ]);
}
