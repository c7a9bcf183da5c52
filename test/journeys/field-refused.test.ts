import type { Browser, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '#test/support/browser.ts';
import {
  accessibilityFaults,
  firstSignIn,
  goInApp,
  type ListedPerson,
  newPhone,
  type PhoneInHand,
  peopleWith,
  takeOverTheRest,
} from '#test/support/phone.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';

const [yesterday, today] = ['2026-11-23', '2026-11-24'];

let server: TestServer;
let browser: Browser;
let doctor: PhoneInHand;

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ residents: 1500, withPages: true }),
    launchBrowser(),
  ]);
  doctor = await newPhone(browser, server.url, { now: server.now() });
  await firstSignIn(doctor.page, 'village');
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function visit(page: Page, person: ListedPerson, keys: string): Promise<void> {
  await goInApp(page, `/people/${person.id}/visit`);
  await page.getByRole('region', { name: '数字键盘' }).waitFor();
  for (const key of keys) await page.keyboard.press(key);
  await takeOverTheRest(page);
  await page.getByRole('button', { name: '保存', exact: true }).first().tap();
  await page.getByText('随访：已存在本机').waitFor();
}

/** The township ends the management of somebody on the workbench's own way. */
async function end(person: ListedPerson, closedOn: string, reason: string, program?: string): Promise<void> {
  const township = await server.signIn('township');
  const open = await server.look<{ id: string; version: number }>(
    `select id, version from enrollment where resident_id = $1 and closed_on is null
     and ($2::text is null or program = $2)`,
    [person.id, program ?? null],
  );
  if (reason === 'dead') {
    const [at] = await server.look<{ version: number }>('select version from resident where id = $1', [
      person.id,
    ]);
    const body = { operationId: uuidv7(), eventId: uuidv7(), version: at?.version, onDay: closedOn };
    const done = await township.call('POST', `/api/residents/${person.id}/end`, {
      ...body,
      kind: 'dead',
      source: '家属告知',
    });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    return;
  }
  for (const { id, version } of open) {
    const asked = reason === 'refused' ? { note: '本人不愿意', reviewOn: '2027-05-01' } : {};
    const body = { operationId: uuidv7(), version, closedOn, reason, ...asked };
    expect((await township.call('POST', `/api/enrollments/${id}/close`, body)).status).toBe(200);
  }
}

const sheetsOf = async (person: ListedPerson) =>
  server.look<{ sbp: number; at: string }>(
    `select (answers->>'sbp')::int as sbp, occurred_on::text as at from form_record
     where resident_id = $1 and form = 'hypertension-follow-up' and received_at >= $2`,
    [person.id, server.now()],
  );

