import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestClient, type TestServer } from '#test/support/server.ts';

let server: TestServer;
let village: TestClient;
let neighbour: TestClient;
let publicHealth: TestClient;
let doctor: TestClient;
let bureau: TestClient;
let township: { id: string };

beforeAll(async () => {
  server = await startTestServer({ residents: 3000 });
  [village, neighbour, publicHealth, doctor, bureau] = (await Promise.all(
    ['village', 'village2', 'publichealth', 'township', 'bureau'].map((name) => server.signIn(name)),
  )) as [TestClient, TestClient, TestClient, TestClient, TestClient];
  [township] = (await server.look<{ id: string }>(
    `select id from organization where path = '/999999/100/'`,
  )) as [{ id: string }];
});
afterAll(() => server.stop());

const wide = { condition: 'hypertension', ageFrom: 35, risks: [], notScreenedMonths: 12 };

async function prepare(target: Record<string, unknown> = wide, more: Record<string, unknown> = {}) {
  const body = {
    operationId: uuidv7(),
    campaignId: uuidv7(),
    organizationId: township.id,
    name: '35岁及以上居民血压筛查',
    target,
    startsOn: '2026-11-20',
    endsOn: '2026-12-20',
    ...more,
  };
  const reply = await publicHealth.call('POST', '/api/campaigns', body);
  return { body, reply };
}

async function previewed(campaignId: string) {
  await expect
    .poll(async () => (await publicHealth.call('GET', `/api/campaigns/${campaignId}`)).body.status, {
      timeout: 10_000,
    })
    .toBe('previewed');
  return (await publicHealth.call('GET', `/api/campaigns/${campaignId}`)).body;
}

/** People of the first village who are not managed, of an age. */
const unmanaged = (count: number, offset = 0) =>
  server.look<{ id: string; name: string; sex: string; age: number }>(
    `select r.id, r.name, r.sex, extract(year from age(date '2026-11-24', r.birth_date))::int as age from resident r
     where r.org_path = '/999999/100/201/' and r.status = 'active' and r.birth_date between '1960-01-01' and '1980-01-01'
       and not exists (select 1 from enrollment e where e.resident_id = r.id)
       and not exists (select 1 from condition_episode c where c.resident_id = r.id) order by r.id limit $1 offset $2`,
    [count, offset],
  );

const sheet = (person: { name: string; sex: string; age: number }, more: Record<string, unknown> = {}) => ({
  screenDate: '2026-11-24',
  name: person.name,
  gender: person.sex,
  age: person.age,
  place: '2',
  sbp: 118,
  dbp: 76,
  familyHypertension: '2',
  familyDiabetes: '2',
  highSalt: '2',
  heavyDrinking: '2',
  inactive: '2',
  staff: '王守义',
  ...more,
});

const screen = (
  client: TestClient,
  residentId: string,
  answers: Record<string, unknown>,
  more: Record<string, unknown> = {},
) =>
  client.call('POST', `/api/residents/${residentId}/screenings`, {
    operationId: uuidv7(),
    recordId: uuidv7(),
    form: 'community-screening',
    formEdition: '2026',
    answers,
    confirmed: ['sbp:unusual', 'dbp:unusual'],
    ...more,
  });

const courseOf = (residentId: string, condition: string) =>
  server.look<{ state: string; next_step: string; due_on: string; source: string }>(
    `select state, next_step, due_on::text, source from condition_episode where resident_id = $1 and condition = $2`,
    [residentId, condition],
  );

