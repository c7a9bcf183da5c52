import ExcelJS from 'exceljs';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf } from '#kernel/form-shape.ts';
import { identityFieldsChanged } from '#platform/server/masking/read-identity-fields.ts';
import { allFormEditions, formEdition } from '#standards/forms/all-forms.ts';
import { fillSheet } from '#test/support/fill-sheet.ts';
import { idNoOf } from '#test/support/sample-person.ts';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';
import { recordForms } from '../domain/record-forms.ts';

let server: TestServer;
let doctor: TestClient;
let neighbour: TestClient;
let residentId: string;

beforeAll(async () => {
  server = await startTestServer({ residents: 600 });
  doctor = await server.signIn('village');
  neighbour = await server.signIn('village2');
  const [person] = await server.look<{ id: string }>(
    `select r.id from resident r join enrollment e on e.resident_id = r.id and e.closed_on is null
     where r.org_path = '/999999/100/201/' and r.status = 'active' and e.program = 'hypertension' and e.enrolled_on < '2026-01-01' limit 1`,
  );
  residentId = person?.id ?? '';
});
afterAll(() => server.stop());

const note = {
  name: '测试者',
  encounterDate: '2026-11-24',
  subjective: '头晕三天',
  objective: '血压 150/92 mmHg',
  assessment: '高血压',
  plan: '低盐饮食，规律服药',
  doctorSign: '王守义',
};

const file = (client: TestClient, body: Record<string, unknown>) =>
  client.call('POST', `/api/residents/${residentId}/records`, {
    operationId: uuidv7(),
    recordId: uuidv7(),
    form: 'encounter-note',
    formEdition: '2017',
    answers: note,
    ...body,
  });

