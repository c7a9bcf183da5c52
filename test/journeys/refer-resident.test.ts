import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, phone } from '#test/support/browser.ts';
import { goSignedIn, openWindow } from '#test/support/open-page.ts';
import { startTestServer, type TestServer, testNow } from '#test/support/server.ts';

let server: TestServer;
let browser: Browser;
let person: { id: string; name: string; reason: string };
const errors: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ residents: 2000, withPages: true }),
    launchBrowser(),
  ]);
  const [found] = await server.look<typeof person>(
    `select r.id, r.name, t.reason from follow_up_task t
     join resident r on r.county_id = t.county_id and r.id = t.resident_id and r.status = 'active'
     where t.kind = 'refer' and t.closed_at is null and t.org_path like '/999999/100/%' order by r.id limit 1`,
  );
  if (!found) throw new Error('nobody to refer');
  person = found;
  await server.look("update organization set phone = '0555-6601120' where path = '/999999/100/'");
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function open(username: string, path: string): Promise<Page> {
  server.setNow(testNow);
  const page = await openWindow(browser, errors, phone);
  await goSignedIn(page, server, username, path);
  return page;
}
const doctorOf = async () => {
  const [staff] = await server.look<{ username: string }>(
    `select s.username from staff s join resident r on r.organization_id = s.organization_id
     where r.id = $1 and s.role = 'village-doctor' limit 1`,
    [person.id],
  );
  return staff?.username ?? 'village';
};
const cardOf = (page: Page) => page.getByRole('region', { name: `转诊 ${person.name}` });

describe('村医随访后转诊：连续两次控制不满意', () => {
  it('the village doctor sends the person on from the page, with the reason of the follow-up', async () => {
    const page = await open(await doctorOf(), `/residents/${person.id}`);
    const panel = page.getByRole('region', { name: '转诊', exact: true });
    await panel.getByRole('button', { name: '发起转诊' }).click();
    expect(await panel.getByLabel('转诊理由').inputValue()).toBe(person.reason);
    await panel.getByRole('radio', { name: '急诊' }).click();
    await panel.getByLabel('转往科室').fill('全科门诊');
    await panel.getByRole('button', { name: '送出转诊' }).click();
    await panel.getByText('急诊转诊请写明已做的初步处理。').waitFor();
    await panel.getByRole('link', { name: '☎ 青禾镇中心卫生院 0555-6601120' }).waitFor();
    const steps = panel.getByRole('group', { name: '急诊处理清单' });
    await steps.getByRole('checkbox', { name: /已拨打120/ }).check();
    const handling = panel.getByRole('textbox', { name: '初步处理' });
    expect(await handling.inputValue()).toMatch(/^\d\d:\d\d 已拨打120。$/);
    await steps.getByRole('checkbox', { name: /已拨打120/ }).uncheck();
    expect(await handling.inputValue()).toBe('');
    await panel.getByRole('button', { name: '急诊科' }).click();
    expect(await panel.getByLabel('转往科室').inputValue()).toBe('急诊科');
    await panel.getByLabel('转往科室').fill('全科门诊');
    // What was typed outlives a reload.
    await page.reload();
    await panel.getByRole('button', { name: '发起转诊' }).click();
    expect(await panel.getByLabel('转往科室').inputValue()).toBe('全科门诊');
    await panel.getByRole('radio', { name: '尽快' }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
    await panel.getByRole('button', { name: '送出转诊' }).click();
    await cardOf(page).getByText('待答复').waitFor();
  });

  it('a second one is refused in words, and the first can be taken back', async () => {
    const page = await open(await doctorOf(), '/referrals');
    await cardOf(page).getByText('待答复').waitFor();
    await page.goto(`${server.url}/residents/${person.id}`);
    const panel = page.getByRole('region', { name: '转诊', exact: true });
    await panel.getByRole('button', { name: '发起转诊' }).click();
    await panel.getByLabel('转往科室').fill('心内科');
    await panel.getByRole('button', { name: '送出转诊' }).click();
    await panel.getByText(/还在进行中；要改请先撤回那一份/).waitFor();
    await cardOf(page).getByRole('button', { name: '撤回', exact: true }).click();
    await cardOf(page).getByLabel('撤回的说明').fill('家属要求改去县医院');
    await cardOf(page).getByRole('button', { name: '确认撤回' }).click();
    await cardOf(page).getByText('已撤回').first().waitFor();
    await panel.getByRole('button', { name: '送出转诊' }).click();
    await cardOf(page).getByText('待答复').waitFor();
    expect(errors).toEqual([]);
  });

  it('a page stays while the server is away, says from when it is, and goes when it is refused', async () => {
    const page = await open(await doctorOf(), '/account');
    await page.clock.install();
    await page.goto(`${server.url}/referrals`);
    await cardOf(page).getByText('待答复').waitFor();
    const lists = '**/api/referrals?*';
    await page.route(lists, (route) => route.abort());
    const strip = page.getByRole('status').filter({ hasText: '连不上服务器' });
    // The list asks anew by itself, twice more where nobody answers.
    await expect.poll(() => page.clock.runFor(10_000).then(() => strip.count()), { timeout: 20_000 }).toBe(1);
    await cardOf(page).getByText('待答复').waitFor();
    await page.unroute(lists);
    await strip.getByRole('button', { name: '立即再试' }).click();
    await strip.waitFor({ state: 'detached' });
    await page.route(lists, (route) =>
      route.fulfill({
        status: 403,
        contentType: 'application/problem+json',
        json: { code: 'not-allowed', title: '您的角色不能进行此操作', detail: '', retryable: false },
      }),
    );
    await expect
      .poll(() => page.clock.runFor(10_000).then(() => cardOf(page).count()), { timeout: 20_000 })
      .toBe(0);
    await page.getByText('您的角色不能进行此操作').waitFor();
  });
});