describe('a campaign', () => {
  it('is listed with reasons, looked at, started once, and worked by the village to an outcome for each person', async () => {
    const { body, reply } = await prepare();
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    const preview = await previewed(body.campaignId);
    expect(preview.counts.targets).toBeGreaterThan(100);
    expect(preview.job).toMatchObject({ status: 'done', counts: { targets: preview.counts.targets } });
    const sum = preview.children.reduce(
      (n: number, one: { counts: { targets: number } }) => n + one.counts.targets,
      0,
    );
    expect(sum).toBe(preview.counts.targets);
    const managed = await server.look(
      `select 1 from campaign_person p join enrollment e on e.resident_id = p.resident_id and e.closed_on is null
       and e.program = 'hypertension' where p.campaign_id = $1`,
      [body.campaignId],
    );
    expect(managed).toHaveLength(0);
    expect((await village.call('GET', `/api/campaigns/${body.campaignId}`)).status, 'not started').toBe(404);

    const start = { operationId: uuidv7() };
    const [first, twin] = await Promise.all([
      publicHealth.call('POST', `/api/campaigns/${body.campaignId}/start`, start),
      publicHealth.call('POST', `/api/campaigns/${body.campaignId}/start`, start),
    ]);
    expect(first.body).toEqual({ campaignId: body.campaignId, targets: preview.counts.targets });
    expect(twin.body).toEqual(first.body);
    const again = await publicHealth.call('POST', `/api/campaigns/${body.campaignId}/start`, {
      operationId: uuidv7(),
    });
    expect(again.body.code).toBe('illegal-move');

    const people = await village.call(
      'GET',
      `/api/campaigns/${body.campaignId}/people?outcome=open&limit=200`,
    );
    expect(people.status).toBe(200);
    expect(people.body.items[0].phone).toMatch(/^199\*{4}\d{4}$/);
    const printed = (client: TestClient) =>
      client.call('GET', `/api/campaigns/${body.campaignId}/people/printed?outcome=open&limit=1`);
    const [onPaper] = (await printed(village)).body.items;
    expect(onPaper.phone).toMatch(/^199\d{8}$/);
    const [noted] = await server.look(
      "select detail from audit_entry where action = 'resident.reveal' and resident_id = $1",
      [onPaper.residentId],
    );
    expect(noted).toEqual({ detail: { purpose: 'print', fields: ['currentAddress', 'phone'] } });
    expect((await printed(await server.signIn('bureau'))).status).toBe(403);
    const mine = preview.children.find(
      (one: { name: string }) => one.name === people.body.items[0].organizationName,
    );
    expect(people.body.items.length).toBe(Math.min(200, mine.counts.targets));
    expect(people.body.items[0].reasons[0].text).toMatch(/^\d+ 岁。$/);
    const [high, absent, normal] = people.body.items;

    const found = await screen(
      village,
      high.residentId,
      sheet({ name: high.name, sex: high.sex, age: high.ageYears }, { sbp: 168, dbp: 102 }),
      { campaignId: body.campaignId },
    );
    expect(found.body, JSON.stringify(found.body)).toMatchObject({ campaignOutcome: 'suspected' });
    expect((await courseOf(high.residentId, 'hypertension'))[0]).toMatchObject({
      state: 'suspected',
      due_on: '2026-12-22',
      source: 'campaign',
    });
    const fine = await screen(
      village,
      normal.residentId,
      sheet({ name: normal.name, sex: normal.sex, age: normal.ageYears }),
      { campaignId: body.campaignId },
    );
    expect(fine.status).toBe(200);
    expect(fine.body.campaignOutcome).toBe(normal.ageYears >= 55 ? 'high-risk' : 'normal');

    const attempt = (day: string, outcome = 'absent') =>
      village.call('POST', `/api/campaigns/${body.campaignId}/people/${absent.residentId}/attempts`, {
        operationId: uuidv7(),
        attemptId: uuidv7(),
        outcome,
        onDay: day,
      });
    expect((await attempt('2026-11-22')).body).toEqual({ outcome: 'absent', attempts: 1 });
    expect((await attempt('2026-11-23')).body).toEqual({ outcome: 'absent', attempts: 2 });
    expect((await attempt('2026-11-19')).status, 'before the campaign').toBe(422);
    expect((await attempt('2026-11-25')).status, 'in the future').toBe(422);
    expect((await attempt('2026-11-24', 'refused')).body).toEqual({ outcome: 'refused', attempts: 3 });

    const after = (await publicHealth.call('GET', `/api/campaigns/${body.campaignId}`)).body.counts;
    expect(after.suspected + after.highRisk + after.normal + after.refused).toBe(3);
    expect(after.open).toBe(preview.counts.targets - 3);
    const suspects = await publicHealth.call(
      'GET',
      `/api/campaigns/${body.campaignId}/people?outcome=suspected`,
    );
    expect(suspects.body.items.map((one: { residentId: string }) => one.residentId)).toEqual([
      high.residentId,
    ]);

    expect(
      (
        await neighbour.call(
          'POST',
          `/api/campaigns/${body.campaignId}/people/${absent.residentId}/attempts`,
          { operationId: uuidv7(), attemptId: uuidv7(), outcome: 'absent', onDay: '2026-11-24' },
        )
      ).status,
    ).toBe(404);
    const end = await publicHealth.call('POST', `/api/campaigns/${body.campaignId}/end`, {
      operationId: uuidv7(),
      to: 'finished',
    });
    expect(end.status).toBe(200);
    expect((await attempt('2026-11-24')).body.code).toBe('illegal-move');
  });

  it('over no one is refused, and so are bad ages, days, places and roles', async () => {
    const { body } = await prepare({ ...wide, ageFrom: 109, ageTo: 110 });
    await previewed(body.campaignId);
    const start = await publicHealth.call('POST', `/api/campaigns/${body.campaignId}/start`, {
      operationId: uuidv7(),
    });
    expect(start.body.code).toBe('empty-campaign');
    expect(start.body.title).toMatch(/[一-龥]/);
    expect((await prepare({ ...wide, ageFrom: 60, ageTo: 50 })).reply.status).toBe(422);
    expect((await prepare({ ...wide, ageFrom: 17 })).reply.status).toBe(422);
    expect((await prepare(wide, { startsOn: '2026-12-21' })).reply.status).toBe(422);
    const [other] = await server.look<{ id: string }>(
      `select id from organization where path = '/999999/101/'`,
    );
    expect((await prepare(wide, { organizationId: other?.id })).reply.status).toBe(404);
    for (const [client, status] of [
      [village, 403],
      [bureau, 403],
      [server.anonymous, 401],
    ] as const)
      expect((await client.call('POST', '/api/campaigns', body)).status).toBe(status);
  });

  it('picks people by risk factors and gives each the reason', async () => {
    const { body } = await prepare({ ...wide, risks: ['family'], sex: '2', ageTo: 60 });
    const preview = await previewed(body.campaignId);
    const people = await publicHealth.call('GET', `/api/campaigns/${body.campaignId}/people?limit=200`);
    expect(preview.counts.targets).toBeGreaterThan(0);
    for (const person of people.body.items) {
      expect(person.sex).toBe('2');
      expect(person.ageYears).toBeGreaterThanOrEqual(35);
      expect(person.ageYears).toBeLessThanOrEqual(60);
      expect(person.reasons.map((one: { code: string }) => one.code)).toContain('family');
    }
  });
});

