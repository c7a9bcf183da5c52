import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLoss } from '#capabilities/closing/domain/check-loss.ts';
import { routineGrace } from '#clinical/hypertension/follow-up-parameters.ts';
import type { PublishedRows } from '#kernel/dated.ts';
import { addDays, plainDate } from '#kernel/plain-date.ts';
import { searchLines } from '#platform/browser/offline/search-lines.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { applyOnPhone } from '../domain/apply-on-phone.ts';
import { withReadings } from '../domain/apply-visit-on-phone.ts';
import { contactsOf } from '../domain/contacts-of.ts';
import { bookOf } from '../domain/definition-book.ts';
import type { FieldOperation, FieldOperationBodies, FieldOperationKind } from '../domain/field-operation.ts';
import { listToday, urgentLines } from '../domain/list-today.ts';
import { type CompactDocument, completeDocument, type PhoneTask } from '../domain/person-document.ts';
import { lineOf, packLine, searchKeysOf, unpackLine } from '../domain/person-index.ts';
import { phonePatientRecord } from '../domain/phone-patient-record.ts';

const today = plainDate('2026-11-24');
const task = (kind: PhoneTask['kind'], dueOn: string, latestOn = dueOn): PhoneTask => ({
  id: `task-${kind}-${dueOn}`,
  enrollmentId: 'e1',
  program: 'hypertension',
  kind,
  dueOn: plainDate(dueOn),
  latestOn: plainDate(latestOn),
  reason: '常规随访',
});

const wang: CompactDocument = {
  id: 'p1',
  name: '王秀英',
  sex: '2',
  birthDate: plainDate('1955-03-02'),
  initials: ['wxy'],
  idTail: '02123X',
  phone: '13900001234',
  organizationId: 'v1',
  information: { workUnit: '砖厂', contactName: '王大山' },
  programs: [
    {
      program: 'hypertension',
      enrollmentId: 'e1',
      version: 2,
      enrolledOn: plainDate('2024-01-10'),
      diagnosedOn: null,
      classes: [1, 1],
      lastVisitOn: plainDate('2026-08-20'),
      last: null,
    },
  ],
  tasks: [task('routine', '2026-11-20', '2026-12-04')],
  sheets: [[plainDate('2026-08-20'), 'hypertension-follow-up', 'clinic', 1, '陈立新', { sbp: 136, dbp: 82 }]],
  conflicts: [
    {
      id: 'c1',
      field: 'contactName',
      kept: '王大山',
      keptBy: '甲',
      offered: '王小山',
      offeredBy: '乙',
      at: '2026-11-01',
    },
  ],
};
const person = completeDocument(wang);

describe('the beginning of today’s list, sealed by itself', () => {
  const kinds = ['crisis', 'refer', 'recheck', 'routine'] as const;
  const someday = fc.integer({ min: -60, max: 40 }).map((days) => addDays(today, days));
  const somebody = fc.record({
    status: fc.constantFrom('active', 'active', 'active', 'lost', 'dead', 'moved'),
    tasks: fc.array(fc.tuple(fc.constantFrom(...kinds), someday), { maxLength: 2 }),
    owed: fc.option(someday, { nil: null }),
    askOn: fc.option(someday, { nil: null }),
  });

  it('is the same as that of the whole list, today and every day of the week after', () => {
    fc.assert(
      fc.property(fc.array(somebody, { maxLength: 400 }), fc.integer({ min: 0, max: 7 }), (people, days) => {
        const lines = people.map(({ status, tasks, owed, askOn }, at) => ({
          ...lineOf(person),
          id: `p${at}`,
          status,
          tasks: tasks.map(([kind, dueOn]) => task(kind, dueOn, addDays(plainDate(dueOn), 7))),
          contract: owed && { dueOn: owed, label: '体检' },
          ask: askOn && { dueOn: askOn, label: '拒绝全部管理' },
        }));
        const ahead = urgentLines(lines, today);
        const day = addDays(today, days);
        expect(day <= ahead.through).toBe(true);
        const ids = (from: typeof lines) =>
          listToday(from, day)
            .slice(0, ahead.shown)
            .map((item) => item.person.id);
        expect(ids(ahead.lines as typeof lines)).toEqual(ids(lines));
      }),
      { numRuns: 60 },
    );
  });
});

