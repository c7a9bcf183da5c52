import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { definitionOfForm } from '#capabilities/field-sync/server/own-definitions.ts';
import { publishDefinitions } from '#capabilities/field-sync/server/publish-definitions.ts';
import type { FormEdition, FormField } from '#kernel/form-shape.ts';
import { orgPath } from '#kernel/org-path.ts';
import { withScope } from '#platform/server/database/with-scope.ts';
import { formEdition } from '#standards/forms/all-forms.ts';
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
  server.look<{ id: string; records: string[]; last: string }>(
    `select r.id, (select max(f.occurred_on)::text from form_record f where f.resident_id = r.id) as last, (select array_agg(f.id order by f.occurred_on desc) from form_record f where f.resident_id = r.id
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

it('a visit dated back is typed on the edition of that day; changing the day over the boundary loses nothing typed', async () => {
  // From the 20th there is no line for tests, and a danger sign has the number of another.
  await publish(
    change('2026', '2026-11-20', (field) => {
      if (field.id === 'labs') return [];
      if (field.id !== 'emergencySigns' || field.kind !== 'codes') return [field];
      const anew = field.options.map((one) => (one.code === '2' ? { ...one, label: '突发偏瘫' } : one));
      return [{ ...field, options: anew }];
    }),
  );
  const person = (await people()).slice(1).find((one) => one.last < '2026-10-20');
  await page.goto(`${server.url}/residents/${person?.id}/follow-up`);
  const editionLine = page.getByText(/^表单版本：/);
  const day = page.getByLabel('随访日期', { exact: true });
  const aside = page.getByRole('status', { name: '换版未带入' });
  const labs = page.getByLabel('辅助检查', { exact: true });
  const sign = (label: string) =>
    page.getByRole('group', { name: '危急征象' }).getByRole('checkbox', { name: label, exact: true });
  await editionLine.getByText('2026 版').waitFor();
  expect(await labs.count()).toBe(0);
  await sign('突发偏瘫').waitFor();
  await page.getByLabel('收缩压', { exact: true }).fill('128');
  await day.fill('2026-11-10');
  await editionLine.getByText('2025 版').waitFor();
  await page.getByLabel('舒张压', { exact: true }).fill('78');
  await page.getByLabel('静息心率', { exact: true }).fill('72');
  await labs.fill('尿蛋白阴性');
  await sign('剧烈头痛或头晕').click();
  await page.getByText('有危急征象：剧烈头痛或头晕').first().waitFor();
  await day.fill('2026-11-24');
  await editionLine.getByText('2026 版').waitFor();
  await aside.getByText('辅助检查：尿蛋白阴性').waitFor();
  await aside.getByText(/剧烈头痛或头晕$/).waitFor();
  // The sign of that number is another here: it is not taken for it.
  expect(await sign('突发偏瘫').isChecked()).toBe(false);
  await page.reload();
  await aside.getByText('辅助检查：尿蛋白阴性').waitFor();
  await day.fill('2026-11-10');
  await editionLine.getByText('2025 版').waitFor();
  expect(await labs.inputValue()).toBe('尿蛋白阴性');
  expect(await sign('剧烈头痛或头晕').isChecked()).toBe(true);
  expect(await aside.count()).toBe(0);
  await sign('剧烈头痛或头晕').click();
  await page.getByRole('button', { name: '保存随访' }).click();
  const saved = page.getByText(/已保存/);
  const asked = page.getByRole('button', { name: '已核对，确认保存' });
  await saved.or(asked).first().waitFor();
  if (await asked.isVisible()) await asked.click();
  await saved.first().waitFor();
  const filed = await server.look(
    `select form_edition, occurred_on::text as on, answers->>'labs' as labs, answers->>'sbp' as sbp from form_record
     where resident_id = $1 and received_at >= $2`,
    [person?.id, server.now()],
  );
  expect(filed).toEqual([{ form_edition: '2025', on: '2026-11-10', labs: '尿蛋白阴性', sbp: '128' }]);
  expect(errors).toEqual([]);
});

it('a form of the record dated back is typed on the edition of that day too', async () => {
  const known = formEdition('encounter-note', '2017');
  if (!known) throw new Error('no note');
  const kin: FormField = { kind: 'text', id: 'kin', label: '陪同的人', required: 'optional', maxLength: 40 };
  const groups = known.groups.map((group, at) =>
    at === 0 ? { ...group, fields: [...group.fields, kin] } : group,
  );
  await publish({ ...known, edition: '2026', inForceFrom: '2026-11-20', groups });
  const [person] = await people();
  await page.goto(`${server.url}/residents/${person?.id}/forms/encounter-note`);
  const beside = page.getByLabel('陪同的人', { exact: true });
  await beside.fill('女儿');
  const day = page.locator('#field-encounterDate');
  await day.fill('2026-11-19');
  await page.getByText(/^表单版本：.* 2017 版/).waitFor();
  expect(await beside.count()).toBe(0);
  await page.getByText('陪同的人：女儿').waitFor();
  await day.fill('2026-11-20');
  await expect.poll(() => beside.inputValue()).toBe('女儿');
  expect(errors).toEqual([]);
});
