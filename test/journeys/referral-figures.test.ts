import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desktop, launchBrowser, phone } from '#test/support/browser.ts';
import { goSignedIn, openWindow } from '#test/support/open-page.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';

let server: TestServer;
let browser: Browser;
/** Whose referral of forty days ago nobody followed up, in the township the bureau asks about. */
let forgotten: { name: string; village: string; township: string };
const errors: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ residents: 2000, withPages: true }),
    launchBrowser(),
  ]);
  const [found] = await server.look<typeof forgotten>(
    `select r.name, v.name as village, t.name as township from referral_request q
     join resident r on r.id = q.resident_id join organization v on v.id = r.organization_id
     join organization t on t.id = q.from_organization_id
     where q.status = 'taken-on' and q.org_path like '/999999/100/%'
       and not exists (select 1 from form_record f where f.resident_id = r.id and f.form like '%-follow-up'
         and f.occurred_on between (q.requested_at at time zone 'Asia/Shanghai')::date + 1
           and (q.requested_at at time zone 'Asia/Shanghai')::date + 14)`,
  );
  if (!found) throw new Error('everybody was followed up');
  forgotten = found;
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function open(username: string, path: string, viewport = desktop): Promise<Page> {
  const page = await openWindow(browser, errors, viewport);
  await goSignedIn(page, server, username, path);
  return page;
}
/** How many the open list says it has, and how many it shows. */
async function listed(page: Page) {
  const drawer = page.getByRole('dialog');
  const told = await drawer.getByText(/^共 \d+ 份/).textContent();
  return [Number(/\d+/.exec(told ?? '')?.[0]), await drawer.getByText(/ 发出 · /).count()];
}

describe('卫健局问：这个镇转出去的人，为什么没有人随访', () => {
  it('goes from the county to the township to the person and opens the record', async () => {
    const page = await open('bureau', '/');
    await page.getByRole('link', { name: '转诊统计' }).click();
    await page.getByRole('heading', { name: '全程县 · 转诊统计' }).waitFor();
    await page.getByRole('link', { name: forgotten.township }).click();
    await page.getByRole('heading', { name: `${forgotten.township} · 转诊统计` }).waitFor();
    const card = page.getByRole('button', { name: /^转诊随访率 / });
    const [, inside, of] = (
      /(\d+) \/ (\d+) 份/.exec((await card.getAttribute('aria-label')) ?? '') ?? []
    ).map(Number);
    expect(of).toBeGreaterThan(0);
    await page.getByRole('button', { name: '转诊随访率怎么算' }).click();
    await page.getByText('转出次日起 14 天内（含第 14 天）').waitFor();
    await page.keyboard.press('Escape');
    await card.click();
    const drawer = page.getByRole('dialog', { name: `${forgotten.township} · 转诊随访率` });
    await drawer.getByText(/^共 /).waitFor();
    expect(await listed(page)).toEqual([Number(of) - Number(inside), Number(of) - Number(inside)]);
    await drawer
      .getByText(/没有随访/)
      .first()
      .waitFor();
    await drawer.getByText(forgotten.village).first().waitFor();
    await drawer.getByText('不在分母').click();
    await drawer
      .getByText(/还没有满/)
      .first()
      .waitFor();
    await drawer.getByText('未计入').click();
    await drawer.getByRole('link', { name: new RegExp(`^${forgotten.name} `) }).click();
    await page.getByRole('heading', { name: new RegExp(forgotten.name) }).waitFor();
  });

  it('of a time without referrals says so, and shows no share of nothing', async () => {
    const page = await open('township', '/referrals');
    await page.getByRole('link', { name: '转诊统计' }).click();
    await page.getByRole('combobox', { name: '时期' }).click();
    await page.getByTitle('2025 年', { exact: true }).click();
    await page.getByText('2025 年没有发出转诊').waitFor();
    expect(await page.getByText('0.0%').count()).toBe(0);
  });

  it('the hospital sees what it received and sent, nobody’s record, and the page fits a phone', async () => {
    const page = await open('specialist', '/referrals/figures', phone);
    await page.getByText('本院收到的转诊，结束 30 天').waitFor();
    expect(await page.getByRole('button', { name: /^转诊随访率/ }).count()).toBe(0);
    await page.getByRole('button', { name: /^已接受 / }).click();
    const drawer = page.getByRole('dialog', { name: '全程县人民医院 · 已接受' });
    await drawer
      .getByText(/后接受$/)
      .first()
      .waitFor();
    const [told, shown] = await listed(page);
    expect(told).toBe(shown);
    expect(await drawer.getByRole('link').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: '本院发出的' }).click();
    await page.getByText('2026 年没有发出转诊').waitFor();
    const bureau = await open('bureau', '/referrals/figures', phone);
    await bureau.getByText('按下级机构').waitFor();
    for (const one of [page, bureau])
      expect(
        await one.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBeLessThanOrEqual(0);
    expect(errors).toEqual([]);
  });
});
