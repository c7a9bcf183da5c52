import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPatientRecords } from '#capabilities/assessment/server/public.ts';
import { dueByTest } from '#capabilities/screening/domain/due-by-test.ts';
import type { FormAnswers } from '#kernel/form-shape.ts';
import { orgPath } from '#kernel/org-path.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { startTestServer, type TestClient, type TestServer, testToday } from '#test/support/server.ts';

let server: TestServer;
let doctor: TestClient;
/** People of the first village with diabetes who were not seen lately and never had the test. */
let people: string[];

beforeAll(async () => {
  server = await startTestServer();
  doctor = await server.signIn('village');
  await server.look(`delete from measurement where kind = 'hba1c'`);
  const found = await server.look<{ id: string }>(
    `select r.id from resident r join enrollment e on e.resident_id = r.id and e.closed_on is null
     where r.org_path = '/999999/100/201/' and r.status = 'active' and e.program = 'type-2-diabetes'
       and e.enrolled_on < '2026-01-01'
       and not exists (select 1 from form_record f where f.resident_id = r.id and f.occurred_on > '2026-11-20')
     order by r.id`,
  );
  people = found.map((one) => one.id);
});
afterAll(() => server.stop());

const answersOf = (more: FormAnswers): FormAnswers => ({
  ...{ visitDate: '2026-11-24', visitMethod: '1', symptoms: ['1'], sbp: 126, dbp: 78 },
  ...{ height: 165, weight: 62, heartRate: 72, smokeNow: 0, smokeTarget: 0, alcoholNow: 0, alcoholTarget: 0 },
  ...{ exTimesNow: 5, exMinNow: 30, exTimesTarget: 5, exMinTarget: 30, psychology: '1', compliance: '1' },
  ...{ noDrugTherapy: true, adr: '1', doctorSign: '王守义', nextVisitDate: '2027-02-22', visitClass: '1' },
  ...{ dorsalisPedis: '1', stapleNow: 300, stapleTarget: 250, fpg: 6.2, hypoglycemia: '1' },
  ...more,
});

const send = (residentId: string, more: FormAnswers, recordId = uuidv7()) =>
  doctor.call('POST', '/api/visits', {
    operationId: uuidv7(),
    visitId: uuidv7(),
    residentId,
    sheets: [{ program: 'type-2-diabetes', formEdition: '2017', recordId, answers: answersOf(more) }],
    confirmed: [],
  });
async function filed(residentId: string, more: FormAnswers): Promise<string> {
  const recordId = uuidv7();
  const reply = await send(residentId, more, recordId);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return recordId;
}
const daysOf = async (recordId: string) => {
  const rows = await server.look<{ kind: string; on: string }>(
    `select kind, occurred_on::text as "on" from measurement where record_id = $1 and kind in ('fasting-glucose', 'hba1c')`,
    [recordId],
  );
  return Object.fromEntries(rows.map(({ kind, on }) => [kind, on]));
};
const dueOf = async (id: string) => {
  const records = await withScope(server.database, { countyId: '999999', path: orgPath('/999999/') }, (tx) =>
    loadPatientRecords(tx, { countyId: '999999', residentIds: [id], today: testToday }),
  );
  const record = records.get(id);
  return record && dueByTest(record, testToday).find((one) => one.test === 'hba1c');
};
const person = (place: number) => {
  const id = people[place];
  if (!id) throw new Error('the demo village has people with diabetes');
  return id;
};

