import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { isWithin, lackingFigures } from '../cardiovascular-risk/required-inputs.ts';
import { strokeContact } from './stroke-parameters.ts';

export interface StrokeContactFacts {
  /** Months since the last stroke or TIA. */
  readonly monthsSinceEvent?: number | undefined;
}

/**
 * Days until the next contact after a stroke or TIA: monthly in the first three months, then every ninety days.
 * @source 缺血性与出血性脑卒中二级预防指南（待临床专家核对）
 */
export function planStrokeContact(facts: StrokeContactFacts, day: PlainDate): Decision<number> {
  const row = rowOn(strokeContact, day);
  const rule = { id: 'STK-03-contact', edition: row.source, clause: row.clause, certainty: row.certainty };
  const { earlyMonths, earlyDays, laterDays, months } = row.value;
  const { monthsSinceEvent: since } = facts;
  if (!isWithin(since, months)) return undecided(rule, lackingFigures([[since, months]]));
  const early = since < earlyMonths;
  const days = early ? earlyDays : laterDays;
  const text = `距发病 ${since} 个月，${earlyMonths} 个月${early ? '以内' : '以后'}，${days} 天内再随访。`;
  return decided(rule, days, [{ code: early ? 'early' : 'later', text }]);
}
