import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FormField } from '#kernel/form-shape.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { visitAfter } from '#test/support/sample-visit.ts';
import { startTestServer, type TestClient, type TestServer, testNow } from '#test/support/server.ts';

let server: TestServer;
let doctor: TestClient;
let neighbour: TestClient;
let bureau: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  doctor = await server.signIn('village');
  neighbour = await server.signIn('village2');
  bureau = await server.signIn('bureau');
});
afterAll(() => server.stop());

/** People of the first village under hypertension management, by what the test needs. */
async function patients(count: number, condition = 'true'): Promise<{ id: string; enrollment_id: string }[]> {
  return server.look(
    `select r.id, e.id as enrollment_id from resident r
     join enrollment e on e.resident_id = r.id and e.program = 'hypertension' and e.closed_on is null
     join follow_up_task t on t.enrollment_id = e.id and t.closed_at is null
     where r.org_path = '/999999/100/201/' and r.status = 'active' and e.enrolled_on < '2026-01-01' and (${condition})
       and not exists (select 1 from form_record f where f.resident_id = r.id and f.occurred_on > '2026-11-20')
     order by r.id limit $1`,
    [count],
  );
}

async function sheetFor(residentId: string, more: Record<string, unknown> = {}) {
  const start = await doctor.call('GET', `/api/residents/${residentId}/follow-ups/prepare`);
  expect(start.status).toBe(200);
  return visitAfter(start.body.prefill, more);
}

const save = (answers: unknown, residentId: string, more: Record<string, unknown> = {}) =>
  doctor.call('POST', '/api/follow-ups', {
    operationId: uuidv7(),
    recordId: uuidv7(),
    residentId,
    formEdition: '2017',
    answers,
    ...more,
  });