describe('forms in a resident’s record', () => {
  it('files a form once, lists it, shows it, and keeps the old version when it is corrected', async () => {
    const body = { operationId: uuidv7(), recordId: uuidv7() };
    const first = await file(doctor, body);
    expect(first.status, JSON.stringify(first.body)).toBe(200);
    expect((await file(doctor, body)).body).toEqual(first.body);
    const list = await doctor.call('GET', `/api/residents/${residentId}/records`);
    const mine = list.body.items.filter((item: { form: string }) => item.form === 'encounter-note');
    expect(mine).toHaveLength(1);
    const shown = await doctor.call('GET', `/api/records/${body.recordId}`);
    expect(shown.body.answers.assessment).toBe('高血压');

    const noReason = await file(doctor, { supersedesId: body.recordId });
    expect(noReason.body.issues[0]).toMatchObject({ path: 'reason' });
    const corrected = await file(doctor, {
      supersedesId: body.recordId,
      reason: '写错',
      answers: { ...note, assessment: '高血压2级' },
    });
    expect(corrected.status).toBe(200);
    const again = await file(doctor, { supersedesId: body.recordId, reason: '再改' });
    expect(again.body.code).toBe('already-superseded');
    const all = await doctor.call('GET', `/api/residents/${residentId}/records?includeSuperseded=true`);
    expect(all.body.items.filter((item: { form: string }) => item.form === 'encounter-note')).toHaveLength(2);
  });

  it('says what is missing in Chinese and refuses forms that are filled elsewhere', async () => {
    const empty = await file(doctor, { answers: {} });
    expect(empty.body.code).toBe('invalid-input');
    expect(empty.body.issues.every((issue: { message: string }) => /[一-龥]/.test(issue.message))).toBe(true);
    const other = await file(doctor, { form: 'hypertension-follow-up' });
    expect(other.body.issues[0].code).toBe('unknown-form');
    const early = await file(doctor, { answers: { ...note, encounterDate: '1899-01-01' } });
    expect(early.status).toBe(422);
  });

  it('opens a follow-up sheet as well, which the list leaves to its own history', async () => {
    const [sheet] = await server.look<{ id: string; resident_id: string }>(
      `select id, resident_id from form_record where form = 'hypertension-follow-up'
         and org_path = '/999999/100/201/' limit 1`,
    );
    const opened = await doctor.call('GET', `/api/records/${sheet?.id}`);
    expect(opened.body).toMatchObject({ form: 'hypertension-follow-up', residentId: sheet?.resident_id });
    const list = await doctor.call('GET', `/api/residents/${sheet?.resident_id}/records?limit=100`);
    expect(list.body.items.map((one: { recordId: string }) => one.recordId)).not.toContain(sheet?.id);
    expect((await neighbour.call('GET', `/api/records/${sheet?.id}`)).status).toBe(404);
  });

  it('gives the rows a person has in a register, oldest first, without what was corrected', async () => {
    const edition = formEdition('first-visit-blood-pressure', '2017');
    if (!edition) throw new Error('no register');
    const path = `/api/residents/${residentId}/registers/first-visit-blood-pressure`;
    expect((await doctor.call('GET', path)).status).toBe(404);
    const measured = async (visitDate: string, more: Record<string, unknown> = {}) => {
      const recordId = uuidv7();
      const answers = { ...fillSheet(edition, 'first'), visitDate, sbp: 128, dbp: 78 };
      for (const which of [1, 2])
        for (const what of ['Date', 'Sbp', 'Dbp']) delete (answers as never)[`recheck${which}${what}`];
      const body = { recordId, form: edition.form, formEdition: '2017', answers, ...more };
      const reply = await file(doctor, body);
      const codes = (reply.body.issues ?? []).map((issue: { code: string }) => issue.code);
      const last = reply.status === 200 ? reply : await file(doctor, { ...body, confirmed: codes });
      expect(last.status, JSON.stringify(last.body)).toBe(200);
      return recordId;
    };
    const later = await measured('2026-05-06');
    const wrong = await measured('2025-04-05');
    const right = await measured('2025-04-06', { supersedesId: wrong, reason: '日期写错' });
    const rows = await doctor.call('GET', path);
    expect(rows.body.items.map((row: { recordId: string }) => row.recordId)).toEqual([right, later]);
    expect(rows.body.items[0].answers).toMatchObject({ visitDate: '2025-04-06', sbp: 128 });
    expect((await neighbour.call('GET', path)).status).toBe(404);
    expect((await doctor.call('GET', `/api/residents/${residentId}/registers/encounter-note`)).status).toBe(
      404,
    );
    const [audited] = await server.look<{ n: string }>(
      `select count(*) as n from audit_entry where action = 'record.list' and resident_id = $1 and subject = $2`,
      [residentId, edition.form],
    );
    expect(Number(audited?.n)).toBe(1);
  });

  it('files no checkup past its conclusions', async () => {
    const reply = await file(doctor, {
      form: 'annual-checkup',
      answers: {
        checkDate: '2026-11-20',
        bpLeftSbp: 138,
        bpLeftDbp: 84,
        bpRightSbp: 142,
        bpRightDbp: 86,
        fpg: 6.4,
      },
    });
    // Its conclusions are answered on the checkup's own screen; nothing files it past them.
    expect(reply).toMatchObject({ status: 409, body: { code: 'own-screen' } });
  });

  it('shows nothing of another village', async () => {
    const body = { recordId: uuidv7() };
    await file(doctor, body);
    expect((await neighbour.call('GET', `/api/records/${body.recordId}`)).status).toBe(404);
    expect((await neighbour.call('GET', `/api/residents/${residentId}/records`)).body.items).toEqual([]);
    expect((await file(neighbour, {})).status).toBe(404);
  });

  it('exports a form as a workbook whose text is no formula, as JSON, and its edition as a questionnaire', async () => {
    const body = { operationId: uuidv7(), recordId: uuidv7() };
    const answers = { ...note, plan: '=HYPERLINK("http://x","y")' };
    expect((await file(doctor, { ...body, answers })).status).toBe(200);
    const load = async (path: string) => {
      const reply = await fetch(server.url + path, { headers: { cookie: doctor.cookie } });
      expect(reply.status, path).toBe(200);
      return Buffer.from(await reply.arrayBuffer());
    };
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(
      (await load(`/api/records/${body.recordId}/export?purpose=care`)) as unknown as ArrayBuffer,
    );
    const sheet = workbook.worksheets[0];
    const cells = ((sheet?.getRow(2).values ?? []) as unknown[]).filter((one) => typeof one === 'string');
    expect(cells).toContain('=HYPERLINK("http://x","y")');
    const { records: json } = JSON.parse(
      String(await load(`/api/records/${body.recordId}/export?format=json&purpose=care`)),
    );
    expect(json[0].items.find((one: { id: string }) => one.id === 'assessment')).toMatchObject({
      value: '高血压',
    });
    const { records: all } = JSON.parse(
      String(
        await load(
          `/api/residents/${residentId}/forms/hypertension-follow-up/export?format=json&purpose=care`,
        ),
      ),
    );
    expect(all.length).toBeGreaterThan(0);
    const questionnaire = JSON.parse(String(await load('/api/forms/encounter-note/2017/questionnaire')));
    expect(questionnaire).toMatchObject({ resourceType: 'Questionnaire' });
    expect((await neighbour.call('GET', `/api/records/${body.recordId}/export?purpose=care`)).status).toBe(
      404,
    );
    const [audited] = await server.look<{ n: string }>(
      `select count(*) as n from audit_entry where action = 'record.export' and resident_id = $1`,
      [residentId],
    );
    expect(Number(audited?.n)).toBe(3);
  });
});

