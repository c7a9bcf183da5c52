import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
import { startTestServer, type TestServer, testNow } from '#test/support/server.ts';

let server: TestServer;
let browser: Browser;
let doctor: PhoneInHand;
let person: ListedPerson;

const set = `set app.county_id = '999999'; set app.scope_from = '/'; set app.scope_to = '0';`;

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ residents: 2000, withPages: true }),
    launchBrowser(),
  ]);
  server.setNow(testNow);
  doctor = await newPhone(browser, server.url, { now: testNow });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const due = (page: Page) => page.getByRole('region', { name: '到期检查' });
const lineOf = (page: Page, label: string) => due(page).locator('summary', { hasText: label });

async function syncNow(page: Page): Promise<void> {
  await goInApp(page, '/sync');
  await page.getByRole('button', { name: '现在同步' }).tap();
  await page.getByRole('button', { name: '现在同步' }).waitFor();
  await page.getByRole('link', { name: '同步状态：已上传' }).waitFor();
}

async function open(page: Page): Promise<void> {
  await goInApp(page, `/people/${person.id}`);
  await page.getByRole('heading', { name: person.name, exact: true }).waitFor();
}

/** A result of the centre, some days ago. */
const giveResult = (daysAgo: number, tests: readonly string[]) => {
  const recordId = uuidv7();
  const results = tests.map((code) => ({ code, text: '无异常' }));
  return server.look(`${set}
    insert into form_record (county_id, id, operation_id, visit_id, resident_id, organization_id, org_path, form, form_edition,
      occurred_on, mode, answers, received_at, recorded_by)
    select r.county_id, '${recordId}', '${uuidv7()}', '${recordId}', r.id, r.organization_id, r.org_path, 'centre-readings', '2026',
      date '2026-11-24' - ${daysAgo}, 'clinic', '${JSON.stringify({ results })}', now(), (select id from staff limit 1)
    from resident r where r.id = '${person.id}'`);
};

it('a phone that took its people along before the upgrade does not say that anything is overdue', async () => {
  const { page, context } = doctor;
  // As the server of before answered.
  await context.route('**/api/field/pull', async (route) => {
    const reply = await route.fetch();
    const body = await reply.json();
    for (const document of body.documents) delete document.examined;
    await route.fulfill({ response: reply, json: body });
  });
  await firstSignIn(page, 'village');
  person = (await peopleWith(page, '2型糖尿病'))[0] as ListedPerson;
  await giveResult(850, ['foot', 'ecg']);
  await giveResult(500, ['retina']);
  await syncNow(page);
  await context.unrouteAll({ behavior: 'wait' });
  await context.setOffline(true);
  await open(page);
  await due(page).getByText('同步后显示').waitFor();
  expect(
    await due(page)
      .getByText(/逾期|没有记录/)
      .count(),
  ).toBe(0);
  await context.setOffline(false);
});

it('shows after the next sync what is overdue, how long, and where that is written', async () => {
  const { page, context } = doctor;
  const migration = new URL(
    '../../src/platform/server/database/migrations/0053-examinations-on-phones.sql',
    import.meta.url,
  );
  await server.look(await readFile(migration, 'utf8'));
  await syncNow(page);
  await context.setOffline(true);
  await open(page);
  await lineOf(page, '眼底检查').getByText('逾期 4个月').waitFor();
  expect(await due(page).locator('summary').first().textContent()).toBe(
    '足部与神经检查上次 2024-07-27逾期 1年3个月',
  );
  await lineOf(page, '糖化血红蛋白').getByText(/^逾期/).waitFor();
  await lineOf(page, '眼底检查').tap();
  await due(page)
    .locator('details', { hasText: '眼底检查' })
    .getByText('依据：中国2型糖尿病防治指南 并发症筛查（DM-14）')
    .waitFor();
  await due(page).getByText('近 5 年没有记录').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  expect(await accessibilityFaults(page)).toEqual([]);
});

it('counts a result typed without a network at once, and what the centre did with the next sync', async () => {
  const { page, context } = doctor;
  await page.getByRole('link', { name: '随访', exact: true }).tap();
  await page.getByRole('region', { name: '数字键盘' }).waitFor();
  for (const key of '12878726.4') await page.keyboard.press(key);
  await takeOverTheRest(page);
  await page.locator('summary', { hasText: '辅助检查' }).tap();
  await page.getByLabel('糖化血红蛋白', { exact: true }).fill('7.1');
  await page.getByLabel('糖化血红蛋白检查日期', { exact: true }).fill('2026-11-24');
  await page.getByRole('button', { name: '保存', exact: true }).tap();
  await page.getByText(/随访：已存在本机/).waitFor();
  await lineOf(page, '心电图').waitFor();
  expect(await lineOf(page, '糖化血红蛋白').count()).toBe(0);

  await context.setOffline(false);
  await syncNow(page);
  await giveResult(0, ['ecg']);
  await syncNow(page);
  await open(page);
  await lineOf(page, '眼底检查').waitFor();
  expect(await lineOf(page, '心电图').count()).toBe(0);
  expect(await lineOf(page, '糖化血红蛋白').count()).toBe(0);
  expect(doctor.errors).toEqual([]);
});

it('lists who refused from the day to ask again on, and says on their page what was refused and why', async () => {
  const { page, context } = doctor;
  const asked = (await peopleWith(page, '高血压')).at(-1) as ListedPerson;
  const clinic = await server.signIn('village');
  const [at] = await server.look<{ version: number }>('select version from resident where id = $1', [
    asked.id,
  ]);
  const refused = await clinic.call('POST', `/api/residents/${asked.id}/end`, {
    ...{ operationId: uuidv7(), eventId: uuidv7(), version: at?.version },
    ...{ kind: 'refused', onDay: '2026-11-24', note: '外地儿子带去看', reviewOn: '2026-12-24' },
  });
  expect(refused.status, JSON.stringify(refused.body)).toBe(200);
  await syncNow(page);
  await goInApp(page, `/people/${asked.id}`);
  await page.getByRole('heading', { name: asked.name, exact: true }).waitFor();
  expect(await page.getByText('再次征询').count()).toBe(0);
  // As if it had been said a month before.
  await server.look(`${set} update resident_status_event set on_day = '2026-10-20', detail = '{"reviewOn": "2026-11-20"}'
    where resident_id = '${asked.id}' and kind = 'refused'`);
  await syncNow(page);
  await context.setOffline(true);
  await goInApp(page, '/');
  await page.getByRole('tab', { name: /^再次征询 1/ }).tap();
  const line = page.locator('.f-line-main', { hasText: asked.name });
  await line.getByText('拒绝全部管理').waitFor();
  await line.tap();
  const card = page.getByRole('region', { name: '再次征询' });
  await card.getByText('逾期 4天').waitFor();
  await card.getByText('外地儿子带去看').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await context.setOffline(false);
  expect(doctor.errors).toEqual([]);
});