describe('a screening sheet', () => {
  it('keeps readings and verdicts, and its score with the advice', async () => {
    const [person] = await unmanaged(1);
    if (!person) throw new Error('somebody unmanaged');
    const body = { operationId: uuidv7(), recordId: uuidv7() };
    const first = await screen(village, person.id, sheet(person, { sbp: 134, dbp: 84, fpg: 7.4 }), body);
    expect(first.status, JSON.stringify(first.body)).toBe(200);
    expect(
      (await screen(village, person.id, sheet(person, { sbp: 134, dbp: 84, fpg: 7.4 }), body)).body,
    ).toEqual(first.body);
    expect(first.body.findings).toMatchObject([
      { condition: 'hypertension', state: 'high-risk' },
      { condition: 'type-2-diabetes', state: 'suspected' },
    ]);
    const verdicts = await server.look<{ rule_id: string }>(
      `select rule_id from verdict where record_id = $1 order by rule_id`,
      [body.recordId],
    );
    expect(verdicts.map((one) => one.rule_id)).toEqual(['DM-01', 'DM-03', 'HTN-03', 'HTN-05']);
    expect((await courseOf(person.id, 'hypertension'))[0]).toMatchObject({
      state: 'high-risk',
      due_on: '2027-05-24',
    });
    expect((await courseOf(person.id, 'type-2-diabetes'))[0]).toMatchObject({
      state: 'suspected',
      due_on: '2026-12-22',
    });
    const events = await server.look(`select 1 from condition_event where resident_id = $1`, [person.id]);
    expect(events).toHaveLength(2);
  });

  it('does not lift a suspicion by one good value, and says when three days meet the definition', async () => {
    const [, person] = await unmanaged(2);
    if (!person) throw new Error('a second person');
    const on = (screenDate: string, sbp: number) =>
      screen(village, person.id, sheet(person, { screenDate, sbp, dbp: 84 }));
    await on('2026-11-10', 146);
    await on('2026-11-14', 128);
    expect((await courseOf(person.id, 'hypertension'))[0]).toMatchObject({ state: 'suspected' });
    await on('2026-11-18', 150);
    const third = await on('2026-11-22', 144);
    expect(third.body.findings[0]).toMatchObject({ state: 'diagnosable' });
    expect((await courseOf(person.id, 'hypertension'))[0]).toMatchObject({
      next_step: '已达到诊断标准，请医生确诊',
    });
  });

  it.each([
    [
      'copd-sq',
      '2013',
      {
        ageBand: '3',
        packYears: '3',
        bmiBand: '2',
        cough: '1',
        breathless: '2',
        biomass: '2',
        familyHistory: '2',
        assessDate: '2026-11-24',
      },
      'copd',
      'high-risk',
      'COPD-02',
      '19:positive',
    ],
    [
      'copd-ps',
      '2008',
      {
        ageBand: '2',
        breathless: '3',
        sputum: '1',
        lessActive: '2',
        smoked100: '2',
        assessDate: '2026-11-24',
      },
      'copd',
      'normal',
      'COPD-03',
      '4:negative',
    ],
    [
      'diabetes-risk-score',
      '2020',
      {
        assessDate: '2026-11-24',
        age: 45,
        sbp: 135,
        height: 170,
        weight: 72.3,
        waist: 88,
        familyHistory: '2',
        gender: '1',
      },
      'type-2-diabetes',
      'high-risk',
      'DM-02',
      '30:high',
    ],
    [
      'hypertension-high-risk',
      '2017',
      {
        assessDate: '2026-11-24',
        gender: '1',
        age: 45,
        highNormal: '2',
        overweight: '2',
        familyHistory: '1',
        highSalt: '9',
        heavyDrinking: '2',
        age55: '2',
        conclusion: '1',
        staff: '王守义',
      },
      'hypertension',
      'high-risk',
      'SCR-02',
      'high-risk',
    ],
    [
      'stroke-risk-8',
      '2015',
      {
        hypertension: '1',
        atrialFibrillation: '2',
        smoking: '1',
        dyslipidaemia: '3',
        diabetes: '2',
        inactive: '2',
        overweight: '2',
        familyHistory: '2',
        stroke: '2',
        tia: '2',
        assessDate: '2026-11-24',
        gender: '1',
        age: 50,
        staff: '王守义',
      },
      'stroke-unspecified',
      'high-risk',
      'STK-01',
      'high',
    ],
  ] as const)(
    '%s is scored by its rule when filed',
    async (form, formEdition, answers, condition, state, rule, outcome) => {
      const [person] = await unmanaged(1, 5);
      if (!person) throw new Error('somebody');
      const recordId = uuidv7();
      const reply = await screen(
        village,
        person.id,
        { ...answers, name: person.name },
        { form, formEdition, recordId, confirmed: [] },
      );
      expect(reply.status, JSON.stringify(reply.body)).toBe(200);
      expect(reply.body.findings).toMatchObject([{ condition, state }]);
      const kept = await server.look<{ rule_id: string; outcome: string }>(
        `select rule_id, outcome from verdict where record_id = $1`,
        [recordId],
      );
      expect(kept).toEqual([{ rule_id: rule, outcome }]);
    },
  );

  it('refuses another village, a role that does not treat, and a form that does not screen', async () => {
    const [person] = await unmanaged(1, 8);
    if (!person) throw new Error('somebody');
    expect((await screen(neighbour, person.id, sheet(person))).status).toBe(404);
    expect((await screen(bureau, person.id, sheet(person))).status).toBe(403);
    expect((await screen(server.anonymous, person.id, sheet(person))).status).toBe(401);
    expect(
      (await screen(village, person.id, {}, { form: 'encounter-note', formEdition: '2017' })).body.issues[0]
        .code,
    ).toBe('not-screening');
    expect((await screen(village, person.id, sheet(person, { sbp: undefined }))).status).toBe(422);
    expect((await screen(village, person.id, sheet(person), { campaignId: uuidv7() })).status).toBe(404);
    expect((await doctor.call('GET', `/api/residents/${person.id}/screening`)).body).toMatchObject({
      familyPrompt: null,
    });
  });

  it('stands in the register of first-visit pressures', async () => {
    const [person] = await unmanaged(1, 9);
    if (!person) throw new Error('somebody');
    const answers = {
      visitDate: '2026-11-24',
      name: person.name,
      gender: person.sex,
      age: person.age,
      idNo: '999999197001010017',
      phone: '19900000001',
      address: '王庄村1号',
      sbp: 142,
      dbp: 88,
      knownHtn: '2',
      conclusion: '3',
      action: '2',
      staff: '王守义',
    };
    const reply = await screen(village, person.id, answers, {
      form: 'first-visit-blood-pressure',
      formEdition: '2017',
    });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    expect((await courseOf(person.id, 'hypertension'))[0]).toMatchObject({
      state: 'suspected',
      source: 'first-visit',
    });
    const list = await village.call('GET', '/api/first-visit-pressures');
    expect(list.body.items[0]).toMatchObject({ residentId: person.id, sbp: 142, conclusion: '3' });
    expect((await neighbour.call('GET', '/api/first-visit-pressures')).body.items).toEqual([]);
  });
});