describe('a sheet of an edition the program was not built with', () => {
  it('is left out of no export: read as it was written, and by its own edition once the county keeps that', async () => {
    const recordId = uuidv7();
    const idNo = idNoOf('99999919480229811');
    const typed = {
      landline: '0571-86543210',
      helper: '8654321',
      card: idNo,
      remark: '请打 138-0013-8000',
      hall: '0571-87654321',
      digits: 86543211,
      amount: 13,
    };
    await server.look(
      `insert into form_record (county_id, id, operation_id, visit_id, resident_id, organization_id, org_path, form, form_edition,
         occurred_on, mode, status, answers, received_at, recorded_by)
       select county_id, $2, operation_id, visit_id, resident_id, organization_id, org_path, form, '2099', occurred_on, mode, status,
         answers::jsonb || '{"plan":"新版写下的","reader":"2","lines":[{"a":1}]}' || $3::jsonb, received_at, recorded_by
       from form_record where resident_id = $1 and form = 'encounter-note' and superseded_by is null limit 1`,
      [residentId, recordId, JSON.stringify(typed)],
    );
    const exported = async () => {
      const path = `/api/residents/${residentId}/forms/encounter-note/export?format=json&purpose=care`;
      const { records } = (await doctor.call('GET', path)).body;
      return records.find((one: { recordId: string }) => one.recordId === recordId);
    };
    const valuesOf = (record: { items: { id: string; label: string; value: unknown }[] }) =>
      Object.fromEntries(record.items.map(({ id, label, value }) => [id, [label, value]]));
    const bare = await exported();
    expect(bare.title).toContain('没有这一版的表样');
    expect(valuesOf(bare)).toMatchObject({
      plan: ['处置计划（plan）', '新版写下的'],
      reader: ['reader', '2'],
      lines: ['lines', '[{"a":1}]'],
    });
    const sheet = await doctor.call('GET', `/api/records/${recordId}/export?format=xlsx&purpose=care`);
    expect(sheet.status).toBe(200);
    expect((await doctor.call('GET', '/api/forms/encounter-note/2099')).status).toBe(404);

    const known = formEdition('encounter-note', '2017');
    const [group] = known?.groups ?? [];
    const reader = { kind: 'code', id: 'reader', label: '谁看过', required: 'optional' };
    const options = [{ code: '2', label: '乡镇医生' }];
    const free = { kind: 'text', required: 'optional', maxLength: 60 };
    const asked = [
      { ...free, id: 'landline', label: '家庭固定电话' },
      { ...free, id: 'helper', label: '帮手怎么找', privacy: 'contact-phone' },
      { ...free, id: 'card', label: '凭证' },
      { ...free, id: 'hall', label: '办事大厅电话', privacy: 'institution' },
      { kind: 'integer', required: 'optional', hard: {}, id: 'digits', label: '子女电话' },
      { kind: 'integer', required: 'optional', hard: {}, id: 'amount', label: '数量' },
    ];
    const newer = {
      ...known,
      edition: '2099',
      groups: [{ ...group, fields: [...(group?.fields ?? []), { ...reader, options }, ...asked] }],
    };
    await server.look(
      `insert into definition (county_id, kind, key, edition, digest, title, engine, content, published_at)
       values ('999999', 'form', 'encounter-note', '2099', $1, '接诊记录表', 1, $2, now())`,
      ['a'.repeat(64), JSON.stringify(newer)],
    );
    identityFieldsChanged('999999');
    // Masked by what the field says, where it says nothing by its label, and any number of a person wherever it stands.
    const masked = {
      landline: '057****3210',
      helper: '*******',
      card: `${idNo.slice(0, 6)}********${idNo.slice(-4)}`,
      remark: '请打 138****8000',
      hall: typed.hall,
      digits: '865****3211',
      amount: 13,
    };
    expect((await doctor.call('GET', `/api/records/${recordId}`)).body.answers).toMatchObject(masked);
    const whole = await exported();
    expect(whole.title).not.toContain('没有这一版');
    // A file for whoever supervises needs no numbers; one for the person themselves has them.
    const path = `/api/records/${recordId}/export?format=json&purpose=`;
    const [supervised, forPerson] = await Promise.all(
      ['supervision', 'resident-request'].map((purpose) => doctor.call('GET', `${path}${purpose}`)),
    );
    expect(JSON.stringify(supervised?.body)).toContain('"text":"057****3210"');
    expect(JSON.stringify(supervised?.body)).toContain('"text":"865****3211"');
    expect(JSON.stringify(supervised?.body)).not.toContain('86543210');
    expect(JSON.stringify(forPerson?.body)).toContain('0571-86543210');
    expect(whole.items.find((one: { id: string }) => one.id === 'reader')).toMatchObject({ label: '谁看过' });
    expect((await doctor.call('GET', '/api/forms/encounter-note/2099')).body.edition).toBe('2099');
  });
});