describe('recording a hypertension follow-up', () => {
  it('saves sheet, readings, verdicts, next task, figures and audit together, and the county’s number moves', async () => {
    // Somebody with this one task: who is due for another disease stays on the list.
    const [person] = await patients(
      1,
      `t.latest_on < '2026-11-24' and not exists (select 1 from follow_up_task o
         where o.resident_id = t.resident_id and o.id <> t.id and o.closed_at is null)`,
    );
    if (!person) throw new Error('the demo has an overdue person');
    const before = (await bureau.call('GET', '/api/indicators/hypertension')).body.figures;
    const reply = await save(await sheetFor(person.id), person.id);
    expect(reply.body.issues).toBeUndefined();
    expect(reply.status).toBe(200);
    const { record, nextTask } = reply.body;
    expect(record.answers.sbp).toBe(132);
    expect(nextTask).toMatchObject({ kind: 'routine', dueOn: '2027-02-22', latestOn: '2027-03-01' });
    const rows = await server.look<{ n: string; v: string }>(
      `select (select count(*) from measurement where record_id = $1) as n, (select count(*) from verdict where record_id = $1) as v`,
      [record.recordId],
    );
    expect(Number(rows[0]?.n)).toBeGreaterThanOrEqual(4);
    expect(Number(rows[0]?.v)).toBe(5);
    const audit = await server.look(
      `select 1 from audit_entry where subject = $1 and action = 'follow-up.record'`,
      [record.recordId],
    );
    expect(audit).toHaveLength(1);
    const after = (await bureau.call('GET', '/api/indicators/hypertension')).body.figures;
    expect(after.overdue).toBe(before.overdue - 1);
    const list = await doctor.call('GET', '/api/worklist?bucket=overdue&limit=100');
    expect(list.body.items.map((item: { residentId: string }) => item.residentId)).not.toContain(person.id);
  });

  it('answers a replayed request alike and writes nothing again', async () => {
    const [, person] = await patients(2);
    if (!person) throw new Error('a second patient');
    const body = {
      operationId: uuidv7(),
      recordId: uuidv7(),
      residentId: person.id,
      formEdition: '2017',
      answers: await sheetFor(person.id),
    };
    const [first, twin] = await Promise.all([
      doctor.call('POST', '/api/follow-ups', body),
      doctor.call('POST', '/api/follow-ups', body),
    ]);
    const again = await doctor.call('POST', '/api/follow-ups', body);
    expect([first.status, twin.status, again.status]).toEqual([200, 200, 200]);
    expect(again.body).toEqual(first.body);
    const rows = await server.look('select 1 from form_record where operation_id = $1', [body.operationId]);
    expect(rows).toHaveLength(1);
    const other = await doctor.call('POST', '/api/follow-ups', {
      ...body,
      answers: { ...body.answers, sbp: 138 },
    });
    expect(other.body.code).toBe('operation-mismatch');
  });

  it('asks before a second visit on the same day, and lets the doctor confirm', async () => {
    const [, , person] = await patients(3);
    if (!person) throw new Error('a third patient');
    const answers = await sheetFor(person.id);
    expect((await save(answers, person.id)).status).toBe(200);
    const second = await save(answers, person.id);
    expect(second.body).toMatchObject({
      code: 'needs-confirmation',
      issues: [{ path: 'visitDate', code: 'same-day' }],
    });
    expect((await save(answers, person.id, { confirmed: ['visitDate:same-day'] })).status).toBe(200);
  });

  it('proposes a recheck within two weeks when uncontrolled, refers the second time, and refuses a later date without a reason', async () => {
    const [, , , person] = await patients(4, "t.kind = 'routine'");
    if (!person) throw new Error('a fourth patient');
    const uncontrolled = await sheetFor(person.id, {
      sbp: 156,
      dbp: 96,
      visitClass: '2',
      nextVisitDate: '2026-12-08',
    });
    const first = await save(uncontrolled, person.id);
    expect(first.body.nextTask).toMatchObject({
      kind: 'recheck',
      dueOn: '2026-12-08',
      latestOn: '2026-12-08',
    });
    server.setNow(new Date('2026-12-08T02:00:00Z'));
    doctor = await server.signIn('village');
    const later = { ...uncontrolled, visitDate: '2026-12-08', nextVisitDate: '2027-01-30' };
    const refusedLate = await save(later, person.id);
    expect(refusedLate.body.issues.map((i: { code: string }) => i.code)).toContain('later-than-rule');
    const second = await save({ ...later, nextVisitDate: '2026-12-22' }, person.id);
    expect(second.body).toMatchObject({
      code: 'needs-confirmation',
      issues: [{ path: 'referralReason', code: 'refer' }],
    });
    const referred = await save(
      {
        ...later,
        nextVisitDate: '2026-12-22',
        referralReason: '连续两次未达标',
        referralOrgDept: '县人民医院 心内科',
      },
      person.id,
    );
    expect(referred.body.nextTask.kind).toBe('refer');
    const [task] = await server.look<{ reason: string }>(
      `select reason from follow_up_task where resident_id = $1 and program = 'hypertension' and closed_at is null`,
      [person.id],
    );
    expect(task?.reason, 'says once that a referral is advised').toMatch(
      /^(?!.*建议转诊.*建议转诊).*已连续 2 次控制不满意.*建议转诊，须在2周内主动随访/,
    );
    server.setNow(testNow);
    doctor = await server.signIn('village');
  });

  it('treats 182/96 as a crisis', async () => {
    const [, , , , person] = await patients(5);
    if (!person) throw new Error('a fifth patient');
    const answers = await sheetFor(person.id, {
      sbp: 182,
      dbp: 96,
      visitClass: '2',
      nextVisitDate: '2026-12-08',
      referralReason: '血压危急',
      referralOrgDept: '县人民医院 急诊',
    });
    const asked = await save(answers, person.id);
    expect(asked.body.issues).toMatchObject([{ path: 'sbp', code: 'unusual' }]);
    const saved = await save(answers, person.id, { confirmed: ['sbp:unusual'] });
    expect(saved.body.nextTask.kind).toBe('crisis');
  });
});

