import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { definitionOfForm } from '#capabilities/field-sync/server/own-definitions.ts';
import { publishDefinitions } from '#capabilities/field-sync/server/publish-definitions.ts';
import { orgPath } from '#kernel/org-path.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { launchBrowser } from '#test/support/browser.ts';
import {
  enterPin,
  firstSignIn,
  goInApp,
  newPhone,
  type PhoneInHand,
  peopleWith,
  takeOverTheRest,
} from '#test/support/phone.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';

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

it('a visit begun on one edition is finished on it after a newer one has come; the next is on the new; both count', async () => {
  const { page } = doctor;
  const type = async (keys: string) => {
    for (const key of keys) await page.keyboard.press(key);
    await takeOverTheRest(page);
  };
  const save = async () => {
    await page.getByRole('button', { name: '保存', exact: true }).first().tap();
    await page.getByText('随访：已存在本机').waitFor();
  };
  const [first = '', second = ''] = (await peopleWith(page, '高血压')).map((one) => one.id);
  await goInApp(page, `/people/${first}/visit`);
  await page.getByText(/表单版本：.* 2017 版/).waitFor();
  await page.getByRole('region', { name: '数字键盘' }).waitFor();
  await type('132');
  await withScope(server.database, { countyId: '999999', path: orgPath('/999999/') }, (tx) =>
    publishDefinitions(
      tx,
      '999999',
      [definitionOfForm({ ...hypertensionFollowUp2017, edition: '2026', inForceFrom: '2026-11-24' })],
      server.now(),
    ),
  );
  await goInApp(page, '/sync');
  const taken = page.waitForResponse((reply) => reply.url().endsWith('/api/field/definitions'));
  await page.getByRole('button', { name: '现在同步' }).tap();
  await taken;
  await page.getByRole('button', { name: '现在同步' }).waitFor();
  await page.reload();
  await enterPin(page);
  await page.getByRole('heading').first().waitFor();
  await goInApp(page, `/people/${first}/visit`);
  await page.getByText('已接着上次没写完的').waitFor();
  await page.getByText(/表单版本：.* 2017 版/).waitFor();
  await page.locator('.f-box', { hasText: '舒张压' }).tap();
  await type('8070');
  await save();
  await goInApp(page, `/people/${second}/visit`);
  await page.getByText(/表单版本：.* 2026 版/).waitFor();
  await page.getByRole('region', { name: '数字键盘' }).waitFor();
  await type('1288272');
  await save();
  await goInApp(page, '/sync');
  await page.getByRole('button', { name: '现在同步' }).tap();
  const filed = () =>
    server.look<{ resident_id: string; form_edition: string }>(
      `select f.resident_id, f.form_edition from form_record f join made_under m on m.record_id = f.id
       where f.resident_id = any($1::uuid[]) order by f.form_edition`,
      [[first, second]],
    );
  await expect.poll(filed, { timeout: 30_000 }).toEqual([
    { resident_id: first, form_edition: '2017' },
    { resident_id: second, form_edition: '2026' },
  ]);
  // Both were judged on the phone by the rules the server has: nothing differs.
  const differing = await server.look(
    `select record_id from made_under where resident_id = any($1::uuid[]) and (differing is not null or said = '[]')`,
    [[first, second]],
  );
  expect(differing).toEqual([]);
  const counted = await server.look(
    `select resident_id from management_year where program = 'hypertension' and year = 2026
     and resident_id = any($1::uuid[])`,
    [[first, second]],
  );
  expect(counted).toHaveLength(2);
  expect(doctor.errors).toEqual([]);
});