describe('an edition the county published under a name of the program', () => {
  it('is the one sheets of that name are filed, read and masked by, as on phones; the program’s own again once it is gone', async () => {
    const known = formEdition('encounter-note', '2017');
    const kin = { kind: 'text', id: 'kin', label: '家属电话', required: 'always', maxLength: 40 };
    const ofCounty = {
      ...known,
      title: '本县接诊记录表',
      groups: known?.groups.map((group, at) =>
        at === 0 ? { ...group, fields: [...group.fields, kin] } : group,
      ),
    };
    await server.look(
      `insert into definition (county_id, kind, key, edition, digest, title, engine, content, published_at, origin)
       values ('999999', 'form', 'encounter-note', '2017', $1, '本县接诊记录表', 1, $2, now(), 'county')`,
      ['b'.repeat(64), JSON.stringify(ofCounty)],
    );
    identityFieldsChanged('999999');
    expect((await doctor.call('GET', '/api/forms/encounter-note/2017')).body.title).toBe('本县接诊记录表');
    const refused = await file(doctor, {});
    expect(refused.body.issues).toMatchObject([{ path: 'kin', code: 'missing' }]);
    const recordId = uuidv7();
    const filed = await file(doctor, { recordId, answers: { ...note, kin: '057186543210' } });
    expect(filed.status, JSON.stringify(filed.body)).toBe(200);
    const read = await doctor.call('GET', `/api/records/${recordId}`);
    expect(read.body.answers.kin).toBe('057****3210');
    await server.look(`update definition set retired_at = now() where digest = $1`, ['b'.repeat(64)]);
    expect((await doctor.call('GET', '/api/forms/encounter-note/2017')).body.title).toBe(known?.title);
    expect((await file(doctor, {})).status).toBe(200);
  });

  it('stands in the list of editions once, with the day it counts from, and none is listed of an unknown form', async () => {
    const items = async (form: string) => (await doctor.call('GET', `/api/forms/${form}`)).body.items;
    const publish = (edition: string, from: string | null, engine: number, digest: string) =>
      server.look(
        `insert into definition (county_id, kind, key, edition, digest, title, in_force_from, engine, content, published_at, origin)
         values ('999999', 'form', 'consultation', $1, $2, '会诊记录表', $3, $4, $5, now(), 'county')`,
        [
          edition,
          digest.repeat(64),
          from,
          engine,
          JSON.stringify({ ...formEdition('consultation', '2017'), edition }),
        ],
      );
    expect(await items('consultation')).toEqual([{ edition: '2017', from: null, engine: 1 }]);
    await publish('2017', '2017-02-01', 1, 'c');
    await publish('2026', '2026-12-01', 1, 'd');
    await publish('2099', '2026-01-01', 99, 'e');
    expect(await items('consultation')).toEqual([
      { edition: '2017', from: '2017-02-01', engine: 1 },
      { edition: '2026', from: '2026-12-01', engine: 1 },
    ]);
    expect(await items('no-such-form')).toEqual([]);
    await server.look(`update definition set retired_at = now() where key = 'consultation'`);
  });
});

