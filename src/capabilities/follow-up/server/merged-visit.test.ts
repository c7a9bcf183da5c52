import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { validateAnswers } from '#kernel/form-validate.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';

let server: TestServer;
let doctor: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  doctor = await server.signIn('village');
});
afterAll(() => server.stop());

/** Somebody of the first village put into all three programmes. */
async function patientWithThree(): Promise<string> {
  const [person] = await server.look<{ id: string; programs: string[] }>(
    `select r.id, array_agg(e.program) as programs from resident r join enrollment e on e.resident_id = r.id and e.closed_on is null
     where r.org_path = '/999999/100/201/' and r.status = 'active' and e.enrolled_on < '2026-01-01'
       and r.birth_date < '1985-01-01'
       and not exists (select 1 from form_record f where f.resident_id = r.id and f.occurred_on > '2026-11-20')
       and not exists (select 1 from enrollment n where n.resident_id = r.id and n.enrolled_on >= '2026-01-01')
     group by r.id having bool_or(e.program = 'hypertension') and count(*) < 3 order by r.id limit 1`,
  );
  if (!person) throw new Error('the demo has a patient');
  for (const program of ['type-2-diabetes', 'copd'].filter((one) => !person.programs.includes(one))) {
    const reply = await doctor.call('POST', `/api/residents/${person.id}/enrollments`, {
      operationId: uuidv7(),
      enrollmentId: uuidv7(),
      program,
      enrolledOn: '2026-11-20',
    });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  }
  return person.id;
}

const shared = {
  visitDate: '2026-11-24',
  visitMethod: '1',
  symptoms: ['1'],
  height: 165,
  weight: 62,
  heartRate: 72,
  smokeNow: 0,
  smokeTarget: 0,
  exTimesNow: 5,
  exMinNow: 30,
  exTimesTarget: 5,
  exMinTarget: 30,
  psychology: '1',
  compliance: '1',
  noDrugTherapy: true,
  adr: '1',
  doctorSign: '王守义',
  nextVisitDate: '2026-12-08',
};
const alcohol = { alcoholNow: 0, alcoholTarget: 0 };
const sheets = (more: Record<string, FormAnswers> = {}) =>
  [
    {
      program: 'hypertension',
      formEdition: '2017',
      answers: { ...shared, ...alcohol, sbp: 156, dbp: 92, saltNow: '2', saltTarget: '1', visitClass: '2' },
    },
    {
      program: 'type-2-diabetes',
      formEdition: '2017',
      answers: {
        ...shared,
        ...alcohol,
        sbp: 156,
        dbp: 92,
        dorsalisPedis: '1',
        stapleNow: 300,
        stapleTarget: 250,
        fpg: 6.2,
        hypoglycemia: '1',
        visitClass: '1',
        nextVisitDate: '2027-02-22',
      },
    },
    {
      program: 'copd',
      formEdition: '2024',
      answers: {
        ...shared,
        cyanosis: '1',
        edema: '1',
        respRate: 18,
        comorbidities: ['4'],
        vaccinated: '1',
        spo2: 96,
        visitClass: '1',
        nextVisitDate: '2027-02-22',
      },
    },
  ].map((sheet) => ({
    ...sheet,
    recordId: uuidv7(),
    answers: { ...sheet.answers, ...more[sheet.program] },
  }));

const save = (residentId: string, list: unknown, more: Record<string, unknown> = {}) =>
  doctor.call('POST', '/api/visits', {
    operationId: uuidv7(),
    visitId: uuidv7(),
    residentId,
    sheets: list,
    confirmed: ['hypertension/referralReason:refer'],
    ...more,
  });

