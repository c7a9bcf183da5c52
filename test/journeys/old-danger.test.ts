import type { Browser } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '#test/support/browser.ts';
import { goSignedIn, openWindow } from '#test/support/open-page.ts';
import { accessibilityFaults, firstSignIn, goInApp, newPhone } from '#test/support/phone.ts';
import { visitAfter } from '#test/support/sample-visit.ts';
import { startTestServer, type TestServer, testNow } from '#test/support/server.ts';

const daysAgo = 60;
const then = new Date(testNow.getTime() - daysAgo * 86_400_000);
const visitDate = then.toISOString().slice(0, 10);
const title = `${daysAgo} 天前（${visitDate}）的危急情况未处理，请核实`;

let server: TestServer;
let browser: Browser;
let person: { id: string };
const errors: string[] = [];

/** Two months ago 190/115 was written down, and nothing was done since. */
beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ residents: 1500, withPages: true }),
    launchBrowser(),
  ]);
  const [found] = await server.look<{ id: string }>(
    `select r.id from resident r
     join enrollment e on e.resident_id = r.id and e.program = 'hypertension' and e.closed_on is null and e.enrolled_on < $1
     where r.org_path = '/999999/100/201/' and r.status = 'active'
       and not exists (select 1 from enrollment o where o.resident_id = r.id and o.id <> e.id)
       and not exists (select 1 from form_record f where f.resident_id = r.id and f.occurred_on >= $1)
       and not exists (select 1 from referral_request q where q.resident_id = r.id)
     order by r.id limit 1`,
    [visitDate],
  );
  if (!found) throw new Error('nobody who was not seen for two months');
  person = found;
  server.setNow(then);
  const village = await server.signIn('village');
  const start = await village.call('GET', `/api/residents/${person.id}/follow-ups/prepare`);
  const saved = await village.call('POST', '/api/follow-ups', {
    operationId: uuidv7(),
    recordId: uuidv7(),
    residentId: person.id,
    formEdition: '2017',
    answers: visitAfter(start.body.prefill, {
      visitDate,
      sbp: 190,
      dbp: 115,
      visitClass: '2',
      nextVisitDate: new Date(then.getTime() + 14 * 86_400_000).toISOString().slice(0, 10),
      referralReason: '血压危急',
      referralOrgDept: '县人民医院 急诊',
    }),
    confirmed: ['sbp:unusual', 'dbp:unusual'],
  });
  expect(saved.body.nextTask?.kind, JSON.stringify(saved.body)).toBe('crisis');
  server.setNow(testNow);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

describe('两个月前的危急情况，一直没有处理', () => {
  it('on the phone it is no emergency: it says how old it is and asks to measure again', async () => {
    const { page, errors: thrown } = await newPhone(browser, server.url, { now: server.now() });
    await firstSignIn(page, 'village');
    await goInApp(page, `/people/${person.id}`);
    const advice = page.getByRole('region', { name: '建议转诊' });
    await advice.getByText(title).waitFor();
    await advice.getByText('马上复测').waitFor();
    expect(await page.getByText('危急：应紧急转诊').count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await advice.getByRole('link', { name: '发起转诊' }).tap();
    await page.getByRole('radio', { name: '尽快', checked: true }).waitFor();
    expect(await page.getByLabel('转诊理由').inputValue()).toContain(
      `${daysAgo} 天前（${visitDate}）发现，未处理：`,
    );
    expect(thrown).toEqual([]);
  });

  it('the workbench says the same, in the assessment too', async () => {
    const page = await openWindow(browser, errors);
    await goSignedIn(page, server, 'village', `/residents/${person.id}`);
    const advice = page.getByRole('region', { name: '建议转诊' });
    await advice.getByText(title).waitFor();
    await advice.getByText('马上复测').waitFor();
    const assessment = page.getByRole('region', { name: '病情评估' });
    await assessment.getByText(`${daysAgo} 天前，请核实`).waitFor();
    await page.getByRole('button', { name: '发起转诊' }).click();
    await page.getByRole('radio', { name: '尽快', checked: true }).waitFor();
    expect(await page.getByLabel('转诊理由').inputValue()).toContain('未处理：');
    expect(errors).toEqual([]);
  });

  it('the next reading decides: still as high it is an emergency of today', async () => {
    const village = await server.signIn('village');
    const start = await village.call('GET', `/api/residents/${person.id}/follow-ups/prepare`);
    const saved = await village.call('POST', '/api/follow-ups', {
      operationId: uuidv7(),
      recordId: uuidv7(),
      residentId: person.id,
      formEdition: '2017',
      answers: visitAfter(start.body.prefill, {
        sbp: 192,
        dbp: 112,
        visitClass: '2',
        nextVisitDate: '2026-12-08',
        referralReason: '血压危急',
        referralOrgDept: '县人民医院 急诊',
      }),
      confirmed: ['sbp:unusual', 'dbp:unusual'],
    });
    expect(saved.body.nextTask?.kind, JSON.stringify(saved.body)).toBe('crisis');
    const page = await openWindow(browser, errors);
    await goSignedIn(page, server, 'village', `/residents/${person.id}`);
    await page.getByRole('region', { name: '建议转诊' }).getByText('危急：应紧急转诊').waitFor();
    await page.getByRole('button', { name: '发起转诊' }).click();
    await page.getByRole('radio', { name: '急诊', checked: true }).waitFor();
  });
});

describe('空腹血糖 3.9', () => {
  it('is called 低血糖 on the sheet, nowhere 达标 or 控制满意', async () => {
    const [diabetic] = await server.look<{ id: string }>(
      `select r.id from resident r
       join enrollment e on e.resident_id = r.id and e.program = 'type-2-diabetes' and e.closed_on is null
       where r.org_path like '/999999/100/%' and r.status = 'active'
         and not exists (select 1 from enrollment o where o.resident_id = r.id and o.id <> e.id)
       order by r.id limit 1`,
    );
    const page = await openWindow(browser, errors);
    await goSignedIn(page, server, 'township', `/residents/${diabetic?.id}/follow-up`);
    await page.getByLabel('空腹血糖值', { exact: true }).fill('3.9');
    await page.getByText('达标（公卫口径）').waitFor();
    await page.getByText('空腹血糖 3.9 mmol/L，为低血糖（≤3.9）。').first().waitFor();
    const tag = (text: string) => page.locator('.state', { hasText: text });
    await tag('低血糖').first().waitFor();
    expect(await page.locator('.state', { hasText: /^[✓]?(达标|控制满意)$/ }).count()).toBe(0);
    expect(errors).toEqual([]);
  });
});