describe('every form of a resident’s record', () => {
  it.each(recordForms.map((one) => [one.title, one] as const))(
    '%s is filled, read, corrected and exported; partial days and newer codes stay as they are',
    async (_, { form }) => {
      const edition = allFormEditions.find((one) => one.form === form);
      if (!edition) throw new Error(form);
      const name = edition.edition;
      const [woman] = await server.look<{ id: string }>(
        `select id from resident where org_path = '/999999/100/201/' and status = 'active' and sex = '2'
         and birth_date < '1960-01-01' order by id limit 1`,
      );
      const isCheckup = form === 'annual-checkup';
      const path = `/api/residents/${woman?.id}/${isCheckup ? 'checkups' : 'records'}`;
      const answers = { ...fillSheet(edition, 'first'), fromNewerClient: { level: 3 } };
      const send = async (body: Record<string, unknown>) => {
        const kind = isCheckup ? { decisions: [] } : { form, formEdition: name };
        const all = { operationId: uuidv7(), ...kind, answers, confirmed: [], ...body };
        const once = await doctor.call('POST', path, all);
        const open = (once.body.issues ?? []) as { path: string }[];
        // What the rules conclude of a checkup the doctor takes over.
        if (isCheckup && open.every((one) => one.path.startsWith('conclusion.')) && open.length > 0)
          return doctor.call('POST', path, {
            ...all,
            operationId: uuidv7(),
            decisions: open.map((one) => ({ code: one.path.slice(11), decision: 'accepted' })),
          });
        // What a doctor would confirm after looking again.
        return once.body.code === 'needs-confirmation'
          ? doctor.call('POST', path, {
              ...all,
              operationId: uuidv7(),
              confirmed: once.body.issues.map((issue: { code: string }) => issue.code),
            })
          : once;
      };
      const recordId = uuidv7();
      const filed = await send({ recordId });
      expect(filed.status, JSON.stringify(filed.body)).toBe(200);
      const shown = await doctor.call('GET', `/api/records/${recordId}`);
      expect(shown.body.answers.fromNewerClient).toEqual({ level: 3 });
      for (const field of fieldsOf(edition))
        if (field.kind === 'partial-date' && shown.body.answers[field.id] !== undefined)
          expect(shown.body.answers[field.id], field.id).toBe('2019');
      const corrected = uuidv7();
      const again = await send({ recordId: corrected, supersedesId: recordId, reason: '核对纸质表' });
      expect(again.status, JSON.stringify(again.body)).toBe(200);
      expect((await doctor.call('GET', `/api/records/${corrected}`)).body.answers).toEqual(
        shown.body.answers,
      );
      const load = async (suffix: string) => {
        const reply = await fetch(server.url + suffix, { headers: { cookie: doctor.cookie } });
        expect(reply.status, suffix).toBe(200);
        return Buffer.from(await reply.arrayBuffer());
      };
      const { records } = JSON.parse(
        String(await load(`/api/records/${corrected}/export?format=json&purpose=care`)),
      );
      const [exported] = records;
      expect(JSON.stringify(exported)).toContain('fromNewerClient');
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(
        (await load(`/api/records/${corrected}/export?purpose=care`)) as unknown as ArrayBuffer,
      );
      expect(workbook.worksheets[0]?.rowCount).toBeGreaterThan(1);
      const questionnaire = JSON.parse(String(await load(`/api/forms/${form}/${name}/questionnaire`)));
      expect(questionnaire.title).toContain(edition.title);
    },
  );
});
