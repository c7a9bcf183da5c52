import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PatientRecord } from '#clinical/assess/patient-record.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { dangersOfOperation, wordDanger } from './dangers-of-operation.ts';
import { wordRefusal } from './word-refusal.ts';

const today = plainDate('2026-11-26');
const record: PatientRecord = {
  birthDate: plainDate('1958-03-01'),
  sex: 'male',
  conditions: ['hypertension'],
  programs: [{ program: 'hypertension' }],
  // What was found dangerous before is somebody's task already and is not this operation's.
  measurements: [{ kind: 'sbp', value: 190, on: plainDate('2026-11-24') }],
  visits: [],
  medicines: [],
};
const visit = (program: string, answers: object, formEdition = '2017') => ({
  kind: 'visit.record',
  body: { sheets: [{ program, formEdition, answers: { visitDate: '2026-11-24', ...answers } }] },
});

describe('dangers of an operation that was refused', () => {
  it.each([
    ['179/109: no emergency', { sbp: 179, dbp: 109 }, false],
    ['180 above', { sbp: 180, dbp: 100 }, true],
    ['110 below', { sbp: 150, dbp: 110 }, true],
    ['a sign ticked at a calm pressure', { sbp: 130, dbp: 80, emergencySigns: ['2'] }, true],
    ['a number no heart makes is a slip of the finger', { sbp: 900, dbp: 80 }, false],
    ['nothing measured', {}, false],
  ])('%s', (_name, answers, isDanger) => {
    const found = dangersOfOperation(visit('hypertension', answers), record, today);
    expect(found !== undefined).toBe(isDanger);
    if (found) expect(found.on).toBe('2026-11-24');
  });

  it('reads the glucose and oxygen of the other sheets, and a sheet of the record', () => {
    const at = (one: { kind: string; body: unknown }) =>
      dangersOfOperation(one, record, today)?.reasons.join('');
    expect(at(visit('type-2-diabetes', { fpg: 17 }))).toMatch(/17/);
    expect(at(visit('type-2-diabetes', { fpg: 3.8 }))).toMatch(/3\.8/);
    expect(at(visit('type-2-diabetes', { fpg: 7 }))).toBeUndefined();
    expect(at(visit('copd', { spo2: 80 }, '2024'))).toMatch(/80/);
    const filed = (answers: object) => ({
      kind: 'record.file',
      body: { form: 'first-visit-blood-pressure', formEdition: '2017', answers },
    });
    expect(at(filed({ visitDate: '2026-11-25', sbp: 186, dbp: 100 }))).toMatch(/186/);
    expect(at(filed({ visitDate: '2026-11-25', sbp: 146, dbp: 90 }))).toBeUndefined();
  });

  it('reads an edition the county keeps by that edition: its signs by its own words, its own bounds', () => {
    const groups = hypertensionFollowUp2017.groups.map((group) => ({
      ...group,
      fields: group.fields.map((field) =>
        field.id === 'emergencySigns' && field.kind === 'codes'
          ? { ...field, options: [...field.options, { code: '99', label: '突发偏瘫' }] }
          : field.id === 'sbp' && field.kind === 'integer'
            ? { ...field, hard: { min: 60, max: 250 } }
            : field,
      ),
    }));
    const kept: FormEdition = { ...hypertensionFollowUp2017, edition: '2099', groups };
    const at = (answers: object) =>
      dangersOfOperation(visit('hypertension', answers, '2099'), record, today, (form, edition) =>
        form === kept.form && edition === '2099' ? kept : undefined,
      );
    expect(at({ sbp: 200 })).toMatchObject({ reasons: [expect.stringContaining('200')], unjudged: [] });
    expect(at({ sbp: 255 })).toBeUndefined();
    expect(at({ sbp: 130, dbp: 80 })).toBeUndefined();
    expect(at({ sbp: 130, emergencySigns: ['99'] })?.reasons).toEqual(['有危急征象：突发偏瘫。']);
  });

  it('of an edition nobody has, tells what it found and that the rest is not judged; never that there is none', () => {
    const found = dangersOfOperation(visit('hypertension', { sbp: 200 }, '2099'), record, today);
    expect(found?.reasons.join('')).toMatch(/200/);
    expect(found && wordDanger(found)).toMatch(/^2026-11-24 手机记录：.*200.*没有 2099 版表样，无法完整判断/);
    const calm = dangersOfOperation(visit('hypertension', { sbp: 130, dbp: 80 }, '2099'), record, today);
    expect(calm?.reasons).toEqual([]);
    expect(calm?.unjudged).toHaveLength(1);
    // Its codes may mean anything: no sign is named, and none is ruled out.
    const signed = dangersOfOperation(
      visit('hypertension', { emergencySigns: ['2'] }, '2099'),
      record,
      today,
    );
    expect(signed).toMatchObject({ reasons: [], unjudged: [expect.stringContaining('请打开原文核对')] });
    const other = { kind: 'record.file', body: { form: 'brought-in-later', answers: { sbp: 200 } } };
    const read = dangersOfOperation(other, record, today);
    expect(read?.reasons.join('')).toMatch(/200/);
    expect(read?.unjudged.join('')).toContain('“brought-in-later”没有写明版本');
  });

  it('of an edition nobody has, takes no code for a symptom', () => {
    const found = dangersOfOperation(visit('copd', { spo2: 95, symptoms: ['14'] }, '2099'), record, today);
    expect(found).toMatchObject({ reasons: [], unjudged: [expect.stringContaining('2099')] });
  });

  it('speaks of a stranger too, as far as the values go', () => {
    expect(dangersOfOperation(visit('hypertension', { sbp: 186 }), undefined, today)).toBeDefined();
  });

  it('reads whatever comes without falling over', () => {
    const body = fc.oneof(
      fc.anything(),
      fc.record({
        sheets: fc.array(
          fc.oneof(
            fc.anything(),
            fc.record({
              program: fc.constantFrom('hypertension', 'copd', 'x'),
              formEdition: fc.anything(),
              answers: fc.oneof(
                fc.anything(),
                fc.dictionary(
                  fc.constantFrom('sbp', 'dbp', 'fpg', 'visitDate', 'emergencySigns', 'drugs'),
                  fc.anything(),
                ),
              ),
            }),
          ),
        ),
      }),
      fc.record({ form: fc.anything(), answers: fc.object() }),
    );
    fc.assert(
      fc.property(fc.constantFrom('visit.record', 'record.file'), body, (kind, given) => {
        dangersOfOperation({ kind, body: given }, record, today);
      }),
      { numRuns: 400 },
    );
  });
});

describe('why it was refused, in words', () => {
  const input = { why: 'refused' as const, problem: undefined, status: 'active', statusOn: null, on: today };
  it('asks whose reading it is when the record says dead, and who cares for them now when it says moved', () => {
    const dead = wordRefusal({ ...input, status: 'dead', statusOn: plainDate('2026-11-20') });
    expect(dead).toContain('已于 2026-11-20 死亡');
    expect(dead).toContain('却有 2026-11-26 的读数');
    const moved = wordRefusal({ ...input, status: 'moved', statusOn: plainDate('2026-11-20') });
    expect(moved).toContain('已于 2026-11-20 迁出');
    expect(moved).toContain('现在管理的机构');
    expect(wordRefusal({ ...input, why: 'handed-over' })).toBe(
      '手机已收回或账号已停用，记录由系统代为保管。',
    );
  });
});
