import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desktop, launchBrowser, phone } from '#test/support/browser.ts';
import { goSignedIn, openWindow } from '#test/support/open-page.ts';
import { quietPeople } from '#test/support/send-referral.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';

let server: TestServer;
let browser: Browser;
let person: { id: string; name: string };
const errors: string[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ residents: 2000, withPages: true }),
    launchBrowser(),
  ]);
  const [found] = await quietPeople(server, '/999999/100/201/', 1);
  if (!found) throw new Error('nobody to ask about');
  person = found;
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
const cardOf = (page: Page) => page.getByRole('region', { name: `会诊 ${person.name}` });

describe('会诊：卫生院请县医院心内科', () => {
  it('the township doctor asks on the person’s page; what is missing is said, and nothing typed is lost', async () => {
    const page = await open('township', `/residents/${person.id}`, phone);
    const panel = page.getByRole('region', { name: '会诊', exact: true });
    await panel.getByRole('button', { name: '请会诊' }).click();
    await panel.getByText('全程县人民医院（上转）').waitFor();
    await panel.getByLabel('会诊原因').fill('三种药足量，血压仍 160/100，下一步怎样用药？');
    await panel.getByRole('button', { name: '送出会诊申请' }).click();
    await panel.getByRole('alert').getByText('请填写请哪个科室会诊').waitFor();
    await page.reload();
    await panel.getByRole('button', { name: '请会诊' }).click();
    await panel.getByLabel('请哪个科室').fill('心内科');
    await panel.getByRole('button', { name: '送出会诊申请' }).click();
    await cardOf(page).getByText('待受理').waitFor();
    expect(await cardOf(page).getByText('血压仍 160/100').count()).toBe(1);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
      'nothing sticks out of a phone',
    ).toBe(true);
  });

  it('the specialist is told in the morning, reads the summary and writes the opinion; a reload loses nothing', async () => {
    const page = await open('specialist', '/');
    const strip = page.getByRole('region', { name: '会诊', exact: true });
    await strip.getByText('待答复 1').waitFor();
    await strip.getByRole('link', { name: '打开' }).click();
    const card = cardOf(page);
    await card.getByRole('button', { name: '病情摘要' }).click();
    await card.getByText('申请时的摘要').waitFor();
    expect(await card.getByRole('link', { name: person.name }).count(), 'no way into the record').toBe(0);
    await card.getByRole('button', { name: '写会诊意见' }).click();
    await card.getByLabel('会诊意见').fill('加用螺内酯 20 mg 每日一次，查血钾与醛固酮，两周后复测');
    await page.reload();
    await card.getByRole('button', { name: '写会诊意见' }).click();
    await card.getByRole('button', { name: '送出意见' }).click();
    await card.waitFor({ state: 'detached' });
    await page.getByText('没有要答复的会诊').waitFor();
  });

  it('the township doctor is told, files the opinion, and the record has the national sheet to print', async () => {
    const page = await open('township', '/');
    const strip = page.getByRole('region', { name: '会诊', exact: true });
    await strip.getByText('意见待采纳 1').waitFor();
    await strip.getByRole('link', { name: '打开' }).click();
    await cardOf(page).getByText('加用螺内酯').waitFor();
    await cardOf(page).getByRole('button', { name: '存入会诊记录' }).click();
    await cardOf(page).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '看已结束的' }).click();
    const print = cardOf(page).getByRole('link', { name: '打印会诊记录表' });
    const address = await print.getAttribute('href');
    await page.goto(server.url + address);
    await page.getByRole('heading', { name: '会诊记录表' }).waitFor();
    for (const text of ['加用螺内酯', '林文博', '陈立新', person.name])
      await page.getByText(text).first().waitFor();
    expect(errors).toEqual([]);
  });
});
