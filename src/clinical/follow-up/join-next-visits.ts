import { parameter, rowOn } from '#kernel/dated.ts';
import { type Decision, decided, type RuleRef, undecided } from '#kernel/decision.ts';
import { addDays, type PlainDate, plainDate } from '#kernel/plain-date.ts';

export const pullInDays = parameter({
  id: 'MM-02.pull-in-days',
  label: '多病合并随访：到期日在共同日期之后多少天内的病种一并随访',
  unit: '天',
  rows: [
    {
      from: plainDate('2025-01-01'),
      source: 'OWN',
      value: 14,
      clause: '平台默认：整合随访频次',
      certainty: 'own-default',
    },
  ],
});

/** A disease and the day its own rule proposes. */
export interface OwnVisit<K extends string> {
  readonly key: K;
  readonly proposedOn: PlainDate;
}

export interface JointVisit<K extends string> {
  /** The next day the person is seen: the earliest of all, or the day the doctor chose. */
  readonly on: PlainDate;
  /** Each disease's next day: the joint one when it falls due soon after, its own otherwise. */
  readonly byKey: Readonly<Record<K, PlainDate>>;
  readonly together: readonly K[];
}

/**
 * One next visit for several diseases: the earliest date; a disease that falls due within the pull-in days after it is
 * seen on the same day, the others keep their own date, so that no interval grows. Undecided without any date.
 * @source 关于加强基层慢性病健康管理服务的指导意见 整合随访频次；平台默认值
 */
export function joinNextVisits<K extends string>(
  own: readonly OwnVisit<K>[],
  day: PlainDate,
  chosenOn?: PlainDate,
): Decision<JointVisit<K>> {
  const row = rowOn(pullInDays, day);
  const rule: RuleRef = { id: 'MM-02', edition: row.source, clause: row.clause, certainty: row.certainty };
  let on = chosenOn ?? own[0]?.proposedOn;
  if (chosenOn === undefined)
    for (const one of own) if (on === undefined || one.proposedOn < on) on = one.proposedOn;
  if (on === undefined) return undecided(rule, ['各病种的下次随访日期']);
  const until = addDays(on, row.value);
  const byKey = {} as Record<K, PlainDate>;
  const together: K[] = [];
  for (const { key, proposedOn } of own) {
    const joins = proposedOn <= until;
    byKey[key] = joins ? on : proposedOn;
    if (joins) together.push(key);
  }
  return decided(rule, { on, byKey, together }, [
    { code: 'earliest', text: `取各病种中最早的日期 ${on}；其后 ${row.value} 天内到期的一并随访。` },
  ]);
}