describe('from a suspicion to management', () => {
  const confirm = (client: TestClient, id: string, body: Record<string, unknown>) =>
    client.call('POST', `/api/episodes/${id}/confirm`, {
      operationId: uuidv7(),
      onDay: '2026-11-24',
      ...body,
    });

  async function suspect(offset: number, days: readonly (readonly [string, number])[]) {
    const [person] = await unmanaged(1, offset);
    if (!person) throw new Error('somebody');
    for (const [screenDate, sbp] of days)
      await screen(village, person.id, sheet(person, { screenDate, sbp, dbp: 86 }));
    const course = await village.call('GET', `/api/residents/${person.id}/course`);
    const episode = course.body.episodes.find(
      (one: { condition: string }) => one.condition === 'hypertension',
    );
    return { person, episode };
  }

  it('stands on the due list with step and date, is confirmed on three days, and enrolled within the days', async () => {
    const { person, episode } = await suspect(12, [['2026-10-20', 152]]);
    const late = await village.call('GET', '/api/episodes?state=suspected&due=overdue&limit=100');
    const line = late.body.items.find((one: { residentId: string }) => one.residentId === person.id);
    expect(line).toMatchObject({
      dueOn: '2026-11-17',
      overdueDays: 7,
      nextStep: '另选两个不同日复测血压，或测家庭、动态血压',
    });
    expect([null, expect.stringMatching(/\*/)]).toContainEqual(line.phone);
    expect(late.body.counts.overdue).toBe(late.body.items.length);

    const tooEarly = await confirm(doctor, episode.id, {
      version: episode.version,
      evidence: { kind: 'pressures' },
    });
    expect(tooEarly.body.code).toBe('no-evidence');
    expect(tooEarly.body.detail).toMatch(/复测/);
    for (const day of ['2026-11-12', '2026-11-18', '2026-11-23'])
      await screen(village, person.id, sheet(person, { screenDate: day, sbp: 148, dbp: 92 }));
    const now = (await village.call('GET', `/api/residents/${person.id}/course`)).body.episodes[0];
    expect(
      (await confirm(village, episode.id, { version: now.version, evidence: { kind: 'pressures' } })).status,
    ).toBe(403);
    expect(
      (await confirm(doctor, episode.id, { version: 1, evidence: { kind: 'pressures' } })).body.code,
    ).toBe('stale-version');
    expect(
      (
        await confirm(doctor, episode.id, {
          version: now.version,
          evidence: { kind: 'glucose', typicalSymptoms: true, occasions: [{ on: '2026-11-20', fpg: 9 }] },
        })
      ).body.code,
    ).toBe('no-evidence');
    const operationId = uuidv7();
    const done = await confirm(doctor, episode.id, {
      operationId,
      version: now.version,
      evidence: { kind: 'pressures' },
    });
    expect(done.body.episode, JSON.stringify(done.body)).toMatchObject({
      state: 'confirmed',
      dueOn: '2026-12-01',
    });
    expect(
      (
        await confirm(doctor, episode.id, {
          operationId,
          version: now.version,
          evidence: { kind: 'pressures' },
        })
      ).body,
    ).toEqual(done.body);
    const waiting = await doctor.call('GET', '/api/episodes?state=confirmed&limit=100');
    expect(waiting.body.items.map((one: { residentId: string }) => one.residentId)).toContain(person.id);
    const enrolled = await village.call('POST', `/api/residents/${person.id}/enrollments`, {
      operationId: uuidv7(),
      enrollmentId: uuidv7(),
      program: 'hypertension',
      enrolledOn: '2026-11-24',
    });
    expect(enrolled.status).toBe(200);
    const course = (await village.call('GET', `/api/residents/${person.id}/course`)).body;
    expect(course.episodes[0]).toMatchObject({ state: 'enrolled', dueOn: null });
    expect(course.events.map((one: { toState: string }) => one.toState)).toEqual([
      'enrolled',
      'confirmed',
      'suspected',
      'suspected',
      'suspected',
      'suspected',
    ]);
    expect(course.events[1]).toMatchObject({ ruleId: 'HTN-03' });
  });

  it('confirms COPD near the limit only on a second day’s spirometry, and asks what else it could be', async () => {
    const [person] = await unmanaged(1, 18);
    if (!person) throw new Error('somebody');
    const screened = await screen(
      village,
      person.id,
      {
        name: person.name,
        ageBand: '3',
        packYears: '3',
        bmiBand: '2',
        cough: '1',
        breathless: '2',
        biomass: '2',
        familyHistory: '2',
        assessDate: '2026-11-24',
      },
      { form: 'copd-sq', formEdition: '2013', confirmed: [] },
    );
    expect(screened.status, JSON.stringify(screened.body)).toBe(200);
    const course = await village.call('GET', `/api/residents/${person.id}/course`);
    const episode = course.body.episodes.find((one: { condition: string }) => one.condition === 'copd');
    const blow = (on: string, ratio: number) => ({ on, ratio, fev1Percent: 62 });
    const on = (tests: object[], more: Record<string, unknown> = {}) =>
      confirm(doctor, episode.id, {
        version: episode.version,
        evidence: {
          kind: 'spirometry',
          tests,
          afterBronchodilator: true,
          symptomsOrExposure: true,
          otherLungDiseaseExcluded: true,
          ...more,
        },
      });
    expect((await on([blow('2026-11-20', 0.6)])).body).toMatchObject({
      code: 'no-evidence',
      detail: expect.stringContaining('另日重复'),
    });
    const twice = [blow('2026-11-02', 0.66), blow('2026-11-20', 0.69)];
    for (const more of [{ afterBronchodilator: false }, { otherLungDiseaseExcluded: false }])
      expect((await on(twice, more)).body.code).toBe('no-evidence');
    expect((await on([blow('2026-11-25', 0.5)])).body.code).toBe('no-evidence');
    const done = await on(twice);
    expect(done.body.episode, JSON.stringify(done.body)).toMatchObject({ state: 'confirmed' });
  });

  it('is not settled on very high pressure until somebody has asked for acute symptoms', async () => {
    const { person, episode } = await suspect(16, [['2026-11-24', 186]]);
    const settle = (acute: object) =>
      confirm(doctor, episode.id, {
        version: episode.version,
        evidence: { kind: 'pressures', ...acute },
      });
    const unasked = await settle({});
    expect(unasked.body, person.id).toMatchObject({ code: 'no-evidence', detail: '缺少有无急性症状。' });
    expect((await settle({ acuteSymptoms: true })).body.detail).toContain('立即转诊');
    expect((await settle({ acuteSymptoms: false })).body.detail).toContain('休息后复测');
  });

  it('is lifted by a doctor only, with a reason; two who settle it at once get one settled', async () => {
    const { person, episode } = await suspect(14, [['2026-11-20', 150]]);
    const clear = (client: TestClient, more: Record<string, unknown> = {}) =>
      client.call('POST', `/api/episodes/${episode.id}/clear`, {
        operationId: uuidv7(),
        version: episode.version,
        onDay: '2026-11-24',
        to: 'normal',
        reason: '家庭血压七天均值正常',
        ...more,
      });
    expect((await clear(village)).status).toBe(403);
    expect((await clear(doctor, { reason: '好' })).status).toBe(422);
    expect((await clear(doctor, { onDay: '2026-11-25' })).status).toBe(422);
    expect((await clear(neighbour)).status).toBe(404);
    const both = await Promise.all([
      clear(doctor),
      confirm(doctor, episode.id, {
        version: episode.version,
        evidence: { kind: 'outside', hospital: '全程县人民医院', on: '2026-11-21' },
      }),
    ]);
    expect(both.map((one) => one.status).toSorted()).toEqual([200, 409]);
    expect(await courseOf(person.id, 'hypertension')).toHaveLength(1);
  });

  it('the high-risk register keeps its own dates and lets a person go with a reason', async () => {
    const [person] = await unmanaged(1, 16);
    if (!person) throw new Error('somebody');
    await screen(village, person.id, sheet(person, { screenDate: '2026-05-20', sbp: 132, dbp: 84 }));
    const list = await village.call(
      'GET',
      '/api/episodes?state=high-risk&condition=hypertension&due=overdue&limit=100',
    );
    const line = list.body.items.find((one: { residentId: string }) => one.residentId === person.id);
    expect(line).toMatchObject({ dueOn: '2026-11-20', nextStep: '测血压并指导生活方式', overdueDays: 4 });
    await screen(village, person.id, sheet(person, { sbp: 122, dbp: 78 }));
    expect((await courseOf(person.id, 'hypertension'))[0]).toMatchObject({
      state: 'high-risk',
      due_on: '2027-05-24',
    });
    const fresh = (await village.call('GET', `/api/residents/${person.id}/course`)).body.episodes[0];
    const gone = await village.call('POST', `/api/episodes/${fresh.id}/clear`, {
      operationId: uuidv7(),
      version: fresh.version,
      onDay: '2026-11-24',
      to: 'normal',
      reason: '减重达标，连续两次血压正常',
    });
    expect(gone.body.episode).toMatchObject({ state: 'normal' });
    for (const [client, status] of [
      [neighbour, 404],
      [server.anonymous, 401],
    ] as const)
      expect((await client.call('GET', `/api/residents/${person.id}/course`)).status).toBe(status);
  });
});

