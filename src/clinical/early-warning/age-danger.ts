import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import { daysBetween, type PlainDate } from '#kernel/plain-date.ts';
import { because, ruleFrom } from '../answering.ts';
import { emergencyDays } from './alert-parameters.ts';

/** Whether a danger is of now, or of an earlier day and still to be looked at. */
export type DangerAge = 'now' | 'past';

/**
 * Whether a danger found on a day is still an emergency. One of an earlier day does not lapse: it is measured again at once,
 * and what is found then decides. Undecided while the day is not known.
 * @source 国家基层高血压防治管理指南 2025版 §5.4.6（处理后24–48小时复测）；平台默认：急诊以当天为限
 */
export function ageDanger(
  { foundOn }: { readonly foundOn?: PlainDate | undefined },
  day: PlainDate,
): Decision<DangerAge> {
  const row = rowOn(emergencyDays, day);
  const rule = ruleFrom('AL-AGE', row);
  if (foundOn === undefined) return undecided(rule, ['发现日期']);
  const days = daysBetween(foundOn, day);
  return days <= row.value
    ? decided(rule, 'now', [because('now', `${foundOn} 发现，按急诊处理。`)])
    : decided(rule, 'past', [because('past', `${days} 天前（${foundOn}）发现，先复测再定。`)]);
}

/** What is asked of whoever comes upon a danger of an earlier day. */
export const measureAgain =
  '请核实当时的处理，并马上复测：仍达危急值的，就地处理、急诊转诊；已缓解的，如实记录。';
