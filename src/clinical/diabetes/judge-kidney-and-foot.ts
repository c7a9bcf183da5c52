import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { kidneyDisease } from './diabetes-parameters.ts';

export interface DiabeticKidneyFacts {
  /** Ratios within six months, mg/g, without fever, heavy exercise or infection. */
  readonly acr: readonly number[];
  readonly egfr?: number | undefined;
  readonly egfrLowMonths?: number | undefined;
}

export type DiabeticKidney = 'stage-1-2' | 'stage-3' | 'stage-4' | 'reduced-function' | 'repeat';

/** Whether diabetic kidney disease is established, by two of three ratios or lasting low function. @source 糖尿病肾脏病诊断 */
export function judgeDiabeticKidney(facts: DiabeticKidneyFacts, day: PlainDate): Decision<DiabeticKidney> {
  const row = rowOn(kidneyDisease, day);
  const rule = ruleFrom('DM-16', row);
  const limit = row.value;
  if (facts.acr.length === 0 && facts.egfr === undefined)
    return undecided(rule, ['尿白蛋白肌酐比', '肾小球滤过率']);
  const over = (from: number) => facts.acr.filter((one) => one >= from).length;
  const answer = (value: DiabeticKidney, text: string) => decided(rule, value, [because(value, text)]);
  if (over(limit.acrHigh) >= limit.positives)
    return answer('stage-4', '两次以上大量白蛋白尿，临床糖尿病肾病期。');
  if (over(limit.acr) >= limit.positives)
    return answer('stage-3', '三次中两次微量白蛋白尿，早期糖尿病肾病。');
  if (facts.egfr !== undefined && facts.egfr < limit.egfrBelow && (facts.egfrLowMonths ?? 0) >= limit.months)
    return answer('reduced-function', `肾小球滤过率 ${facts.egfr} 持续超过 ${limit.months} 个月。`);
  if (over(limit.acr) > 0 || (facts.egfr !== undefined && facts.egfr < limit.egfrBelow))
    return answer('repeat', '一次异常，3–6个月内复查。');
  return answer('stage-1-2', '未见白蛋白尿。');
}

export interface FootFacts {
  /** Loss of protective sensation. */
  readonly sensationLost?: boolean | undefined;
  readonly pulseWeak?: boolean | undefined;
  readonly deformity?: boolean | undefined;
  readonly pastUlcerOrAmputation?: boolean | undefined;
  readonly ulcerNow?: boolean | undefined;
}

export interface FootRisk {
  readonly risk: 0 | 1 | 2 | 3;
  readonly months: number;
  readonly referNow: boolean;
}

const footMonths = { 0: 12, 1: 12, 2: 6, 3: 3 } as const;

/** The risk of the diabetic foot, 0–3, and how often it is looked at. Undecided without sensation and pulse. @source 糖尿病足风险分级 */
export function gradeFootRisk(facts: FootFacts, day: PlainDate): Decision<FootRisk> {
  const rule = { ...ruleFrom('DM-17', rowOn(kidneyDisease, day)), clause: '糖尿病足风险分级与随访' };
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
    : facts.pastUlcerOrAmputation
      ? 3
      : (sensationLost && pulseWeak) || facts.deformity
        ? 2
        : 1;
  return decided(rule, { risk, months: footMonths[risk], referNow: false }, [
    because(`risk-${risk}`, `足病风险 ${risk} 级，${footMonths[risk]} 个月内复查。`),
  ]);
}
