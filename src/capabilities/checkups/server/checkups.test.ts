import ExcelJS from 'exceljs';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ordinaryDraw, stationAnswers } from '#apps/demo-county/checkup-answers.ts';
import { idNoOf } from '#test/support/sample-person.ts';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';

let server: TestServer;
let centre: TestClient;
let doctor: TestClient;
let neighbour: TestClient;
let bureau: TestClient;
interface Person {
  id: string;
  id_no: string;
  birth_date: string;
  name: string;
}
let people: Person[];

beforeAll(async () => {
  server = await startTestServer({ residents: 3000 });
  [centre, doctor, neighbour, bureau] = (await Promise.all(
    ['township', 'village', 'village2', 'bureau'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient, TestClient];
  people = await server.look<Person>(
    `select r.id, r.id_no, r.birth_date::text, r.name from resident r
     where r.org_path = '/999999/100/201/' and r.status = 'active' and r.birth_date < '1958-01-01'
       and not exists (select 1 from enrollment e where e.resident_id = r.id)
       and not exists (select 1 from form_record f where f.resident_id = r.id and f.form = 'annual-checkup')
     order by r.id limit 40`,
  );
});
afterAll(() => server.stop());

const person = (index: number): Person => {
  const found = people[index];
  if (!found) throw new Error('too few people in the village');
  return found;
};

async function openDay(client = centre): Promise<string> {
  const examDayId = uuidv7();
  const reply = await client.call('POST', '/api/exam-days', {
    operationId: uuidv7(),
    examDayId,
    name: '老年人体检',
    place: '卫生院',
    heldOn: '2026-11-24',
  });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return examDayId;
}
const add = (day: string, lines: string[], client = centre, operationId = uuidv7()) =>
  client.call('POST', `/api/exam-days/${day}/people`, { operationId, lines });
const save = (
  day: string,
  residentId: string,
  station: keyof ReturnType<typeof stationAnswers>,
  answers: object,
  more: { client?: TestClient; seenSeq?: number; confirmed?: string[]; operationId?: string } = {},
) =>
  (more.client ?? centre).call('POST', `/api/exam-days/${day}/people/${residentId}/sections`, {
    operationId: more.operationId ?? uuidv7(),
    station,
    seenSeq: more.seenSeq ?? 99,
    answers,
    confirmed: more.confirmed ?? [],
  });
const open = (day: string, residentId: string, client = centre) =>
  client.call('GET', `/api/exam-days/${day}/people/${residentId}`);

async function fillAll(day: string, residentId: string, draw = ordinaryDraw) {
  const parts = stationAnswers(draw);
  const replies = await Promise.all(
    (Object.keys(parts) as (keyof typeof parts)[]).map((station) =>
      save(day, residentId, station, parts[station]),
    ),
  );
  for (const reply of replies) expect(reply.status, JSON.stringify(reply.body)).toBe(200);
}
const finish = (day: string, residentId: string, more: object = {}, client = centre) =>
  client.call('POST', `/api/exam-days/${day}/people/${residentId}/finish`, {
    operationId: uuidv7(),
    recordId: uuidv7(),
    answers: { evaluation: '1' },
    decisions: [],
    ...more,
  });

describe('the list of an exam day', () => {
  it('answers every line: added, already there, unknown, elsewhere, closed, unreadable', async () => {
    const day = await openDay();
    const [dead] = await server.look<Person>(
      `select id, id_no from resident where org_path = '/999999/100/201/' and status = 'dead' limit 1`,
    );
    const [away] = await server.look<Person>(
      `select id, id_no from resident where org_path like '/999999/101/%' and status = 'active' limit 1`,
    );
    const nobody = idNoOf('99999919510101999');
    const lines = [
      person(0).id_no,
      `${person(1).name},${person(1).id_no}`,
      person(0).id_no,
      nobody,
      dead?.id_no ?? '',
      away?.id_no ?? '',
      '张三 不知道',
      '',
      '6.40106E+17',
    ];
    const operationId = uuidv7();
    const reply = await add(day, lines, centre, operationId);
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    expect(reply.body.items.map((one: { state: string }) => one.state)).toEqual([
      'added',
      'added',
      'repeated',
      'unknown',
      'closed',
      'elsewhere',
      'invalid',
      'invalid',
    ]);
    expect(reply.body.items.every((one: { message: string }) => /[一-龥]/.test(one.message))).toBe(true);
    expect(reply.body.items[3]).toMatchObject({ idNo: nobody });
    expect((await add(day, lines, centre, operationId)).body).toEqual(reply.body);
    const again = await add(day, [person(0).id_no]);
    expect(again.body.items[0]).toMatchObject({ state: 'already', number: 1 });
    expect((await centre.call('GET', `/api/exam-days/${day}/people`)).body.items).toHaveLength(2);
  });

  it('is refused to who may not, and not shown beyond its township', async () => {
    const day = await openDay();
    expect((await server.anonymous.call('GET', `/api/exam-days/${day}`)).status).toBe(401);
    expect((await add(day, [person(0).id_no], bureau)).status).toBe(403);
    await add(day, [person(0).id_no]);
    expect((await open(day, person(0).id, doctor)).status).toBe(200);
    expect((await open(day, person(0).id, neighbour)).status).toBe(404);
    expect((await save(day, person(0).id, 'vitals', { pulse: 70 }, { client: neighbour })).status).toBe(404);
    const past = await centre.call('POST', '/api/exam-days', {
      operationId: uuidv7(),
      examDayId: uuidv7(),
      name: '旧',
      place: '',
      heldOn: '2025-01-01',
    });
    expect(past.status).toBe(422);
  });
});

describe('the stations', () => {
  it('save parts of one person at the same moment and lose nothing', async () => {
    const day = await openDay();
    await add(day, [person(2).id_no]);
    await fillAll(day, person(2).id);
    const held = await open(day, person(2).id);
    const parts = stationAnswers(ordinaryDraw);
    for (const part of Object.values(parts)) expect(held.body.answers).toMatchObject(part);
    expect(held.body.person.progress.every((one: { missing: string[] }) => one.missing.length === 0)).toBe(
      true,
    );
    expect(held.body.seq).toBe(5);
  });

  it('enter only their own items, plausible ones, once', async () => {
    const day = await openDay();
    await add(day, [person(3).id_no]);
    const foreign = await save(day, person(3).id, 'vitals', { fpg: 5 });
    expect(foreign.body.issues[0]).toMatchObject({ path: 'fpg', code: 'not-of-station' });
    expect((await save(day, person(3).id, 'vitals', { pulse: 900 })).status).toBe(422);
    const odd = await save(day, person(3).id, 'vitals', { pulse: 160 });
    expect(odd.body.code).toBe('needs-confirmation');
    expect(
      (await save(day, person(3).id, 'vitals', { pulse: 160 }, { confirmed: ['pulse:unusual'] })).status,
    ).toBe(200);
    expect((await save(day, person(3).id, 'vitals', { nonsense: 1 })).status).toBe(422);
    const operationId = uuidv7();
    const first = await save(day, person(3).id, 'ecg', { ecg: '1' }, { operationId });
    expect((await save(day, person(3).id, 'ecg', { ecg: '1' }, { operationId })).body).toEqual(first.body);
    expect((await open(day, person(3).id)).body.seq).toBe(2);
  });

  it('ask before writing over what somebody else has just changed', async () => {
    const day = await openDay();
    await add(day, [person(4).id_no]);
    await save(day, person(4).id, 'vitals', { weight: 60 }, { client: doctor, seenSeq: 0 });
    const stale = await save(day, person(4).id, 'vitals', { weight: 61, height: 160 }, { seenSeq: 0 });
    expect(stale.body).toMatchObject({
      code: 'needs-confirmation',
      issues: [{ path: 'weight', code: 'overtaken' }],
    });
    const sure = await save(
      day,
      person(4).id,
      'vitals',
      { weight: 61, height: 160 },
      { seenSeq: 0, confirmed: ['weight:overtaken'] },
    );
    expect(sure.status).toBe(200);
    expect((await open(day, person(4).id)).body.answers).toMatchObject({ weight: 61, height: 160 });
    expect((await save(day, person(4).id, 'vitals', { weight: null })).status).toBe(200);
    expect((await open(day, person(4).id)).body.answers.weight).toBeUndefined();
  });

  it('find the next person by number, barcode or identity number', async () => {
    const day = await openDay();
    await add(day, [person(5).id_no, person(6).id_no]);
    const list = (await centre.call('GET', `/api/exam-days/${day}/people?station=ecg`)).body.items;
    expect(list).toHaveLength(2);
    const find = (text: string) => centre.call('POST', `/api/exam-days/${day}/find`, { text });
    for (const text of ['2', list[1].barcode, list[1].barcode.toLowerCase(), person(6).id_no])
      expect((await find(text)).body.residentId, text).toBe(person(6).id);
    expect((await find('77')).status).toBe(404);
    await save(day, person(5).id, 'ecg', { ecg: '1' });
    const rest = (await centre.call('GET', `/api/exam-days/${day}/people?station=ecg`)).body.items;
    expect(rest.map((one: { number: number }) => one.number)).toEqual([2]);
  });

  it('take laboratory results by barcode from a workbook, row by row, once', async () => {
    const day = await openDay();
    await add(day, [person(7).id_no, person(8).id_no]);
    const list = (await centre.call('GET', `/api/exam-days/${day}/people`)).body.items;
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('结果');
    sheet.addRow(['条码', '血红蛋白(g/L)', 'GLU', '尿蛋白', '血型']);
    sheet.addRow([list[0].barcode, '138', '5.4', '-', 'A']);
    sheet.addRow([list[1].barcode, '9.9↑', '12.1↑', '+', 'B']);
    sheet.addRow(['NO-SUCH', '130', '5', '-', 'O']);
    sheet.addRow([list[1].barcode, '溶血', '5', '-', 'O']);
    const bytes = new Uint8Array((await workbook.xlsx.writeBuffer()) as ArrayBuffer);
    const operationId = uuidv7();
    const send = () =>
      centre.call('POST', `/api/exam-days/${day}/laboratory-file?operationId=${operationId}`, bytes);
    const reply = await send();
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    expect(reply.body.rows.map((one: { saved: boolean }) => one.saved)).toEqual([true, false, false, false]);
    expect(reply.body.rows[3].message).toContain('读不出来');
    expect((await send()).body).toEqual(reply.body);
    expect((await open(day, person(7).id)).body.answers).toMatchObject({ hb: 138, fpg: 5.4, uProtein: '-' });
    const importing = async (...rows: string[][]) => {
      const book = new ExcelJS.Workbook();
      book.addWorksheet('结果').addRows(rows);
      const content = new Uint8Array((await book.xlsx.writeBuffer()) as ArrayBuffer);
      const path = `/api/exam-days/${day}/laboratory-file?operationId=${uuidv7()}`;
      return centre.call('POST', path, content);
    };
    // The laboratory's own running number stands left of the barcode, and its names are held against ours.
    const [first, second] = list as { barcode: string; name: string }[];
    const named = await importing(
      ['编号', '姓名', '条码', 'GLU'],
      ['2', first?.name ?? '', first?.barcode ?? '', '6.1'],
      ['1', first?.name ?? '', second?.barcode ?? '', '15'],
    );
    expect(named.body.rows.map((one: { saved: boolean }) => one.saved)).toEqual([true, false]);
    expect(named.body.rows[1].message).toContain(second?.name);
    expect((await open(day, person(7).id)).body.answers).toMatchObject({ fpg: 6.1 });
    const numbered = await importing(['标本号', 'GLU'], ['2', '15']);
    expect(numbered.body).toMatchObject({ saved: 0, rows: [{ saved: false }] });
    const otherUnit = await importing(['条码', 'GLU(mg/dL)'], [first?.barcode ?? '', '110']);
    expect(otherUnit).toMatchObject({ status: 415 });
    expect(otherUnit.body.detail).toContain('mg/dL');
    const long = Array.from({ length: 1000 }, (_, row) => [`NO-${row}`, '5']);
    expect(await importing(['条码', 'GLU'], ...long)).toMatchObject({ status: 415 });
    const junk = await centre.call(
      'POST',
      `/api/exam-days/${day}/laboratory-file?operationId=${uuidv7()}`,
      new Uint8Array(20),
    );
    expect(junk.status).toBe(415);
  });
});

describe('finishing a person', () => {
  it('refuses while items are open, then files the sheet with readings, verdicts and the year’s list', async () => {
    const day = await openDay();
    const who = person(9);
    await add(day, [who.id_no]);
    const early = await finish(day, who.id);
    expect(early.body.code).toBe('invalid-input');
    expect(early.body.issues.length).toBeGreaterThan(20);
    await fillAll(day, who.id);
    const before = await centre.call('GET', '/api/checkup-years/2026/people?limit=100');
    expect(before.status).toBe(200);
    const year = await centre.call('GET', '/api/checkup-years/2026');
    const done = await finish(day, who.id);
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    const after = await centre.call('GET', '/api/checkup-years/2026');
    expect(after.body.done).toBe(year.body.done + 1);
    expect(after.body.due).toBe(year.body.due);
    const kinds = await server.look<{ kind: string }>(
      'select kind from measurement where record_id = $1 order by kind',
      [done.body.recordId],
    );
    expect(kinds.map((one) => one.kind)).toEqual(expect.arrayContaining(['sbp', 'fasting-glucose', 'bmi']));
    const verdicts = await server.look<{ rule_id: string; outcome: string }>(
      'select rule_id, outcome from verdict where record_id = $1',
      [done.body.recordId],
    );
    expect(verdicts).toContainEqual({ rule_id: 'CHK-02', outcome: 'unremarkable' });
    expect((await save(day, who.id, 'ecg', { ecg: '1' })).body.code).toBe('record-closed');
    expect((await finish(day, who.id)).body.code).toBe('already-exists');
  });

  it('asks for an answer to each abnormal conclusion, opens tasks and the course of a suspected disease', async () => {
    const day = await openDay();
    const who = person(10);
    await add(day, [who.id_no]);
    await fillAll(day, who.id, { ...ordinaryDraw, sbp: 152, dbp: 94, fpg: 7.4 });
    const silent = await finish(day, who.id);
    expect(silent.body.issues.map((one: { path: string }) => one.path)).toEqual([
      'conclusion.pressure-raised',
      'conclusion.glucose-raised',
    ]);
    const decided = {
      answers: { evaluation: '2', abnormal1: '血压升高', guidance: ['2'] },
      decisions: [
        { code: 'pressure-raised', decision: 'accepted' },
        { code: 'glucose-raised', decision: 'declined', reason: '餐后采血' },
      ],
    };
    const done = await finish(day, who.id, decided);
    expect(done.body, JSON.stringify(done.body)).toMatchObject({ tasks: 1 });
    const outcome = await centre.call('GET', `/api/checkups/${done.body.recordId}`);
    expect(outcome.body.tasks[0]).toMatchObject({ kind: 'suspect', dueOn: '2026-12-22' });
    expect(outcome.body.decisions).toHaveLength(2);
    const episodes = await server.look<{ condition: string; state: string }>(
      'select condition, state from condition_episode where resident_id = $1',
      [who.id],
    );
    expect(episodes).toEqual([{ condition: 'hypertension', state: 'suspected' }]);
    const tasks = await doctor.call('GET', '/api/checkup-tasks');
    const mine = tasks.body.items.find((one: { residentId: string }) => one.residentId === who.id);
    expect(mine).toBeDefined();
    const close = (note: string, client = doctor) =>
      client.call('POST', `/api/checkup-tasks/${mine.id}/close`, { operationId: uuidv7(), note });
    expect((await close('', doctor)).status).toBe(422);
    expect((await close('已复测', neighbour)).status).toBe(404);
    expect((await close('三日复测正常')).status).toBe(200);
    expect((await close('再办一次')).status).toBe(404);
  });

  it('takes back the suspicion of a mistyped value when the sheet is corrected, and only that one', async () => {
    const sheetOf = (draw: object) => ({
      checkDate: '2026-11-24',
      responsibleDoctor: '王守义',
      ...Object.assign({}, ...Object.values(stationAnswers({ ...ordinaryDraw, ...draw }))),
    });
    const file = (residentId: string, draw: object, more: object) =>
      doctor.call('POST', `/api/residents/${residentId}/checkups`, {
        operationId: uuidv7(),
        recordId: uuidv7(),
        answers: { ...sheetOf(draw), evaluation: '2', abnormal1: '血压升高', guidance: ['2'] },
        decisions: [{ code: 'pressure-raised', decision: 'accepted' }],
        ...more,
      });
    const correct = (residentId: string, supersedesId: string, draw: object, more: object) =>
      file(residentId, draw, { supersedesId, reason: '血压抄错一位', ...more });
    const clean = { answers: { ...sheetOf({}), evaluation: '1' }, decisions: [] };
    const coursesOf = (residentId: string) =>
      server.look('select condition, state from condition_episode where resident_id = $1', [residentId]);
    const who = person(11);
    const wrong = await file(who.id, { sbp: 158, dbp: 96 }, {});
    expect(await coursesOf(who.id), JSON.stringify(wrong.body)).toEqual([
      { condition: 'hypertension', state: 'suspected' },
    ]);
    expect((await correct(who.id, wrong.body.recordId, {}, clean)).status).toBe(200);
    expect(await coursesOf(who.id)).toEqual([{ condition: 'hypertension', state: 'normal' }]);
    const course = await doctor.call('GET', `/api/residents/${who.id}/course`);
    expect(course.body.events[0].reason).toContain('体检表已更正（血压抄错一位）');

    const other = person(12);
    const first = await file(other.id, { sbp: 158, dbp: 96 }, {});
    await server.look(
      `insert into condition_event (county_id, id, episode_id, resident_id, org_path, from_state, to_state, on_day, reason,
         recorded_at, recorded_by)
       select county_id, $2, episode_id, resident_id, org_path, 'suspected', 'suspected', on_day, '门诊又测到',
         recorded_at + interval '1 minute', recorded_by from condition_event where resident_id = $1 limit 1`,
      [other.id, uuidv7()],
    );
    expect((await correct(other.id, first.body.recordId, {}, clean)).status).toBe(200);
    expect(await coursesOf(other.id)).toEqual([{ condition: 'hypertension', state: 'suspected' }]);
  });

  it('counts toward 规范管理 of a person with hypertension', async () => {
    const [who] = await server.look<{ id: string; id_no: string }>(
      `select r.id, r.id_no from resident r join management_year m on m.resident_id = r.id and m.year = 2026 and m.managed
       where r.org_path = '/999999/100/201/' and r.status = 'active' and m.standard_reasons::text like '%no-annual-checkup%'
         and not exists (select 1 from enrollment e where e.resident_id = r.id and e.program <> 'hypertension') limit 1`,
    );
    if (!who) throw new Error('the county has somebody without a checkup');
    const parts = stationAnswers(ordinaryDraw);
    const reply = await doctor.call('POST', `/api/residents/${who.id}/checkups`, {
      operationId: uuidv7(),
      recordId: uuidv7(),
      answers: {
        checkDate: '2026-11-24',
        responsibleDoctor: '王守义',
        ...Object.assign({}, ...Object.values(parts)),
        evaluation: '1',
      },
      decisions: [],
    });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    const [year] = await server.look<{ reasons: string }>(
      `select standard_reasons::text as reasons from management_year where resident_id = $1 and year = 2026`,
      [who.id],
    );
    expect(year?.reasons).not.toContain('no-annual-checkup');
    const list = await doctor.call('GET', `/api/residents/${who.id}/checkups`);
    expect(list.body.checkups[0].answers.bmi).toBeCloseTo(22, 0);
    expect((await neighbour.call('GET', `/api/residents/${who.id}/checkups`)).body.checkups).toEqual([]);
  });

  it('refuses a checkup of a person who died, but takes a paper one from before', async () => {
    const [dead] = await server.look<{ id: string; status_on: string }>(
      `select id, status_on::text from resident where org_path = '/999999/100/201/' and status = 'dead' limit 1`,
    );
    const answers = (checkDate: string) => ({
      checkDate,
      responsibleDoctor: '王守义',
      ...Object.assign({}, ...Object.values(stationAnswers(ordinaryDraw))),
      evaluation: '1',
    });
    const file = (checkDate: string) =>
      doctor.call('POST', `/api/residents/${dead?.id}/checkups`, {
        operationId: uuidv7(),
        recordId: uuidv7(),
        answers: answers(checkDate),
        decisions: [],
      });
    expect((await file('2026-11-24')).body.code).toBe('record-closed');
    expect((await file(dead?.status_on ?? '')).status).toBe(200);
    const late = await doctor.call('POST', `/api/residents/${dead?.id}/checkups`, {
      operationId: uuidv7(),
      recordId: uuidv7(),
      answers: {
        ...answers(dead?.status_on ?? ''),
        ...stationAnswers({ ...ordinaryDraw, sbp: 158, dbp: 96 }).vitals,
        evaluation: '2',
        abnormal1: '血压升高',
        guidance: ['2'],
      },
      decisions: [{ code: 'pressure-raised', decision: 'accepted' }],
    });
    expect(late.body, JSON.stringify(late.body)).toMatchObject({ tasks: 0 });
  });
});

describe('diseases a checkup found', () => {
  it('are put to a doctor and, confirmed, stand in the past history with month and source', async () => {
    const day = await openDay();
    const who = person(30);
    await add(day, [who.id_no]);
    await fillAll(day, who.id);
    const recordId = uuidv7();
    const answers = {
      evaluation: '1',
      probEye: ['4'],
      probHeart: ['2'],
      probNeuro: '2',
      probNeuroText: '帕金森病',
    };
    const filed = await finish(day, who.id, { recordId, answers });
    expect(filed.status, JSON.stringify(filed.body)).toBe(200);
    const path = `/api/checkups/${recordId}/history`;
    const shown = await centre.call('GET', path);
    expect(shown.body.proposals.map((one: { key: string }) => one.key)).toEqual([
      'probHeart:2',
      'probEye:4',
      'probNeuro:2',
    ]);
    const body = (more: object = {}) => ({
      operationId: uuidv7(),
      version: shown.body.version,
      keys: ['probHeart:2', 'probEye:4'],
      ...more,
    });
    for (const [client, status] of [
      [doctor, 403],
      [bureau, 403],
      [server.anonymous, 401],
    ] as const)
      expect((await client.call('POST', path, body())).status).toBe(status);
    expect((await neighbour.call('GET', path)).status).toBe(404);
    expect((await centre.call('POST', path, body({ keys: [] }))).status).toBe(422);
    expect((await centre.call('POST', path, body({ version: 99 }))).body.code).toBe('stale-version');
    const sent = body();
    const done = await centre.call('POST', path, sent);
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    expect(done.body).toMatchObject({ residentId: who.id, added: 2, version: shown.body.version + 1 });
    expect((await centre.call('POST', path, sent)).body).toEqual(done.body);
    const archive = await centre.call('GET', `/api/residents/${who.id}`);
    expect(archive.body.personalInformation.pastDiseases).toEqual(
      expect.arrayContaining([
        { code: '4', diagnosedYm: '2026-11', text: '心肌梗死（2026-11-24 健康体检）' },
        { code: '13', diagnosedYm: '2026-11', text: '白内障（2026-11-24 健康体检）' },
      ]),
    );
    expect(archive.body.personalInformation.pastDiseases).not.toContainEqual(
      expect.objectContaining({ code: '1' }),
    );
    const [version] = (await centre.call('GET', `/api/residents/${who.id}/personal-information/versions`))
      .body.items;
    expect(version.reason).toBe('据 2026-11-24 健康体检补记既往史：心肌梗死、白内障');
    expect((await centre.call('GET', path)).body.proposals).toMatchObject([{ key: 'probNeuro:2' }]);
    expect((await centre.call('POST', path, body({ version: done.body.version }))).body.code).toBe(
      'illegal-move',
    );
  });
});

describe('an exam day of 150', () => {
  it('is typed by four stations at once, and ends when nobody is left half done', async () => {
    const many = await server.look<Person>(
      `select id, id_no from resident where org_path like '/999999/100/%' and status = 'active'
         and birth_date < '1970-01-01' order by id limit 150`,
    );
    expect(many).toHaveLength(150);
    const day = await openDay();
    const added = await add(
      day,
      many.map((one) => one.id_no),
    );
    expect(added.body.added).toBe(150);
    const parts = stationAnswers(ordinaryDraw);
    const clients = [centre, await server.signIn('township'), centre, await server.signIn('township')];
    const milliseconds: number[] = [];
    await Promise.all(
      (['vitals', 'laboratory', 'ecg', 'ultrasound'] as const).map(async (station, index) => {
        // Each station starts elsewhere in the row, and all meet at some person sooner or later.
        const order = [...many.slice(index * 3), ...many.slice(0, index * 3)];
        for (const one of order) {
          const from = performance.now();
          const reply = await save(day, one.id, station, parts[station], {
            client: clients[index] ?? centre,
          });
          milliseconds.push(performance.now() - from);
          expect(reply.status, JSON.stringify(reply.body)).toBe(200);
        }
      }),
    );
    const { body } = await centre.call('GET', `/api/exam-days/${day}`);
    expect(body.visited).toEqual({ vitals: 150, laboratory: 150, ecg: 150, ultrasound: 150, doctor: 0 });
    const [sections] = await server.look<{ n: string; people: string }>(
      'select count(*) as n, count(distinct resident_id) as people from exam_section where exam_day_id = $1',
      [day],
    );
    expect(sections).toEqual({ n: '600', people: '150' });
    const last = await open(day, many[149]?.id ?? '');
    for (const station of ['vitals', 'laboratory', 'ecg', 'ultrasound'] as const)
      expect(last.body.answers).toMatchObject(parts[station]);
    milliseconds.sort((a, b) => a - b);
    expect(milliseconds[Math.floor(milliseconds.length * 0.95)]).toBeLessThan(1000);
    const close = await centre.call('POST', `/api/exam-days/${day}/close`, {
      operationId: uuidv7(),
      version: 1,
    });
    expect(close.body.issues[0].code).toBe('unfinished');
  }, 60_000);
});
