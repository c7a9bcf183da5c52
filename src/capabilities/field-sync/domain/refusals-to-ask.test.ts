import { describe, expect, it } from 'vitest';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { applyOnPhone } from './apply-on-phone.ts';
import type { FieldOperation, FieldOperationBodies, FieldOperationKind } from './field-operation.ts';
import { listToday } from './list-today.ts';
import { type CompactDocument, completeDocument } from './person-document.ts';
import { lineOf } from './person-index.ts';
import { refusalsToAsk } from './refusals-to-ask.ts';

const today = plainDate('2026-11-24');
const on = plainDate('2026-06-01');
const refused = (program: 'copd' | 'hypertension' | null, days: number) => ({
  program,
  on,
  reviewOn: addDays(today, days),
  note: '嫌麻烦',
});
const managed: CompactDocument = {
  id: 'p1',
  name: '周桂兰',
  sex: '2',
  birthDate: plainDate('1950-03-02'),
  programs: [
    {
      program: 'hypertension',
      enrollmentId: 'e1',
      version: 1,
      enrolledOn: plainDate('2020-01-10'),
      diagnosedOn: null,
      classes: [],
      lastVisitOn: null,
      last: null,
    },
  ],
};
const withRefusals = (...refusals: NonNullable<CompactDocument['refusals']>) =>
  completeDocument({ ...managed, refusals });
const apply = <K extends FieldOperationKind>(
  person: ReturnType<typeof withRefusals>,
  kind: K,
  body: FieldOperationBodies[K],
) => {
  const after = applyOnPhone(person, { operationId: 'o1', kind, residentId: 'p1', body } as FieldOperation);
  if (!after) throw new Error('the person stays');
  return after;
};

describe('a refusal on the phone', () => {
  it('is asked about from its day on, and not a day sooner', () => {
    const person = withRefusals(refused('copd', 0), refused(null, 1));
    expect(refusalsToAsk(person, today).map((one) => one.program)).toEqual(['copd']);
    expect(refusalsToAsk(person, addDays(today, -1))).toEqual([]);
    expect(refusalsToAsk(person, addDays(today, 1)).map((one) => one.program)).toEqual(['copd', null]);
    expect(refusalsToAsk(completeDocument(managed), today)).toEqual([]);
  });

  it('stands on today’s list on its day, and a week ahead as coming', () => {
    const kinds = (days: number) =>
      listToday([lineOf(withRefusals(refused('copd', days)))], today).flatMap((one) =>
        one.reasons.map(({ kind, text }) => `${kind} ${text}`),
      );
    expect(kinds(-30)).toEqual(['ask 拒绝慢阻肺病管理']);
    expect(kinds(0)).toEqual(['ask 拒绝慢阻肺病管理']);
    expect(kinds(7)).toEqual(['soon 拒绝慢阻肺病管理']);
    expect(kinds(8)).toEqual([]);
  });

  it('written down here is asked about on its day before it was sent', () => {
    const after = apply(withRefusals(refused('copd', 9)), 'enrollment.close', {
      enrollmentId: 'e1',
      version: 1,
      reason: 'refused',
      closedOn: today,
      note: '怕花钱',
      reviewOn: addDays(today, 5),
    });
    expect(after.refusals).toEqual([
      { program: 'hypertension', on: today, reviewOn: addDays(today, 5), note: '怕花钱' },
      refused('copd', 9),
    ]);
    const wrong = apply(withRefusals(), 'enrollment.close', {
      enrollmentId: 'e1',
      version: 1,
      reason: 'wrong-diagnosis',
      closedOn: today,
    });
    expect(wrong.refusals).toEqual([]);
  });

  it('is answered by management of what was refused, and not by another disease', () => {
    const after = apply(
      withRefusals(refused(null, 0), refused('copd', 0), refused('hypertension', 1)),
      'resident.enroll',
      { enrollmentId: 'e2', program: 'copd', enrolledOn: today },
    );
    expect(after.refusals).toEqual([refused('hypertension', 1)]);
  });
});