function done<K extends FieldOperationKind>(kind: K, body: FieldOperationBodies[K], residentId = 'p1') {
  const operation = { operationId: 'o1', kind, residentId, body } as FieldOperation;
  return applyOnPhone(residentId === 'p1' ? person : undefined, operation);
}

const visit = (answers: object): FieldOperationBodies['visit.record'] => ({
  visitId: 'v1',
  sheets: [
    {
      program: 'hypertension',
      recordId: 'r1',
      formEdition: '2017',
      answers: {
        visitDate: '2026-11-24',
        visitMethod: '2',
        sbp: 168,
        dbp: 96,
        bpSource: '1',
        visitClass: '2',
        nextVisitDate: '2026-12-08',
        symptoms: ['1'],
        adr: '1',
        complication: '1',
        ...answers,
      },
    },
  ],
  confirmed: [],
});

describe('a person on the phone before the server has answered', () => {
  it('shows a saved visit at once: readings, last visit, the old task done, the recheck planned', () => {
    const after = done('visit.record', visit({}));
    expect(after?.series.sbp?.[0]).toEqual(['2026-11-24', 168, 'office']);
    expect(after?.visits[0]).toMatchObject({ on: '2026-11-24', mode: 'home', formClass: 2, isLocal: true });
    expect(after?.programs[0]).toMatchObject({ lastVisitOn: '2026-11-24', classes: [2, 1, 1] });
    expect(after?.tasks).toEqual([
      expect.objectContaining({
        id: 'local-r1',
        kind: 'recheck',
        dueOn: '2026-12-08',
        latestOn: '2026-12-08',
      }),
    ]);
    expect(after && listToday([lineOf(after)], today)).toEqual([]);
    const later = after && listToday([lineOf(after)], plainDate('2026-12-08'));
    const [why] = later?.[0]?.reasons ?? [];
    expect(why).toMatchObject({ kind: 'recheck', dueOn: '2026-12-08' });
    expect(why?.text).toMatch(/血压/);
  });

  it('a sheet typed late, and one the rules cannot read, leave what is planned', () => {
    const late = done('visit.record', visit({ visitDate: '2026-07-01', nextVisitDate: '2026-07-15' }));
    expect(late?.tasks).toEqual(person.tasks);
    expect(late?.visits.map((one) => one.on)).toEqual(['2026-08-20', '2026-07-01']);
    expect(late?.programs[0]).toMatchObject({ lastVisitOn: '2026-08-20', classes: [1, 1] });
    expect(done('visit.record', visit({ sbp: undefined }))?.tasks).toEqual(person.tasks);
  });

  it('plans by the numbers the phone holds, not by those it was built with', () => {
    const put = { dueOn: plainDate('2026-12-10'), taskId: person.tasks[0]?.id ?? '' };
    const operation = {
      operationId: 'o1',
      kind: 'task.close',
      residentId: 'p1',
      body: { taskId: put.taskId, reason: 'other', note: '外出', nextDueOn: put.dueOn },
    } as const;
    const [row] = routineGrace.rows;
    const rows = new Map([[routineGrace.id, [{ ...row, value: row.value + 9 }] as const]]);
    const latest = (own?: PublishedRows) =>
      applyOnPhone(person, operation, own && { ...bookOf(undefined), rows: own })?.tasks[0]?.latestOn;
    expect(latest()).toBe(addDays(put.dueOn, row.value));
    expect(latest(rows)).toBe(addDays(put.dueOn, row.value + 9));
  });

  it('reads a visit by the edition it names, and plans nothing by one the phone has not', () => {
    const [sheet] = visit({ emergencySigns: ['2'] }).sheets;
    if (!sheet) throw new Error('no sheet');
    const operation = {
      operationId: 'o1',
      kind: 'visit.record',
      residentId: 'p1',
      body: { visitId: 'v1', confirmed: [], sheets: [{ ...sheet, formEdition: '2099' }] },
    } as const;
    const groups = hypertensionFollowUp2017.groups.map((group) => ({
      ...group,
      fields: group.fields.map((field) =>
        field.id === 'emergencySigns' && field.kind === 'codes'
          ? { ...field, options: [{ code: '2', label: '突发偏瘫' }] }
          : field,
      ),
    }));
    const kept = { ...hypertensionFollowUp2017, edition: '2099', groups };
    const book = { ...bookOf(undefined), edition: () => kept };
    expect(applyOnPhone(person, operation, book)?.tasks[0]?.reason).toMatch(/突发偏瘫/);
    const unread = applyOnPhone(person, operation);
    expect(unread?.tasks).toEqual(person.tasks);
    expect(unread?.visits[0]).toMatchObject({ on: '2026-11-24', isLocal: true });
  });

  it('shows it once when the server’s document holds it already', () => {
    const [program] = person.programs;
    const held = program && {
      ...person,
      programs: [{ ...program, last: { recordId: 'r1', edition: '2017', on: today, answers: {} } }],
    };
    const operation = { operationId: 'o1', kind: 'visit.record', residentId: 'p1', body: visit({}) } as const;
    expect(applyOnPhone(held, operation)).toEqual(held);
  });

  it('changes nothing for a visit of an older app it cannot read', () => {
    expect(done('visit.record', visit({ visitDate: 'soon' }))).toEqual(person);
    expect(done('fly' as FieldOperationKind, {} as never)).toEqual(person);
  });

  it('registers somebody without keeping the full identity number', () => {
    const answers = {
      name: '单春花',
      gender: '2',
      birthDate: '1960-03-02',
      idNo: '999999196003020027',
      phone: '19911112222',
    };
    const made = done('resident.register', { organizationId: 'v1', answers, confirmed: [] }, 'p2');
    expect(made).toMatchObject({ id: 'p2', name: '单春花', sex: '2', idTail: '020027', isLocal: true });
    expect(JSON.stringify(made)).not.toContain('999999196003020027');
  });

  it('edits fields, removes what is emptied, and decides between two values', () => {
    const edited = done('person.edit', {
      baseVersion: 1,
      changes: [
        { field: 'workUnit', from: '砖厂', to: null },
        { field: 'phone', from: null, to: '13800000000' },
      ],
    });
    expect(edited?.information).not.toHaveProperty('workUnit');
    expect(edited?.phone).toBe('13800000000');
    const decided = done('conflict.resolve', { conflictId: 'c1', choose: 'offered' });
    expect([decided?.information.contactName, decided?.conflicts]).toEqual(['王小山', []]);
    expect(done('conflict.resolve', { conflictId: 'c1', choose: 'kept' })?.information.contactName).toBe(
      '王大山',
    );
  });

  it('counts an attempt that waits to be sent, also on a document stored before attempts travelled', () => {
    expect(person.attempts).toEqual([]);
    const once = done('contact.attempt', { attemptId: 'a1', onDay: today, means: 'home', note: '家中无人' });
    expect(once?.attempts).toEqual([{ on: today, means: 'home', isLocal: true }]);
    const message = once && checkLoss(contactsOf(once, today), today)?.message;
    expect(message).toMatch(/已记 1 次，还差 2 次/);
  });

  it('begins to count anew once the person was reached, by a sheet that waits to be sent or a return after a loss', () => {
    const attempts = ['2026-11-09', '2026-11-16', '2026-11-20'].map((on) => ({
      on: plainDate(on),
      means: 'telephone' as const,
    }));
    const lost = { ...person, attempts };
    const missing = (known: typeof lost | undefined) => known && checkLoss(contactsOf(known, today), today);
    expect(missing(lost)).toBeUndefined();
    expect(missing({ ...lost, returnedOn: plainDate('2026-11-10') })?.message).toMatch(/还差 1 次/);
    const visit = { visitDate: '2026-11-18', visitMethod: '3', visitClass: '1', sbp: 128, dbp: 80 };
    const sheet = { recordId: 'r9', program: 'hypertension' as const, formEdition: '2017', answers: visit };
    const seen = applyOnPhone(lost, {
      operationId: 'o9',
      kind: 'visit.record',
      residentId: 'p1',
      body: { visitId: 'v9', sheets: [sheet] },
    } as unknown as FieldOperation) as typeof lost;
    expect(missing(seen)?.message).toMatch(/2026-11-18 已联系上本人.*已记 1 次，还差 2 次/);
  });

  it('takes the dead and those who moved off every list', () => {
    const gone = done('enrollment.close', {
      enrollmentId: 'e1',
      version: 2,
      closedOn: today,
      reason: 'dead',
    });
    expect(gone).toMatchObject({ status: 'dead', programs: [], tasks: [] });
    expect(gone && listToday([lineOf(gone)], today)).toEqual([]);
  });
});

