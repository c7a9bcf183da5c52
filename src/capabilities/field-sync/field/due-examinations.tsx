import { useMemo } from 'react';
import { monthsOfRecord } from '#capabilities/assessment/domain/examinations-done.ts';
import type { DueByTest } from '#capabilities/screening/domain/due-by-test.ts';
import { underRows } from '#kernel/dated.ts';
import type { PlainDate } from '#kernel/plain-date.ts';
import { FieldTag } from '#platform/browser/field/controls.tsx';
import { orderableTests } from '#standards/measurements/reading-kinds.ts';
import { listDueExaminations } from '../domain/list-due-examinations.ts';
import type { PersonDocument } from '../domain/person-document.ts';
import { useDefinitions } from './use-definitions.ts';
import { waitWords } from './wait-words.ts';

const shownAtFirst = 4;
const labelOf = ({ test, label }: DueByTest) =>
  orderableTests.find((one) => one.code === test)?.label ?? label;

/** 到期检查: what a person is to be examined for by now, the longest overdue first, each with why and where that is written. */
export function DueExaminations({ person, today }: { person: PersonDocument; today: PlainDate }) {
  const book = useDefinitions();
  const due = useMemo(
    () =>
      book.kind === 'there'
        ? underRows(book.value.rows, () => listDueExaminations(person, today))
        : ([] as const),
    [person, today, book],
  );
  if (due === undefined)
    return (
      <section className="f-card" aria-label="到期检查">
        <h2>到期检查</h2>
        <span className="f-soft">本机还没有以前的检查记录，同步后显示。</span>
      </section>
    );
  if (due.length === 0) return null;
  const again = due.filter((one) => one.lastOn !== undefined);
  const first = due.filter((one) => one.lastOn === undefined);
  const later = again.slice(shownAtFirst);
  return (
    <section className="f-card" aria-label="到期检查">
      <h2>到期检查 {due.length} 项</h2>
      <Overdue due={again.slice(0, shownAtFirst)} today={today} />
      {later.length > 0 && (
        <details className="f-details">
          <summary>还有 {later.length} 项逾期</summary>
          <Overdue due={later} today={today} />
        </details>
      )}
      {first.length > 0 && <NeverRecorded due={first} />}
    </section>
  );
}

function Overdue({ due, today }: { due: readonly DueByTest[]; today: PlainDate }) {
  return due.map((one) => (
    <details key={one.test} className="f-details">
      <summary>
        <span style={{ flex: 1 }}>
          {labelOf(one)}
          <span className="f-small f-soft" style={{ display: 'block', fontWeight: 400 }}>
            上次 {one.lastOn}
          </span>
        </span>
        <FieldTag state="late">
          {one.dueOn < today ? `逾期 ${waitWords(one.dueOn, today)}` : '今天到期'}
        </FieldTag>
      </summary>
      <Why due={[one]} />
    </details>
  ));
}

/** What nobody wrote down may have been done elsewhere: it is to be asked, and waits since no day that is known. */
function NeverRecorded({ due }: { due: readonly DueByTest[] }) {
  return (
    <details className="f-details">
      <summary>
        <span style={{ flex: 1, padding: '6px 0' }}>
          <FieldTag state="recheck">近 {monthsOfRecord / 12} 年没有记录</FieldTag>
          <span style={{ display: 'block' }}>{due.map(labelOf).join('，')}</span>
          <span className="f-small f-soft" style={{ display: 'block', fontWeight: 400 }}>
            请问清是否在别处做过
          </span>
        </span>
      </summary>
      <Why due={due} />
    </details>
  );
}

/** Why these are asked for and where that is written, each reason once. */
function Why({ due }: { due: readonly DueByTest[] }) {
  const reasons = new Map(due.map((one) => [one.ruleId + one.reason, one]));
  return [...reasons.values()].map(({ reason, clause, ruleId }) => (
    <div key={ruleId + reason} className="f-small" style={{ paddingBottom: 6 }}>
      <div>{reason}。</div>
      <div className="f-soft">
        依据：{clause}（{ruleId}）
      </div>
    </div>
  ));
}