describe('a merged visit', () => {
  it('opens with a sheet for every programme, saves all of them at once, and plans each disease for itself', async () => {
    const residentId = await patientWithThree();
    const start = await doctor.call('GET', `/api/residents/${residentId}/visits/prepare`);
    expect(start.body.sheets.map((sheet: { program: string }) => sheet.program)).toEqual([
      'hypertension',
      'type-2-diabetes',
      'copd',
    ]);

    const broken = await save(
      residentId,
      sheets({ copd: { spo2: 960 }, 'type-2-diabetes': { fpg: undefined } }),
    );
    expect(broken.body.code).toBe('invalid-input');
    expect(broken.body.issues.map((issue: { path: string }) => issue.path)).toEqual(
      expect.arrayContaining(['copd/spo2', 'type-2-diabetes/fpg']),
    );
    expect(
      await server.look(`select 1 from form_record where resident_id = $1 and occurred_on = '2026-11-24'`, [
        residentId,
      ]),
      'nothing half saved',
    ).toHaveLength(0);

    const list = sheets();
    const body = { operationId: uuidv7(), visitId: uuidv7() };
    const saved = await save(residentId, list, body);
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    const again = await save(residentId, list, body);
    expect(again.body).toEqual(saved.body);
    const rows = await server.look<{ form: string; visit_id: string }>(
      `select form, visit_id from form_record where resident_id = $1 and occurred_on = '2026-11-24' order by form`,
      [residentId],
    );
    expect(rows.map((row) => row.form)).toEqual([
      'copd-follow-up',
      'hypertension-follow-up',
      'type-2-diabetes-follow-up',
    ]);
    expect(new Set(rows.map((row) => row.visit_id))).toEqual(new Set([body.visitId]));
    const tasks = await server.look<{ program: string; due_on: string }>(
      `select program, due_on::text from follow_up_task where resident_id = $1 and closed_at is null order by program`,
      [residentId],
    );
    expect(tasks).toMatchObject([
      { program: 'copd', due_on: '2027-02-22' },
      { program: 'hypertension', due_on: '2026-12-08' },
      { program: 'type-2-diabetes', due_on: '2027-02-22' },
    ]);
    const glucose = await server.look<{ value: string }>(
      `select value from measurement where resident_id = $1 and kind = 'fasting-glucose' and occurred_on = '2026-11-24'`,
      [residentId],
    );
    expect(Number(glucose[0]?.value)).toBe(6.2);

    const [record] = saved.body.sheets.map((sheet: { record: { recordId: string } }) => sheet.record);
    const shown = await doctor.call('GET', `/api/follow-ups/${record.recordId}`);
    expect(shown.body).toMatchObject({ program: 'hypertension', visitId: body.visitId });
  });

  it('corrects one sheet of a visit and leaves the others', async () => {
    const residentId = await patientWithThree();
    const saved = await save(residentId, sheets());
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    const diabetes = saved.body.sheets[1].record;
    const reply = await doctor.call('POST', `/api/follow-ups/${diabetes.recordId}/corrections`, {
      operationId: uuidv7(),
      recordId: uuidv7(),
      formEdition: '2017',
      answers: { ...diabetes.answers, fpg: 8.4, visitClass: '2', nextVisitDate: '2026-12-08' },
      confirmed: ['referralReason:refer'],
      reason: '血糖录入有误',
    });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    expect(reply.body.record).toMatchObject({ program: 'type-2-diabetes', supersedesId: diabetes.recordId });
    expect(reply.body.nextTask).toMatchObject({ program: 'type-2-diabetes', dueOn: '2026-12-08' });
  });

  it('refuses the same programme twice', async () => {
    const residentId = await patientWithThree();
    const [first] = sheets();
    const reply = await save(residentId, [first, first]);
    expect(reply.status).toBe(422);
  });
});

describe('the demo county', () => {
  it('writes only sheets its own forms accept', async () => {
    const rows = await server.look<{ form: string; form_edition: string; answers: FormAnswers; sex: string }>(
      `select distinct on (f.form, f.answers->>'visitClass', f.answers->>'adr') f.form, f.form_edition, f.answers, r.sex
       from form_record f join resident r on r.id = f.resident_id
       where f.form in ('type-2-diabetes-follow-up', 'copd-follow-up') and f.superseded_by is null`,
    );
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) {
      const edition = formEdition(row.form, row.form_edition);
      if (!edition) throw new Error(row.form);
      const result = validateAnswers(edition, row.answers, {
        today: plainDate('2026-11-24'),
        ageYears: 60,
        sex: row.sex,
      });
      expect(result.errors, row.form).toEqual([]);
    }
  });
});
