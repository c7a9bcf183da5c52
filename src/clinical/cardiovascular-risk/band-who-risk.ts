import { rowOn, valueOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { plausibleRanges, whoBands } from './china-par-parameters.ts';
import { isWithin, lackingFigures } from './required-inputs.ts';

export interface WhoRiskFacts {
  /** Percent a person read from the official East Asia chart. */
  readonly chartPercent?: number | undefined;
}

/**
 * The band of a percentage read by hand from the official WHO chart. The model itself is not calculated: its parameters
 * for East Asia are not public here, and no substitute is invented.
 * @source 世界卫生组织心血管病风险图（2019）东亚
 */
export function bandWhoRisk(facts: WhoRiskFacts, day: PlainDate): Decision<string> {
  const row = rowOn(whoBands, day);
  const rule = { id: 'CVD-03', edition: row.source, clause: row.clause, certainty: row.certainty };
  const range = valueOn(plausibleRanges, day).percent;
  const { chartPercent } = facts;
  const band = isWithin(chartPercent, range)
    ? row.value.find(([from]) => chartPercent >= from)?.[1]
    : undefined;
  if (band === undefined) return undecided(rule, lackingFigures([[chartPercent, range]]));
  return decided(rule, band, [{ code: 'band', text: `风险图查得 ${chartPercent}%，属 ${band} 档。` }]);
}