describe('a visit of somebody whose management was ended meanwhile', () => {
  let ended: ListedPerson;
  let sameDay: ListedPerson;
  let dead: ListedPerson;
  let ofTwo: ListedPerson;

  it('is taken when it was the day of the end, and comes back to who typed it when it was later', async () => {
    const { page, context } = doctor;
    [ended, sameDay, dead] = (await peopleWith(page, '高血压')) as [ListedPerson, ListedPerson, ListedPerson];
    [ofTwo] = (await peopleWith(page, '高血压、2型糖尿病')) as [ListedPerson];
    await context.setOffline(true);
    await visit(page, ofTwo, '12882726.2');
    await visit(page, ended, '1268070');
    await visit(page, sameDay, '1278171');
    await visit(page, dead, '1288272');
    await end(ended, yesterday, 'refused');
    await end(sameDay, today, 'refused');
    await end(dead, yesterday, 'dead');
    await end(ofTwo, yesterday, 'wrong-diagnosis', 'hypertension');
    await context.setOffline(false);
    await goInApp(page, '/sync');
    await page.getByRole('button', { name: '现在同步' }).tap();
    await page.getByRole('link', { name: '同步状态：需要您处理 3' }).waitFor({ timeout: 30_000 });
    expect(await sheetsOf(sameDay)).toEqual([{ sbp: 127, at: today }]);
    for (const person of [ended, dead, ofTwo]) expect(await sheetsOf(person)).toEqual([]);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('says whose it is, what was read and what to do, and is sent with its day mended', async () => {
    const { page } = doctor;
    const card = page.locator('.f-note', { hasText: `${ended.name} · 随访` });
    await card.getByText(`${today} 血压 126/80`).waitFor();
    await card.getByText(/已于 2026-11-23 结案.*请先重新纳入管理/).waitFor();
    await card.getByRole('link', { name: '打开修改' }).tap();
    await page.getByText(/已于 2026-11-23 结案/).waitFor();
    await page.getByText('126').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: /（今天） 改/ }).tap();
    await page.getByLabel('随访日期', { exact: true }).first().fill(yesterday);
    await page.getByRole('button', { name: '重新保存' }).tap();
    await expect.poll(() => sheetsOf(ended), { timeout: 30_000 }).toEqual([{ sbp: 126, at: yesterday }]);
  });

  it('goes on with the disease that is left, and says which sheet stays behind', async () => {
    const { page } = doctor;
    await goInApp(page, '/sync');
    const card = page.locator('.f-note', { hasText: `${ofTwo.name} · 随访` });
    await card.getByText(/^高血压管理已于 2026-11-23 结案/).waitFor();
    await card.getByRole('link', { name: '打开修改' }).tap();
    await page.getByText(/^高血压已不在管理中，重新保存不含这张表/).waitFor();
    await page.getByRole('button', { name: /^(重新)?保存$/ }).tap();
    const left = () =>
      server.look(
        `select form, (answers->>'sbp')::int as sbp, occurred_on::text as at from form_record
         where resident_id = $1 and received_at >= $2`,
        [ofTwo.id, server.now()],
      );
    await expect
      .poll(left, { timeout: 30_000 })
      .toEqual([{ form: 'type-2-diabetes-follow-up', sbp: 128, at: today }]);
    const [kept] = await server.look<{ body: { sheets: { program: string }[] } }>(
      `select operation_id, body from held_operation where resident_id = $1`,
      [ofTwo.id],
    );
    expect(kept?.body.sheets.map((sheet) => sheet.program)).toEqual(['hypertension', 'type-2-diabetes']);
  });

  it('still has its name when the person has left the phone, and is given up with a reason the township reads', async () => {
    const { page } = doctor;
    await goInApp(page, '/sync');
    await page.getByRole('link', { name: '同步状态：需要您处理 1' }).waitFor();
    const card = page.locator('.f-note', { hasText: `${dead.name} · 随访` });
    await card.getByText(`${today} 血压 128/82`).waitFor();
    await card.getByText(/此人已不在本机/).waitFor();
    expect(await card.getByRole('link', { name: '打开修改' }).count()).toBe(0);
    await card.getByRole('button', { name: '放弃' }).tap();
    await page.getByRole('dialog').getByLabel('原因').fill('填错了人');
    await page.getByRole('dialog').getByRole('button', { name: '放弃' }).tap();
    await page.getByRole('button', { name: '现在同步' }).tap();
    await page.getByRole('link', { name: '同步状态：已上传' }).waitFor({ timeout: 30_000 });
    const { body } = await (await server.signIn('township')).call('GET', '/api/field/held');
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ residentId: dead.id, why: 'given-up', note: '填错了人' });
    expect(body.items[0].body.sheets[0].answers).toMatchObject({ sbp: 128, dbp: 82 });
    expect(doctor.errors).toEqual([]);
  });
});

const allSent = (page: Page) =>
  page.getByRole('link', { name: /同步状态：已上传/ }).waitFor({ timeout: 30_000 });

/** People on the list whom nobody has reached since the first attempts of these journeys. */
async function unseen(page: Page, program: string): Promise<ListedPerson[]> {
  const listed = (await peopleWith(page, program)) as ListedPerson[];
  const rows = await server.look<{ id: string }>(
    `select r.id from resident r where r.id = any($1) and not exists (select 1 from form_record f
       where f.resident_id = r.id and f.occurred_on >= '2026-11-09')`,
    [listed.map((one) => one.id)],
  );
  const ids = new Set(rows.map((row) => row.id));
  return listed.filter((one) => ids.has(one.id));
}

