import { describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { followUpPrograms } from './follow-up-programs.ts';
import { judgeVisitEntry, type VisitPerson } from './judge-visit-entry.ts';
import { mergeSheets } from './merge-sheets.ts';
import { startVisit } from './start-visit.ts';
import {
  enterVisit,
  frameVisit,
  openVisit,
  unansweredSteady,
  type VisitEntry,
  type VisitEvent,
} from './visit-entry.ts';

const today = plainDate('2026-11-24');
const ids = { operationId: 'o', visitId: 'v', recordIds: {} };
/** What a last sheet hands on: habits, weight, medicines. */
const handedOn = {
  height: 166,
  weight: 68,
  weightTarget: 65,
  smokeNow: 0,
  smokeTarget: 0,
  alcoholNow: 0,
  alcoholTarget: 0,
  exTimesNow: 5,
  exMinNow: 30,
  exTimesTarget: 5,
  exMinTarget: 30,
  saltNow: '1',
  saltTarget: '1',
  psychology: '1',
  compliance: '1',
  adherence: '1',
  drugs: [{ drugName: '氨氯地平', timesPerDay: 1, dosePerTime: 5, doseUnit: 'mg' }],
};
const diabetesHandedOn = { ...handedOn, stapleNow: 300, stapleTarget: 250 };

function visitOf(
  programs: readonly ('hypertension' | 'type-2-diabetes')[],
  last: Record<string, unknown> = {},
) {
  const merged = mergeSheets(
    programs.map((program) => ({ program, edition: followUpPrograms[program].edition })),
  );
  const frame = frameVisit(
    merged,
    programs.map((program) => ({ program, answers: last })),
  );
  const answers = startVisit(
    merged,
    programs.map((program) => ({
      program,
      prefill: program === 'hypertension' ? handedOn : diabetesHandedOn,
      writtenOn: '2026-08-20',
    })),
    '王守义',
    today,
  );
  const person: VisitPerson = {
    birthDate: plainDate('1958-03-02'),
    sex: '1',
    programs: programs.map((program) => ({
      program,
      enrolledOn: plainDate('2025-01-05'),
      subjectOn: () => ({
        birthDate: plainDate('1958-03-02'),
        previousClasses: [1 as const],
        lastAnswers: last,
      }),
      sameDayBy: () => [],
    })),
  };
  return { merged, frame, person, entry: openVisit(frame, answers, ids) };
}

const press = (entry: VisitEntry, frame: Parameters<typeof enterVisit>[2], keys: string) =>
  [...keys].reduce((now, key) => enterVisit(now, { kind: 'key', key } as VisitEvent, frame), entry);

describe('a repeat visit on the phone', () => {
  it('takes 135, 85 and 72 in one row of seven keys and is then complete', () => {
    const { merged, frame, person, entry } = visitOf(['hypertension']);
    expect(entry.box).toBe('sbp');
    const after = press(entry, frame, '1358572');
    expect(after.answers).toMatchObject({ sbp: 135, dbp: 85, heartRate: 72 });
    expect(after.box).toBeNull();
    const judged = judgeVisitEntry(merged, after, person, today);
    expect(judged.errors).toEqual([]);
    expect(judged.toConfirm).toEqual([]);
    expect(judged.reading.shown).toMatchObject({ visitClass: '1', visitDate: today });
  });

  it('asks a person with diabetes for the glucose after the pulse', () => {
    const { frame, entry } = visitOf(['hypertension', 'type-2-diabetes']);
    const pulse = press(entry, frame, '1358572');
    expect(pulse.box).toBe('fpg');
    expect(press(pulse, frame, '6.8').answers).toMatchObject({ fpg: 6.8 });
  });

  it('offers last time’s findings, and takes them over only when asked', () => {
    const last = { dorsalisPedis: '1', hypoglycemia: '1' };
    const { merged, frame, person, entry } = visitOf(['hypertension', 'type-2-diabetes'], last);
    const typed = press(entry, frame, '13585726.8');
    expect(
      judgeVisitEntry(merged, typed, person, today)
        .errors.map((issue) => issue.path)
        .sort(),
    ).toEqual(['dorsalisPedis', 'hypoglycemia']);
    expect(unansweredSteady(typed, frame).map(([id]) => id)).toEqual(['dorsalisPedis', 'hypoglycemia']);
    const same = enterVisit(typed, { kind: 'same-as-last' }, frame);
    expect(same.answers).toMatchObject(last);
    expect(unansweredSteady(same, frame)).toEqual([]);
    expect(judgeVisitEntry(merged, same, person, today).errors).toEqual([]);
  });

  it('lets a wrong reading be typed again: the first digit replaces what stood there', () => {
    const { frame, entry } = visitOf(['hypertension']);
    const after = press(entry, frame, '1358572');
    const reopened = enterVisit(after, { kind: 'open-box', box: 'sbp' }, frame);
    const mended = press(reopened, frame, '128');
    expect(mended.answers).toMatchObject({ sbp: 128, dbp: 85 });
    expect(mended.box).toBeNull();
    const back = enterVisit(reopened, { kind: 'key', key: 'back' }, frame);
    expect(back).toMatchObject({ typed: '13', answers: { sbp: 13 } });
  });

  it('says a crisis while it is typed, and asks to confirm what the server will ask', () => {
    const { merged, frame, person, entry } = visitOf(['hypertension']);
    const after = press(entry, frame, '18811572');
    const judged = judgeVisitEntry(merged, after, person, today);
    const [sheet] = judged.reading.sheets;
    expect(sheet?.evaluation.crisis).toMatchObject({ kind: 'decided', value: true });
    expect(judged.toConfirm).toContain('hypertension/referralReason:refer');
    expect(judged.toConfirm.some((one) => one.startsWith('hypertension/sbp:'))).toBe(true);
  });

  it('asks why when the next visit is set later than the rule, and is content with a reason', () => {
    const { merged, frame, person, entry } = visitOf(['hypertension']);
    const late = enterVisit(
      press(entry, frame, '1358572'),
      { kind: 'answer', id: 'nextVisitDate', value: '2027-11-24' },
      frame,
    );
    expect(judgeVisitEntry(merged, late, person, today)).toMatchObject({ needsLaterReason: true });
    const said = enterVisit(late, { kind: 'later-reason', text: '外出打工' }, frame);
    expect(judgeVisitEntry(merged, said, person, today).errors).toEqual([]);
  });

  it('does not change the entry it was given', () => {
    const { frame, entry } = visitOf(['hypertension']);
    const before = JSON.stringify(entry);
    press(entry, frame, '1358572');
    expect(JSON.stringify(entry)).toBe(before);
  });
});