describe('what is refused, by name and without loss', () => {
  it.each([
    [{ sbp: 80, dbp: 90 }, 'dbp', 'dbp-not-below-sbp'],
    [{ sbp: 1300 }, 'sbp', 'impossible'],
    [{ sbp: 301 }, 'sbp', 'impossible'],
    [{ sbp: '132' }, 'sbp', 'not-a-number'],
    [{ visitDate: '2026-11-25' }, 'visitDate', 'future'],
    [{ visitDate: '2010-01-05' }, 'visitDate', 'before-enrollment'],
    [{ visitDate: '2026-02-30' }, 'visitDate', 'not-a-date'],
    [{ adr: '2' }, 'adrText', 'needs-text'],
    [{ symptoms: ['1', '2'] }, 'symptoms', 'exclusive'],
    [{ signOther: '头\u0000晕' }, 'signOther', 'bad-characters'],
    [{ signOther: '\ud800' }, 'signOther', 'bad-characters'],
    [{ remark: '长'.repeat(301) }, 'remark', 'too-long'],
    [{ heartRate: null }, 'heartRate', 'missing'],
    [{ nextVisitDate: '2026-11-01' }, 'nextVisitDate', 'next-before-visit'],
  ])('case %#', async (wrong, path, code) => {
    const [, , , , , person] = await patients(6);
    if (!person) throw new Error('a sixth patient');
    const reply = await save(await sheetFor(person.id, wrong as Record<string, unknown>), person.id);
    expect(reply.status).toBe(422);
    expect(reply.body.issues).toContainEqual(expect.objectContaining({ path, code }));
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
  });

  it('reads a number that is none as a malformed request', async () => {
    const [, , , , , person] = await patients(6);
    if (!person) throw new Error('a sixth patient');
    for (const number of ['NaN', 'Infinity', '-Infinity']) {
      const text = `{"operationId":"${uuidv7()}","recordId":"${uuidv7()}","residentId":"${person.id}","formEdition":"2017","answers":{"sbp":${number}}}`;
      const reply = await doctor.call('POST', '/api/follow-ups', text);
      expect([reply.status, reply.body.code]).toEqual([400, 'malformed-request']);
      expect(reply.body.title).toMatch(/[一-龥]/);
    }
  });

  it('keeps markup and emoji as the text they are', async () => {
    const person = (await patients(8)).at(7);
    if (!person) throw new Error('an eighth patient');
    const words = '<script>alert(1)</script> & "头晕" 😀';
    const reply = await save(await sheetFor(person.id, { symptoms: ['1'], remark: words }), person.id);
    expect(reply.status).toBe(200);
    const stored = await doctor.call('GET', `/api/follow-ups/${reply.body.record.recordId}`);
    expect(stored.body.answers.remark).toBe(words);
    expect(stored.headers.get('content-type')).toContain('application/json');
    expect(stored.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('lets two doctors who save the same patient at once follow each other, and asks the later', async () => {
    const person = (await patients(9)).at(8);
    if (!person) throw new Error('a ninth patient');
    const township = await server.signIn('township');
    const answers = await sheetFor(person.id);
    const sheet = () => ({
      operationId: uuidv7(),
      recordId: uuidv7(),
      residentId: person.id,
      formEdition: '2017',
      answers,
    });
    const replies = await Promise.all([
      doctor.call('POST', '/api/follow-ups', sheet()),
      township.call('POST', '/api/follow-ups', sheet()),
    ]);
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 422]);
    const asked = replies.find((reply) => reply.status === 422);
    expect(asked?.body).toMatchObject({
      code: 'needs-confirmation',
      issues: [{ path: 'visitDate', code: 'same-day' }],
    });
    const open = await server.look(
      'select 1 from follow_up_task where enrollment_id = $1 and closed_at is null',
      [person.enrollment_id],
    );
    expect(open).toHaveLength(1);
  });

  it('keeps codes and fields it does not know, from a newer phone', async () => {
    const [, , , , , person] = await patients(6);
    if (!person) throw new Error('a sixth patient');
    const answers = await sheetFor(person.id, { symptoms: ['77'], aiNote: '<script>alert(1)</script> 😀' });
    const reply = await save(answers, person.id);
    expect(reply.status).toBe(200);
    expect(reply.body.record.answers).toMatchObject({
      symptoms: ['77'],
      aiNote: '<script>alert(1)</script> 😀',
    });
  });

  it('does not show or touch another village’s patient', async () => {
    const [person] = await patients(1);
    if (!person) throw new Error('a patient');
    const unknown = uuidv7();
    for (const path of ['', '/follow-ups/prepare', '/personal-information/versions']) {
      const theirs = await neighbour.call('GET', `/api/residents/${person.id}${path}`);
      const nobody = await neighbour.call('GET', `/api/residents/${unknown}${path}`);
      expect(theirs.status).toBe(nobody.status);
      expect({ ...theirs.body, instance: '' }).toEqual({ ...nobody.body, instance: '' });
    }
    expect((await neighbour.call('GET', `/api/residents/${person.id}/follow-ups`)).body.items).toEqual([]);
    const reply = await neighbour.call('POST', '/api/follow-ups', {
      operationId: uuidv7(),
      recordId: uuidv7(),
      residentId: person.id,
      formEdition: '2017',
      answers: await sheetFor(person.id),
    });
    expect(reply.status).toBe(404);
  });

  it('lets a manager read and not write', async () => {
    const [person] = await patients(1);
    if (!person) throw new Error('a patient');
    const reply = await bureau.call('POST', '/api/follow-ups', {
      operationId: uuidv7(),
      recordId: uuidv7(),
      residentId: person.id,
      formEdition: '2017',
      answers: {},
    });
    expect(reply.status).toBe(403);
    expect((await server.anonymous.call('GET', '/api/worklist')).status).toBe(401);
  });
});

describe('correcting a saved sheet', () => {
  it('keeps the old version with who, when and why, and moves task and figures', async () => {
    const [, , , , , , person] = await patients(7, "t.kind = 'routine'");
    if (!person) throw new Error('a seventh patient');
    const answers = await sheetFor(person.id);
    const saved = (await save(answers, person.id)).body.record;
    const body = {
      operationId: uuidv7(),
      recordId: uuidv7(),
      formEdition: '2017',
      answers: { ...answers, sbp: 152, visitClass: '2', nextVisitDate: '2026-12-08' },
      reason: '抄写时看错一位',
    };
    const empty = await doctor.call('POST', `/api/follow-ups/${saved.recordId}/corrections`, {
      ...body,
      reason: ' ',
    });
    expect(empty.body.issues[0].path).toBe('reason');
    const corrected = await doctor.call('POST', `/api/follow-ups/${saved.recordId}/corrections`, body);
    expect(corrected.status).toBe(200);
    expect(corrected.body.nextTask.kind).toBe('recheck');
    const again = await doctor.call('POST', `/api/follow-ups/${saved.recordId}/corrections`, {
      ...body,
      operationId: uuidv7(),
      recordId: uuidv7(),
    });
    expect(again.body.code).toBe('already-superseded');
    const all = await doctor.call('GET', `/api/residents/${person.id}/follow-ups?includeSuperseded=true`);
    const old = all.body.items.find((r: { recordId: string }) => r.recordId === saved.recordId);
    expect(old).toMatchObject({
      supersededBy: body.recordId,
      answers: { sbp: 132 },
      recordedByName: '王守义',
    });
    const current = await doctor.call('GET', `/api/residents/${person.id}/follow-ups`);
    expect(current.body.items[0]).toMatchObject({
      recordId: body.recordId,
      correctionReason: '抄写时看错一位',
    });
  });

  it('lets one of two doctors correct at the same moment, and tells the other', async () => {
    const [, , , , , , , person] = await patients(8);
    if (!person) throw new Error('an eighth patient');
    const answers = await sheetFor(person.id);
    const saved = (await save(answers, person.id)).body.record;
    const correct = (sbp: number) =>
      doctor.call('POST', `/api/follow-ups/${saved.recordId}/corrections`, {
        operationId: uuidv7(),
        recordId: uuidv7(),
        formEdition: '2017',
        answers: { ...answers, sbp },
        reason: '核对纸质记录',
      });
    const replies = await Promise.all([correct(134), correct(136)]);
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409]);
  });
});