describe('a search of the record for high-risk people', () => {
  /** A reading that stands in the record from other work, written as the product writes it. */
  const reading = async (
    residentId: string,
    on: string,
    form: string,
    values: Record<string, number>,
    context = 'office',
  ) => {
    const recordId = uuidv7();
    await server.look(
      `insert into form_record (county_id, id, operation_id, visit_id, resident_id, organization_id, org_path, form, form_edition,
         occurred_on, mode, answers, received_at, recorded_by)
       select r.county_id, $2, $3, $2, r.id, r.organization_id, r.org_path, $4, '2017', $5::date, 'clinic', '{}', now(),
         (select id from staff where username = 'village') from resident r where r.id = $1`,
      [residentId, recordId, uuidv7(), form, on],
    );
    for (const [kind, value] of Object.entries(values))
      await server.look(
        `insert into measurement (county_id, record_id, kind, resident_id, org_path, value, unit, context, occurred_on)
         select r.county_id, $2, $3, r.id, r.org_path, $4, '1', $5, $6::date from resident r where r.id = $1`,
        [residentId, recordId, kind, value, context, on],
      );
  };
  const search = async (client = publicHealth) => {
    const body = { operationId: uuidv7(), searchId: uuidv7() };
    const reply = await client.call('POST', '/api/high-risk-searches', body);
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    const last = async () => (await client.call('GET', '/api/high-risk-searches/latest')).body.job;
    await expect.poll(async () => (await last()).status, { timeout: 20_000 }).toBe('done');
    return { body, job: await last() };
  };

  it('lists who stands on no list by a reading of other work, says which, and leaves what somebody judged since', async () => {
    const people = await server.look<{ id: string; name: string; sex: string; age: number }>(
      `select r.id, r.name, r.sex, 60 as age from resident r where r.org_path = '/999999/100/201/' and r.status = 'active'
       and r.birth_date between '1960-01-01' and '1980-01-01'
       and not exists (select 1 from enrollment e where e.resident_id = r.id)
       and not exists (select 1 from form_record f where f.resident_id = r.id)
       and not exists (select 1 from condition_episode c where c.resident_id = r.id) order by r.id desc limit 8`,
    );
    expect(people).toHaveLength(8);
    const [raised, high, plain, old, judged, sugar, thick, gone] = people.map((one) => one.id) as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    await reading(raised, '2026-10-08', 'annual-checkup', { sbp: 134, dbp: 82 });
    await reading(high, '2026-11-02', 'centre-readings', { sbp: 152, dbp: 94 }, 'self-test');
    await reading(plain, '2026-10-08', 'annual-checkup', { sbp: 118, dbp: 76 });
    await reading(old, '2025-10-08', 'annual-checkup', { sbp: 152, dbp: 94 });
    await reading(judged, '2026-10-08', 'annual-checkup', { sbp: 152, dbp: 94 });
    await reading(sugar, '2026-10-08', 'annual-checkup', { sbp: 118, dbp: 76, 'fasting-glucose': 7.6 });
    await reading(thick, '2026-01-20', 'annual-checkup', { sbp: 122, dbp: 78, bmi: 27.4 });
    await reading(gone, '2026-10-08', 'annual-checkup', { sbp: 152, dbp: 94 });
    await server.look(`update resident set status = 'moved' where id = $1`, [gone]);
    const [known] = people.filter((one) => one.id === judged);
    if (!known) throw new Error('nobody');
    expect((await screen(village, judged, sheet(known))).status).toBe(200);

    const { body, job } = await search();
    expect(job.counts.people).toBeGreaterThan(6);
    expect(job.done).toBe(job.total);
    expect(await courseOf(raised, 'hypertension')).toEqual([
      { state: 'high-risk', next_step: '测血压并指导生活方式', due_on: '2027-04-08', source: 'checkup' },
    ]);
    expect(await courseOf(high, 'hypertension')).toEqual([
      expect.objectContaining({ state: 'suspected', source: 'self-test' }),
    ]);
    expect((await courseOf(high, 'hypertension'))[0]?.due_on.localeCompare('2026-11-24')).toBe(1);
    expect(await courseOf(plain, 'hypertension')).toEqual([]);
    expect(await courseOf(old, 'hypertension')).toEqual([]);
    expect((await courseOf(judged, 'hypertension'))[0]?.state).not.toBe('suspected');
    expect(await courseOf(sugar, 'type-2-diabetes')).toEqual([
      expect.objectContaining({ state: 'suspected', source: 'checkup' }),
    ]);
    // Overweight, measured ten months ago: the half year has passed, so the day is today.
    expect(await courseOf(thick, 'hypertension')).toEqual([
      expect.objectContaining({ state: 'high-risk', due_on: '2026-11-24' }),
    ]);
    expect(await courseOf(gone, 'hypertension')).toEqual([]);
    const why = await village.call('GET', `/api/residents/${raised}/course`);
    expect(why.body.events[0].reason).toMatch(/^从档案识别：2026-10-08 血压 134\/82 mmHg。/);

    const replay = await publicHealth.call('POST', '/api/high-risk-searches', body);
    expect(replay.body).toEqual({ searchId: body.searchId });
    const again = await search();
    expect([again.job.counts.highRisk, again.job.counts.suspected], 'nobody twice').toEqual([0, 0]);
  });

  it('goes on where it was cut off, one at a time in a place, and is for those who organize screening', async () => {
    const { body } = await search();
    await server.look(
      `update batch_job set status = 'working', place = '/999999/100/201/', done = 1, finished_at = null where id = $1`,
      [body.searchId],
    );
    const cut = await publicHealth.call('GET', '/api/high-risk-searches/latest');
    expect(cut.body.job).toMatchObject({ id: body.searchId, status: 'working', hasWorker: false });
    const second = { operationId: uuidv7(), searchId: uuidv7() };
    expect((await publicHealth.call('POST', '/api/high-risk-searches', second)).body.code).toBe(
      'illegal-move',
    );
    const go = (client: TestClient) =>
      client.call('POST', `/api/high-risk-searches/${body.searchId}/continue`);
    expect((await go(bureau)).status).toBe(403);
    expect((await go(village)).status).toBe(403);
    expect((await village.call('POST', '/api/high-risk-searches', second)).status).toBe(403);
    expect((await go(publicHealth)).status).toBe(200);
    await expect
      .poll(async () => (await publicHealth.call('GET', '/api/high-risk-searches/latest')).body.job.status, {
        timeout: 20_000,
      })
      .toBe('done');
  });
});

