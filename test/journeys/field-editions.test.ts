import type { Browser } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { definitionOfForm } from '#capabilities/field-sync/server/own-definitions.ts';
import { publishDefinitions } from '#capabilities/field-sync/server/publish-definitions.ts';
import type { FormEdition } from '#kernel/form-shape.ts';
import { orgPath } from '#kernel/org-path.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { type2DiabetesFollowUp2017 } from '#standards/forms/type-2-diabetes-follow-up/2017.ts';
import { desktop, launchBrowser } from '#test/support/browser.ts';
import {
  accessibilityFaults,
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

/** Picks medicines into the open visit as the doctor does: by initials, one the clinic lacks, and one no formulary has. */
async function pickMedicines({ page }: PhoneInHand) {
  const pick = async (typed: string, name: RegExp) => {
    await page.getByRole('button', { name: '加一种药' }).first().tap();
    await page.getByLabel('拼音首字母或药名').pressSequentially(typed);
    await page.getByRole('button', { name }).tap();
  };
  await page.locator('summary', { hasText: '用药' }).tap();
  await page.getByRole('button', { name: '加一种药' }).first().tap();
  await page.getByLabel('拼音首字母或药名').pressSequentially('eb');
  const offered = page.getByRole('list', { name: '目录中的药' }).getByRole('button');
  expect((await offered.allTextContents()).at(-1)).toMatch(/^厄贝沙坦本机构暂无/);
  await offered.last().tap();
  const lacking = page.getByRole('region', { name: '厄贝沙坦', exact: true });
  await lacking.getByText('本机构暂无').waitFor();
  await lacking.getByText('每日 1 次，每次 150 mg').waitFor();
  await pick('贝那', /^贝那普利/);
  await page
    .getByRole('region', { name: '用药安全' })
    .getByText(/贝那普利、.*厄贝沙坦|厄贝沙坦、.*贝那普利/)
    .waitFor();
  await pick('祖传丸', /原样记下/);
  const unlisted = page.getByRole('region', { name: '祖传丸' });
  await unlisted.getByText('目录外').waitFor();
  await unlisted.getByLabel('祖传丸每次剂量').fill('3');
  await unlisted.getByLabel('祖传丸单位').fill('g');
  await unlisted.getByLabel('祖传丸每日次数').fill('2');
}

const county = { countyId: '999999', path: orgPath('/999999/') };

const type = async (keys: string) => {
  for (const key of keys) await doctor.page.keyboard.press(key);
  await takeOverTheRest(doctor.page);
};
const save = async () => {
  await doctor.page.getByRole('button', { name: '保存', exact: true }).first().tap();
  await doctor.page.getByText('随访：已存在本机').waitFor();
};

it('a visit begun on one edition is finished on it after a newer one has come; the next is on the new; both count', async () => {
  const { page } = doctor;
  const [first = '', second = ''] = (await peopleWith(page, '高血压')).map((one) => one.id);
  await goInApp(page, `/people/${first}/visit`);
  await page.getByText(/表单版本：.* 2017 版/).waitFor();
  await page.getByRole('region', { name: '数字键盘' }).waitFor();
  await type('132');
  await withScope(server.database, county, (tx) =>
    publishDefinitions(
      tx,
      '999999',
      [definitionOfForm({ ...hypertensionFollowUp2017, edition: '2026', inForceFrom: '2026-11-24' })],
      server.now(),
    ),
  );
  const town = await server.signIn('township');
  const supply = (await town.call('GET', '/api/medicine-availability')).body;
  const said = { operationId: uuidv7(), version: supply.version, lacking: ['irbesartan'] };
  expect((await town.call('PUT', `/api/medicine-availability/${supply.place.id}`, said)).status).toBe(200);
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
  await doctor.context.setOffline(true);
  await pickMedicines(doctor);
  await save();
  await doctor.context.setOffline(false);
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
  const [{ drugs = [] } = {}] = await server.look<{ drugs?: object[] }>(
    `select answers->'drugs' as drugs from form_record where resident_id = $1 and form_edition = '2026'`,
    [second],
  );
  expect(drugs.slice(-3)).toMatchObject([
    { drugName: '厄贝沙坦', drugCode: 'irbesartan', dosePerTime: 150, doseUnit: 'mg', timesPerDay: 1 },
    { drugName: '贝那普利', drugCode: 'benazepril', dosePerTime: 10, timesPerDay: 1 },
    { drugName: '祖传丸', dosePerTime: 3, doseUnit: 'g', timesPerDay: 2 },
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

it('a visit dated back before the new edition is typed and filed on the one of its day', async () => {
  const { page } = doctor;
  const [, , person] = await peopleWith(page, '高血压');
  if (!person) throw new Error('nobody left with hypertension alone');
  await goInApp(page, `/people/${person.id}/visit`);
  await page.getByText(/表单版本：.* 2026 版/).waitFor();
  await page.getByRole('region', { name: '数字键盘' }).waitFor();
  await type('126');
  await page.getByRole('button', { name: '收起' }).tap();
  await page.getByRole('button', { name: /（今天） 改/ }).tap();
  await page.getByLabel('随访日期', { exact: true }).first().fill('2026-11-23');
  await page.getByText(/表单版本：.* 2017 版/).waitFor();
  await page.locator('.f-box', { hasText: '舒张压' }).tap();
  await type('7870');
  await save();
  await goInApp(page, '/sync');
  await page.getByRole('button', { name: '现在同步' }).tap();
  const filed = () =>
    server.look(
      `select f.form_edition, f.occurred_on::text as on, f.answers->>'sbp' as sbp from form_record f
       join made_under m on m.record_id = f.id where f.resident_id = $1`,
      [person.id],
    );
  const expected = [{ form_edition: '2017', on: '2026-11-23', sbp: '126' }];
  await expect.poll(filed, { timeout: 30_000 }).toEqual(expected);
  expect(doctor.errors).toEqual([]);
});

it('a sheet sent back for its ended edition is moved to the new one by a button; what does not fit is named, the old is replaced', async () => {
  const { page } = doctor;
  const [person] = await peopleWith(page, '2型糖尿病');
  if (!person) throw new Error('nobody with diabetes alone');
  const groups = type2DiabetesFollowUp2017.groups.map((group) => ({
    ...group,
    fields: group.fields.filter((field) => field.id !== 'psychology'),
  }));
  await withScope(server.database, county, (tx) =>
    publishDefinitions(
      tx,
      '999999',
      [
        definitionOfForm({
          ...type2DiabetesFollowUp2017,
          groups,
          edition: '2026',
          inForceFrom: '2026-09-01',
        } as FormEdition),
      ],
      server.now(),
    ),
  );
  await goInApp(page, `/people/${person.id}/visit`);
  await page.getByText(/表单版本：.* 2017 版/).waitFor();
  await page.getByRole('region', { name: '数字键盘' }).waitFor();
  await type('12878726.4');
  await save();
  await goInApp(page, '/sync');
  await page.getByRole('button', { name: '现在同步' }).tap();
  const card = page.locator('.f-note', { hasText: `${person.name} · 随访` });
  await card.getByText(/2017 版用到 2026-08-31 为止/).waitFor({ timeout: 30_000 });
  await card.getByRole('link', { name: '改用新版填写' }).tap();
  const left = page.getByRole('region', { name: '改用新版' });
  await left.getByText('心理调整：良好').waitFor();
  await page.getByText(/表单版本：.* 2026 版/).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await save();
  const filed = () =>
    server.look<{ form_edition: string; sbp: number }>(
      `select form_edition, (answers->>'sbp')::int as sbp from form_record
       where resident_id = $1 and form = 'type-2-diabetes-follow-up' and received_at >= $2`,
      [person.id, server.now()],
    );
  await expect.poll(filed, { timeout: 30_000 }).toEqual([{ form_edition: '2026', sbp: 128 }]);
  await goInApp(page, '/sync');
  await page.getByRole('link', { name: '同步状态：已上传' }).waitFor({ timeout: 30_000 });
  const [held] = await server.look<{ why: string; note: string }>(
    'select why, note from held_operation where resident_id = $1',
    [person.id],
  );
  expect(held).toEqual({ why: 'given-up', note: '已改用 2026 版重新保存。未带入：心理调整：良好' });
  // On paper too the sheet stands on its own edition: the line it no longer has is not printed.
  await goInApp(page, `/people/${person.id}/paper`);
  await page.getByRole('tab', { name: '2型糖尿病随访表' }).tap();
  await page.locator('.sheet').getByText('128', { exact: false }).first().waitFor();
  expect(await page.locator('.sheet').getByText('心理调整').count()).toBe(0);
  // The township sees no visit given up, but one typed anew, and opens the new one from there; by its own edition.
  const township = await server.signIn('township');
  const [name, value] = township.cookie.split('=') as [string, string];
  const desk = await browser.newContext({ viewport: desktop });
  await desk.addCookies([{ name, value, url: server.url }]);
  const bench = await desk.newPage();
  await bench.goto(`${server.url}/sync-health`);
  await bench.getByRole('tab', { name: '留在服务器待处理' }).click();
  await bench.locator('summary', { hasText: '已改用新版表单重填' }).click();
  // As typed, in the words of the edition it was typed on.
  await bench.locator('dt', { hasText: '空腹血糖' }).first().waitFor();
  expect(await bench.getByText('本人放弃').count()).toBe(0);
  await bench.getByRole('link', { name: /2026 版/ }).click();
  await bench.getByText('表单版本 2026').waitFor();
  await bench.goto(`${server.url}/residents/${person.id}`);
  const visits = bench.locator('section', { hasText: '2型糖尿病随访' }).last();
  await visits.getByRole('button', { name: '查看' }).first().click();
  const sheet = bench.getByRole('dialog');
  await sheet.getByText('6.4').first().waitFor();
  // A visit typed on the workbench is opened on the same edition as on the phone.
  await bench.goto(`${server.url}/residents/${person.id}/follow-up`);
  await bench.getByText('足背动脉搏动').first().waitFor();
  expect(await bench.getByText('心理调整').count()).toBe(0);
  await desk.close();
  expect(doctor.errors).toEqual([]);
});