describe('today on the phone', () => {
  const due = (kind: PhoneTask['kind'], dueOn: string, latestOn?: string) =>
    listToday([{ ...lineOf(person), tasks: [task(kind, dueOn, latestOn)] }], today)[0]?.reasons[0]?.kind;
  it.each([
    ['routine', '2026-11-24', '2026-12-08', 'due'],
    ['routine', '2026-11-10', '2026-11-24', 'due'],
    ['routine', '2026-11-09', '2026-11-23', 'overdue'],
    ['routine', '2026-12-01', '2026-12-15', 'soon'],
    ['routine', '2026-12-02', '2026-12-16', undefined],
    ['recheck', '2026-11-24', '2026-11-24', 'recheck'],
    ['recheck', '2026-11-25', '2026-11-25', 'soon'],
    ['crisis', '2026-11-25', '2026-11-25', 'crisis'],
  ] as const)('%s due %s, at the latest %s: %s', (kind, dueOn, latestOn, expected) => {
    expect(due(kind, dueOn, latestOn)).toBe(expected);
  });

  it('puts a crisis before what is overdue, and older before newer', () => {
    const line = (id: string, ...tasks: PhoneTask[]) => ({ ...lineOf(person), id, tasks });
    const list = listToday(
      [
        line('new', task('routine', '2026-11-05', '2026-11-19')),
        line('old', task('routine', '2026-10-05', '2026-10-19')),
        line('crisis', task('crisis', '2026-11-24')),
      ],
      today,
    );
    expect(list.map((item) => item.person.id)).toEqual(['crisis', 'old', 'new']);
  });
});