describe('the prompt for a family', () => {
  const path = (id: string) => `/api/residents/${id}/family-consent`;

  it('is given only with consent, is the same for everybody, names no one and no diagnosis, and ends when taken back', async () => {
    const [patient] = await server.look<{ id: string; household_id: string; name: string }>(
      `select r.id, r.household_id, r.name from resident r join enrollment e on e.resident_id = r.id and e.closed_on is null
       where r.org_path = '/999999/100/201/' and r.status = 'active' and exists (select 1 from resident o
         where o.household_id = r.household_id and o.id <> r.id and o.status = 'active') order by r.id limit 1`,
    );
    if (!patient) throw new Error('a patient with a family');
    const [relative] = await server.look<{ id: string }>(
      `select r.id from resident r where r.household_id = $1 and r.id <> $2 and r.status = 'active' order by r.id limit 1`,
      [patient.household_id, patient.id],
    );
    if (!relative) throw new Error('a relative');
    await server.look(
      `update form_record set superseded_by = id where resident_id = $1 and form = 'community-screening'`,
      [relative.id],
    );
    const promptOf = async () => (await village.call('GET', path(relative.id))).body.prompt;
    expect(await promptOf(), 'nobody consented').toBeNull();
    const looks = await server.look(
      `select 1 from audit_entry where action = 'family-consent.read' and resident_id = $1`,
      [relative.id],
    );
    expect(looks, 'a look is in the trail').toHaveLength(1);
    const body = { operationId: uuidv7(), consentId: uuidv7(), givenOn: '2026-11-24', signer: patient.name };
    expect((await village.call('POST', path(patient.id), { ...body, givenOn: '2026-11-25' })).status).toBe(
      422,
    );
    expect((await bureau.call('POST', path(patient.id), body)).status).toBe(403);
    expect((await neighbour.call('POST', path(patient.id), body)).status).toBe(404);
    expect((await server.anonymous.call('POST', path(patient.id), body)).status).toBe(401);
    const given = await village.call('POST', path(patient.id), body);
    expect(given.status, JSON.stringify(given.body)).toBe(200);
    expect((await village.call('POST', path(patient.id), body)).body).toEqual(given.body);
    const twice = { ...body, operationId: uuidv7(), consentId: uuidv7() };
    expect((await village.call('POST', path(patient.id), twice)).body.code).toBe('already-exists');

    const text = await promptOf();
    expect(text).toMatch(/家庭健康提示/);
    for (const secret of [patient.name, '糖尿病', '高血压病', '慢阻肺', '确诊', '患'])
      expect(text).not.toContain(secret);
    expect((await village.call('GET', path(patient.id))).body.prompt, 'not the patient').toBeNull();
    // The centre's desk is prompted too, and that the relative was told stands on the way of their visit.
    const card = await publicHealth.call('GET', `/api/residents/${relative.id}/reception`);
    expect(card.body.familyPrompt).toBe(text);
    const visitId = uuidv7();
    const arrived = await publicHealth.call('POST', `/api/residents/${relative.id}/visits`, {
      operationId: uuidv7(),
      visitId,
      entry: 'A3',
      pressure: { sbp: 118, dbp: 74 },
      declinedReason: '回家和家人商量',
    });
    expect(arrived.status, JSON.stringify(arrived.body)).toBe(200);
    const steps = (await doctor.call('GET', `/api/visits/${visitId}`)).body.path;
    expect(steps.find((step: { box: string }) => step.box === 'A6').content).toEqual({ familyPrompt: text });

    const revoke = (version: number) =>
      village.call('POST', `/api/family-consents/${body.consentId}/revoke`, {
        operationId: uuidv7(),
        version,
      });
    expect((await revoke(2)).body.code).toBe('stale-version');
    expect((await revoke(1)).status).toBe(200);
    expect(await promptOf(), 'taken back').toBeNull();
    expect((await revoke(1)).body.code).toBe('stale-version');
  });
});
