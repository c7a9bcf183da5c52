import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { definitionOfForm } from '#capabilities/field-sync/server/own-definitions.ts';
import { publishDefinitions } from '#capabilities/field-sync/server/publish-definitions.ts';
import type { FormEdition, FormField } from '#kernel/form-shape.ts';
import { orgPath } from '#kernel/org-path.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { hypertensionFollowUp2017 } from '#standards/forms/hypertension-follow-up/2017.ts';
import { desktop, launchBrowser } from '#test/support/browser.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';

let server: TestServer;
let browser: Browser;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ residents: 1500, withPages: true }),
    launchBrowser(),
  ]);
  const doctor = await server.signIn('village');
  const [name, value] = doctor.cookie.split('=') as [string, string];
  const desk = await browser.newContext({ viewport: desktop, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  await desk.addCookies([{ name, value, url: server.url }]);
  page = await desk.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const change = (edition: string, from: string, fields: (one: FormField) => FormField[]): FormEdition => ({
  ...hypertensionFollowUp2017,
  edition,
  inForceFrom: from,
  groups: hypertensionFollowUp2017.groups.map((group) => ({
    ...group,
    fields: group.fields.flatMap(fields),
  })),
});

const publish = (edition: FormEdition) =>
  withScope(server.database, { countyId: '999999', path: orgPath('/999999/') }, (tx) =>
    publishDefinitions(tx, '999999', [definitionOfForm(edition)], server.now()),
  );

/** People of the village managed for hypertension alone, with at least two visits. */
const people = () =>
  server.look<{ id: string; records: string[] }>(
    `select r.id, (select array_agg(f.id order by f.occurred_on desc) from form_record f where f.resident_id = r.id
        and f.form = 'hypertension-follow-up' and f.superseded_by is null) as records
     from resident r where r.org_path = '/999999/100/201/' and r.status = 'active'
       and (select array_agg(e.program) from enrollment e where e.resident_id = r.id and e.closed_on is null) = '{hypertension}'
       and (select count(*) from form_record f where f.resident_id = r.id and f.form = 'hypertension-follow-up'
         and f.superseded_by is null) >= 3 order by r.id`,
  );

it('a visit is printed on the edition it names; where nobody has it the page says so and prints nothing', async () => {
  await publish(
    change('2025', '2020-01-01', (field) => [
      field.id === 'heartRate' ? { ...field, label: '静息心率' } : field,
    ]),
  );
  const [person] = await people();
  const [latest = '', before = ''] = person?.records ?? [];
  const written = (id: string, edition: string) =>
    server.look(`update form_record set form_edition = $2 where id = $1`, [id, edition]);
  await written(latest, '2025');
  await written(before, '2099');
  await page.goto(`${server.url}/print/residents/${person?.id}/hypertension`);
  const sheet = page.locator('.sheet');
  await sheet.getByText('静息心率').waitFor();
  await page.getByText('2025 版').waitFor();
  expect(await sheet.locator('h1').textContent()).toBe('高血压患者随访服务记录表');
  await page.getByRole('button', { name: '较早一张' }).click();
  await page.getByText('没有高血压随访表的 2099 版表样，这一张不能打印').waitFor();
  expect(await sheet.count()).toBe(0);
  expect(
    await page
      .getByRole('button', { name: '打 印' })
      .or(page.getByRole('button', { name: '打印', exact: true }))
      .isDisabled(),
  ).toBe(true);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByText('不能打印').isVisible()).toBe(false);
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('button', { name: '较早一张' }).click();
  await page.getByText('2017 版').waitFor();
  expect(await sheet.getByText('静息心率').count()).toBe(0);
  expect(errors).toEqual([]);
});