describe('the index of the phone', () => {
  it('packs a line and reads it back the same', () => {
    expect(unpackLine(JSON.parse(JSON.stringify(packLine(lineOf(person)))))).toEqual(lineOf(person));
    const asked = lineOf({
      ...person,
      refusals: [{ program: 'copd', on: today, reviewOn: addDays(today, 9), note: '嫌麻烦' }],
    });
    expect(asked.ask).toEqual({ dueOn: addDays(today, 9), label: '拒绝慢阻肺病管理' });
    expect(unpackLine(JSON.parse(JSON.stringify(packLine(asked))))).toEqual(asked);
    const bare = lineOf(completeDocument({ id: 'p3', name: '李', sex: '9', birthDate: today }));
    expect(unpackLine(JSON.parse(JSON.stringify(packLine(bare))))).toEqual(bare);
  });

  it.each([
    ['王', 1],
    ['秀英', 1],
    ['wx', 1],
    ['WXY', 1],
    ['xy', 0],
    ['1234', 1],
    ['123', 0],
    ['2123x', 1],
    ['02123X', 1],
    ['9999', 0],
    [' ', 0],
  ])('finds by %s: %s', (text, count) => {
    expect(searchLines([lineOf(person)], text, 50, searchKeysOf)).toHaveLength(count);
  });
});