describe('putting a task off', () => {
  it('needs a reason and a date, and the person stays on the list', async () => {
    const [task] = await server.look<{ id: string; resident_id: string }>(
      `select id, resident_id from follow_up_task where org_path = '/999999/100/201/' and closed_at is null
        and program = 'hypertension' order by id desc limit 1`,
    );
    if (!task) throw new Error('an open task');
    const close = (nextDueOn: string) =>
      doctor.call('POST', `/api/tasks/${task.id}/close`, {
        operationId: uuidv7(),
        reason: 'lost',
        note: '外出打工',
        nextDueOn,
      });
    expect((await close('2026-01-01')).status).toBe(422);
    const reply = await close('2026-12-20');
    expect(reply.body.nextTask.dueOn).toBe('2026-12-20');
    const open = await server.look(
      'select 1 from follow_up_task where resident_id = $1 and closed_at is null and program = $2',
      [task.resident_id, 'hypertension'],
    );
    expect(open).toHaveLength(1);
  });
});

/** 摄盐 the other way round, without 轻 among the goals. */
function renumbered(field: FormField): FormField {
  if (field.kind !== 'code') return field;
  if (field.id === 'saltTarget')
    return { ...field, options: field.options.filter(({ label }) => label !== '轻') };
  if (field.id !== 'saltNow') return field;
  const labels = field.options.map(({ label }) => label).toReversed();
  return { ...field, options: field.options.map(({ code }, at) => ({ code, label: labels[at] ?? '' })) };
}

