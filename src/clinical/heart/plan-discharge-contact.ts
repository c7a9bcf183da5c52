import { rowOn } from '#kernel/dated.ts';
import { type Decision, decided, undecided } from '#kernel/decision.ts';
import { addDays, type PlainDate } from '#kernel/plain-date.ts';
import { dischargeDays } from './heart-parameters.ts';

export interface DischargeContactFacts {
  readonly dischargedOn?: PlainDate | undefined;
  /** Someone has been in touch since. */
  readonly contacted?: boolean | undefined;
}

export interface DischargeContact {
  /** Last day for the contact. */
  readonly dueBy: PlainDate;
  readonly state: 'done' | 'due' | 'overdue';
}

/**
 * The contact due within seven days of discharge with heart failure, and whether it is overdue on the day. Undecided
 * without the day of discharge, or with one still to come.
 * @source 心力衰竭基层管理（待临床专家核对）
 */
export function planDischargeContact(
  facts: DischargeContactFacts,
  day: PlainDate,
): Decision<DischargeContact> {
  const row = rowOn(dischargeDays, day);
  const rule = { id: 'HF-01-contact', edition: row.source, clause: row.clause, certainty: row.certainty };
  const { dischargedOn, contacted } = facts;
  if (dischargedOn === undefined) return undecided(rule, ['出院日期']);
  if (dischargedOn > day) return undecided(rule, ['出院日期（数值不合理）']);
  if (contacted === undefined) return undecided(rule, ['出院后是否已联系']);
  const dueBy = addDays(dischargedOn, row.value);
  const state = contacted ? 'done' : day > dueBy ? 'overdue' : 'due';
  const texts = {
    done: '出院后已联系。',
    due: `出院后 ${row.value} 天内联系，最迟 ${dueBy}。`,
    overdue: `应在 ${dueBy} 前联系，已逾期。`,
  };
  return decided(rule, { dueBy, state }, [{ code: state, text: texts[state] }]);
}