describe('the record the rules read on a phone', () => {
  const sheet = (program: 'hypertension' | 'type-2-diabetes', on: string, dosePerTime: number) => ({
    program,
    enrollmentId: program,
    version: 1,
    enrolledOn: plainDate('2024-01-10'),
    diagnosedOn: null,
    classes: [],
    lastVisitOn: plainDate(on),
    last: {
      recordId: program,
      edition: '2017',
      on: plainDate(on),
      answers: { drugs: [{ drugName: '苯磺酸氨氯地平片', dosePerTime, doseUnit: 'mg', timesPerDay: 1 }] },
    },
  });
  const doses = (...programs: ReturnType<typeof sheet>[]) =>
    phonePatientRecord({ ...person, programs }, today).medicines.map((one) => one.dailyDose);
  it('takes the dose of the latest sheet, whichever disease it is of', () => {
    const [old, recent] = [
      sheet('hypertension', '2026-05-20', 5),
      sheet('type-2-diabetes', '2026-08-20', 10),
    ];
    expect(doses(old, recent)).toEqual([10]);
    expect(doses(recent, old)).toEqual([10]);
  });
  it('knows a disease confirmed and not yet managed, not one only suspected', () => {
    const episode = (condition: string, state: 'confirmed' | 'suspected') => ({
      condition,
      state,
      since: plainDate('2026-11-01'),
      dueOn: null,
      nextStep: '',
    });
    const episodes = [episode('copd', 'confirmed'), episode('type-2-diabetes', 'suspected')];
    const { conditions } = phonePatientRecord({ ...person, episodes }, today);
    expect(conditions).toContain('copd');
    expect(conditions).not.toContain('type-2-diabetes');
  });
  it('keeps the newest reading first when an older sheet is typed later', () => {
    const late = withReadings(person, plainDate('2026-08-01'), { sbp: 180, dbp: 110 });
    expect(late.series.sbp?.[0]).toEqual(person.series.sbp?.[0]);
    expect(late.series.sbp).toHaveLength((person.series.sbp?.length ?? 0) + 1);
  });
});

describe('what somebody takes now, on the phone', () => {
  const sheet = (on: string, drugs: object[]) => ({
    ...(wang.programs?.[0] ?? ({} as NonNullable<CompactDocument['programs']>[number])),
    last: { recordId: 'r1', edition: '2017', on: plainDate(on), answers: { drugs: drugs as never } },
  });
  const plan = (on: string) => ({
    on: plainDate(on),
    by: '陈立新',
    goals: [],
    medicines: [{ name: '缬沙坦胶囊', dosePerTime: 80, timesPerDay: 1 }],
    monitoring: [],
    nextOn: null,
  });
  const old = { drugName: '卡托普利片', dosePerTime: 25, doseUnit: 'mg', timesPerDay: 2 };
  const takes = (planOn: string | null, sheetOn: string) => {
    const somebody = {
      ...person,
      programs: [sheet(sheetOn, [old])],
      plan: planOn === null ? null : plan(planOn),
    };
    return phonePatientRecord(somebody, today).medicines;
  };

  it('is the plan of the centre until a sheet is written after it', () => {
    expect(takes('2026-11-20', '2026-11-19')).toEqual([{ name: '缬沙坦胶囊', dailyDose: 80 }]);
    expect(takes('2026-11-20', '2026-11-20')).toEqual([{ name: '缬沙坦胶囊', dailyDose: 80 }]);
    expect(takes('2026-11-20', '2026-11-21')).toEqual([{ name: '卡托普利片', dailyDose: 50 }]);
    expect(takes(null, '2026-11-21')).toEqual([{ name: '卡托普利片', dailyDose: 50 }]);
  });

  it('has no daily dose where the unit is another or not said on a sheet', () => {
    const { doseUnit: _, ...unsaid } = old;
    const of = (drug: object) =>
      phonePatientRecord({ ...person, programs: [sheet('2026-11-21', [drug])] }, today).medicines;
    expect(of(unsaid)).toEqual([{ name: '卡托普利片' }]);
    expect(of({ ...old, doseUnit: '片' })).toEqual([{ name: '卡托普利片' }]);
    expect(of({ ...old, drugName: ' ' })).toEqual([]);
  });
});