describe('the edition a sheet is opened on', () => {
  it('is the newest in force today, as on phones; a saved sheet is corrected on its own, and on none that is not here', async () => {
    const publish = (edition: string, from: string, engine = 1) =>
      server.look(
        `insert into definition (county_id, kind, key, edition, digest, title, in_force_from, engine, content, published_at)
         values ('999999', 'form', $1, $2, $3, '随访表', $4, $5, $6, now())`,
        [
          hypertensionFollowUp2017.form,
          edition,
          edition.padEnd(64, '0'),
          from,
          engine,
          JSON.stringify({ ...hypertensionFollowUp2017, groups, edition, inForceFrom: from }),
        ],
      );
    const groups = hypertensionFollowUp2017.groups.map((group) => ({
      ...group,
      fields: group.fields.filter((field) => field.id !== 'psychology').map(renumbered),
    }));
    const [person] = await patients(
      1,
      `exists (select 1 from form_record f where f.resident_id = r.id
      and f.form = 'hypertension-follow-up' and f.answers->'drugs' is not null)`,
    );
    if (!person) throw new Error('a patient');
    const opened = (query = '') =>
      doctor.call('GET', `/api/residents/${person.id}/follow-ups/prepare${query}`);
    const { recordId } = (await opened()).body.previous;
    await server.look(
      `update form_record set answers = answers::jsonb || '{"saltNow": "1", "saltTarget": "1"}' where id = $1`,
      [recordId],
    );
    const before = (await opened()).body;
    expect(before.formEdition).toBe('2017');
    expect(before).not.toHaveProperty('edition');
    expect(before.prefill).toMatchObject({ saltNow: '1', saltTarget: '1' });
    await publish('2026', '2026-11-24');
    await publish('2027', '2026-11-25');
    await publish('2099', '2026-11-01', 99);
    const { body: start } = await opened();
    expect(start.formEdition).toBe('2026');
    expect(start.edition).toMatchObject({ edition: '2026', form: hypertensionFollowUp2017.form });
    // What the last sheet said is taken over as far as it has a place.
    expect(before.prefill).toHaveProperty('psychology');
    expect(start.prefill).not.toHaveProperty('psychology');
    expect(start.prefill.drugs).toEqual(before.prefill.drugs);
    // 轻 has another number now, and of the goals it is not printed any more.
    expect(start.prefill.saltNow).toBe('3');
    expect(start.prefill).not.toHaveProperty('saltTarget');
    const visit = await doctor.call('GET', `/api/residents/${person.id}/visits/prepare`);
    expect(visit.body.sheets.map((one: { formEdition: string }) => one.formEdition)).toContain('2026');
    const answers = visitAfter(start.prefill, { saltTarget: '2' });
    const saved = await save(answers, person.id, { formEdition: start.formEdition });
    expect(saved.body.record, JSON.stringify(saved.body)).toMatchObject({ formEdition: '2026' });
    expect((await opened('?edition=2017')).body.formEdition).toBe('2017');
    const unknown = await opened('?edition=1999');
    expect([unknown.status, unknown.body.code]).toEqual([422, 'unknown-edition']);
    await server.look(`update definition set retired_at = now() where edition in ('2026', '2027', '2099')`);
    expect((await opened()).body.formEdition).toBe('2017');
  });
});
