import { valueOn } from '#kernel/dated.ts';
import type { Reason } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { plausibleRanges } from '../cardiovascular-risk/china-par-parameters.ts';
import {
  type InputRange,
  isWithin,
  lackingAnswers,
  lackingFigures,
  lackingPressure,
} from '../cardiovascular-risk/required-inputs.ts';

/** Goals after an event: below each figure. LDL in mmol/L, pressures in mmHg. */
export interface SecondaryLimits {
  readonly ldl: number;
  readonly ldlExtreme: number;
  readonly sbp: number;
  readonly dbp: number;
  readonly ldlRange: InputRange;
}

export interface SecondaryFacts {
  readonly ldl?: number | undefined;
  readonly sbp?: number | undefined;
  readonly dbp?: number | undefined;
  /** Extreme risk in the sense of LIP-02. */
  readonly extremeRisk?: boolean | undefined;
}

export type SecondaryTarget = 'ldl' | 'pressure';

/**
 * LDL and pressure against the goals after an event. Extreme risk is asked only where it decides: LDL between the two
 * limits. Returns what is not at target, why, and what is missing.
 */
export function judgeSecondaryTargets(
  facts: SecondaryFacts,
  limits: SecondaryLimits,
  day: PlainDate,
  withLdl = true,
): { misses: SecondaryTarget[]; reasons: Reason[]; missing: string[] } {
  const { ldl, sbp, dbp, extremeRisk } = facts;
  const missing = [
    ...(withLdl ? lackingFigures([[ldl, limits.ldlRange]]) : []),
    ...lackingPressure(sbp, dbp, valueOn(plausibleRanges, day)),
  ];
  const misses: SecondaryTarget[] = [];
  const reasons: Reason[] = [];
  if (withLdl && isWithin(ldl, limits.ldlRange)) {
    if (ldl >= limits.ldlExtreme && ldl < limits.ldl)
      missing.push(...lackingAnswers([[extremeRisk, '是否超高危']]));
    const goal = extremeRisk ? limits.ldlExtreme : limits.ldl;
    const miss = ldl >= goal;
    if (miss) misses.push('ldl');
    const text = `低密度脂蛋白胆固醇 ${ldl} mmol/L，目标低于 ${goal}，${miss ? '未达标' : '达标'}。`;
    reasons.push({ code: miss ? 'ldl-above' : 'ldl-reached', text });
  }
  if (sbp !== undefined && dbp !== undefined) {
    const miss = sbp >= limits.sbp || dbp >= limits.dbp;
    if (miss) misses.push('pressure');
    const text = `血压 ${sbp}/${dbp} mmHg，目标低于 ${limits.sbp}/${limits.dbp}，${miss ? '未达标' : '达标'}。`;
    reasons.push({ code: miss ? 'pressure-above' : 'pressure-reached', text });
  }
  return { misses, reasons, missing };
}