describe('a test reported on a later visit', () => {
  it('is kept with its own day, and is due again from there; what was measured at the visit has the visit’s', async () => {
    const recordId = await filed(person(0), { hba1c: 6.8, hba1cDate: '2026-03-01' });
    expect(await daysOf(recordId)).toEqual({ 'fasting-glucose': '2026-11-24', hba1c: '2026-03-01' });
    expect(await dueOf(person(0))).toMatchObject({ lastOn: '2026-03-01' });
    const sheet = await doctor.call('GET', `/api/follow-ups/${recordId}`);
    expect(sheet.body).toMatchObject({ occurredOn: '2026-11-24', answers: { hba1c: 6.8 } });
  });

  it('of the visit’s own day is not due again', async () => {
    const recordId = await filed(person(1), { hba1c: 6.8, hba1cDate: '2026-11-24' });
    expect(await daysOf(recordId)).toEqual({ 'fasting-glucose': '2026-11-24', hba1c: '2026-11-24' });
    expect(await dueOf(person(1))).toBeUndefined();
  });

  it('is refused without its day, with half of it, or of a day after the visit', async () => {
    const issuesOf = async (more: FormAnswers) => {
      const reply = await send(person(2), {
        ...{ visitDate: '2026-11-22', nextVisitDate: '2027-02-01', hba1c: 6.8 },
        ...more,
      });
      return reply.body.issues?.map((one: { path: string; code: string }) => `${one.path} ${one.code}`);
    };
    expect(await issuesOf({})).toEqual(['type-2-diabetes/hba1cDate missing']);
    expect(await issuesOf({ hba1cDate: '2026-03' })).toEqual(['type-2-diabetes/hba1cDate not-a-date']);
    expect(await issuesOf({ hba1cDate: '2026-11-23' })).toEqual([
      'type-2-diabetes/visitDate hba1c-after-visit',
    ]);
  });

  it('moves with a correction of its day; the corrected sheet no longer counts', async () => {
    const recordId = await filed(person(3), { hba1c: 6.8, hba1cDate: '2026-11-24' });
    expect(await dueOf(person(3))).toBeUndefined();
    const corrected = uuidv7();
    const reply = await doctor.call('POST', `/api/follow-ups/${recordId}/corrections`, {
      operationId: uuidv7(),
      recordId: corrected,
      formEdition: '2017',
      answers: answersOf({ hba1c: 6.8, hba1cDate: '2026-02-01' }),
      reason: '糖化检查日期录入有误',
    });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    expect(await daysOf(corrected)).toMatchObject({ hba1c: '2026-02-01' });
    expect(await dueOf(person(3))).toMatchObject({ lastOn: '2026-02-01' });
  });

  it('is told at the front desk with its day', async () => {
    await filed(person(4), { hba1c: 6.8, hba1cDate: '2026-03-01' });
    const nurse = await server.signIn('publichealth');
    const card = await nurse.call('GET', `/api/residents/${person(4)}/reception`);
    const told = card.body.information.find((one: { on: string }) => one.on === '2026-11-24');
    expect(told.text).toContain('糖化血红蛋白 6.8 %（2026-03-01）');
    expect(told.text).not.toContain('6.2 mmol/L（');
  });
});

describe('tests kept with the visit’s day by versions before', () => {
  it('get their own day where the sheet says one before the visit; whoever it concerns is looked at again', async () => {
    const said = [
      '2026-03-01',
      '2024-02-29',
      '2026-02-29',
      '2026-13-01',
      '2026-04-31',
      '2026-03',
      '',
      '2027-01-01',
      null,
    ];
    const sheets: { id: string; said: string | null }[] = [];
    const from = 5;
    for (const [place, day] of said.entries()) {
      const who = person(from + (place % (people.length - from)));
      const id = await filed(who, {
        visitDate: `2026-11-${20 - place}`,
        nextVisitDate: '2027-02-01',
        hba1c: 6.8,
        hba1cDate: '2026-10-01',
      });
      sheets.push({ id, said: day });
      await server.look(
        `update form_record set answers = answers::jsonb || jsonb_build_object('hba1cDate', $2::text) where id = $1`,
        [id, day],
      );
      await server.look(
        `update measurement m set occurred_on = f.occurred_on from form_record f where f.id = m.record_id and f.id = $1`,
        [id],
      );
    }
    const dayOf = async (id: string) => (await daysOf(id)).hba1c;
    const before = new Map<string, string | undefined>();
    for (const { id } of sheets) before.set(id, await dayOf(id));
    await server.look(`insert into examination_count (county_id, org_path, judged_on, judged_at, people, due)
      values ('999999', '/999999/100/201/', '2026-11-24', '2026-11-24', 1, '{}'), ('999999', '/999999/100/202/', '2026-11-24',
        '2026-11-24', 1, '{}')
      on conflict (county_id, org_path) do update set judged_on = excluded.judged_on`);
    await server.look('delete from change_feed');

    const text = await readFile(
      new URL('../../../platform/server/database/migrations/0055-reading-days.sql', import.meta.url),
      'utf8',
    );
    const owner = new pg.Client({ connectionString: server.ownerUrl });
    await owner.connect();
    // Twice: a start that was cut off begins again.
    for (let time = 0; time < 2; time++) await owner.query(`begin; ${text}; commit`);
    const { rows: walls } = await owner.query(
      `select relname from pg_class where relname in ('measurement', 'form_record', 'change_feed', 'examination_count')
         and relrowsecurity and relforcerowsecurity`,
    );
    await owner.end();
    expect(walls).toHaveLength(4);

    for (const { id, said: day } of sheets) {
      const moved = day === '2026-03-01' || day === '2024-02-29';
      expect(await dayOf(id), String(day)).toBe(moved ? day : before.get(id));
      expect((await daysOf(id))['fasting-glucose']).toBe(before.get(id));
    }
    const told = await server.look<{ resident_id: string }>('select distinct resident_id from change_feed');
    expect(told.map((one) => one.resident_id).toSorted()).toEqual(
      [person(from), person(from + 1)].toSorted(),
    );
    const judged = await server.look<{ org_path: string; again: boolean }>(
      `select org_path, judged_on <> '2026-11-24' as again from examination_count where org_path in ('/999999/100/201/',
         '/999999/100/202/') order by 1`,
    );
    expect(judged.map((one) => one.again)).toEqual([true, false]);
  });
});