describe('a person nobody can reach', () => {
  it('is written down as lost after three attempts on different days, all recorded without a network', async () => {
    const { page, context } = doctor;
    const [person] = await unseen(page, '高血压');
    if (!person) throw new Error('nobody left');
    await context.setOffline(true);
    await goInApp(page, `/people/${person.id}/close`);
    await page.getByRole('radio', { name: /失访/ }).tap();
    const register = page.getByRole('button', { name: '登记失访' });
    await page.getByText(/至 2026-11-24 已记 0 次，还差 3 次/).waitFor();
    for (const [at, day] of ['2026-11-10', '2026-11-10', yesterday, today].entries()) {
      expect(await register.isDisabled()).toBe(true);
      await page.getByLabel('联系日期').fill(day);
      await page.getByLabel('联系结果').fill('电话停机');
      await page.getByRole('button', { name: '记一次联系' }).tap();
      await page.getByText('待上传').nth(at).waitFor();
      await page.getByText(`已记 ${[1, 1, 2, 3][at]} 次`).waitFor();
    }
    expect(await accessibilityFaults(page)).toEqual([]);
    await register.tap();
    await page.getByText('结案：已存在本机').waitFor();
    await context.setOffline(false);
    const state = () =>
      server.look(
        `select status, (select count(*)::int from contact_attempt a where a.resident_id = r.id) as attempts
         from resident r where id = $1`,
        [person.id],
      );
    await goInApp(page, '/sync');
    await page.getByRole('button', { name: '现在同步' }).tap();
    await expect.poll(state, { timeout: 30_000 }).toEqual([{ status: 'lost', attempts: 4 }]);
    await allSent(page);
  });

  it('comes back to who typed it when the server knows of fewer attempts, with the way to record them', async () => {
    const { page, context } = doctor;
    const [person] = await unseen(page, '2型糖尿病');
    if (!person) throw new Error('nobody left');
    await goInApp(page, `/people/${person.id}/contact`);
    const record = async (day: string, at: number) => {
      await page.getByLabel('联系日期').fill(day);
      await page.getByLabel('联系结果').fill('家中无人');
      await page.getByRole('button', { name: '记一次联系' }).tap();
      await page.getByText(`已记 ${at} 次`).waitFor();
    };
    const days = ['2026-11-10', yesterday, today];
    for (const [at, day] of days.entries()) await record(day, at + 1);
    const known = () =>
      server.look('select count(*)::int as attempts from contact_attempt where resident_id = $1', [
        person.id,
      ]);
    await expect.poll(known, { timeout: 30_000 }).toEqual([{ attempts: 3 }]);
    await allSent(page);
    await context.setOffline(true);
    await goInApp(page, `/people/${person.id}/close?reason=lost`);
    await page.getByRole('button', { name: '登记失访' }).tap();
    await page.getByText('结案：已存在本机').waitFor();
    // What the phone counted on is no longer so; not before, since an answer may still be on its way to it.
    await server.look('update contact_attempt set on_day = on_day - 300 where resident_id = $1', [person.id]);
    await context.setOffline(false);
    await goInApp(page, '/sync');
    await page.getByRole('button', { name: '现在同步' }).tap();
    const card = page.locator('.f-note', { hasText: `${person.name} · 结案` });
    await card.getByText(/须有 3 次不同日的联系尝试.*已记 0 次，还差 3 次/).waitFor({ timeout: 30_000 });
    await card.getByRole('link', { name: '记录联系' }).tap();
    await page.getByText('已记 0 次').waitFor();
    for (const [at, day] of days.entries()) await record(day, at + 1);
    await goInApp(page, '/sync');
    await card.getByRole('button', { name: '原样再传' }).tap();
    const status = () => server.look('select status from resident where id = $1', [person.id]);
    await expect.poll(status, { timeout: 30_000 }).toEqual([{ status: 'lost' }]);
    await allSent(page);
  });
});
