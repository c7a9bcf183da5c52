import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeNextExaminations } from '#capabilities/screening/server/public.ts';
import { addDays } from '#kernel/plain-date.ts';
import { desktop, launchBrowser, phone } from '#test/support/browser.ts';
import { goSignedIn, openWindow } from '#test/support/open-page.ts';
import { startTestServer, type TestServer, testNow, testToday } from '#test/support/server.ts';

let server: TestServer;
let browser: Browser;
const errors: string[] = [];
const dayLength = 86_400_000;

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ residents: 2000, withPages: true }),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const windows = new Map<string, Page>();

/** Somebody's window at a screen, so many days later. */
async function open(username: string, path: string, days: number, size = desktop): Promise<Page> {
  server.setNow(new Date(testNow.getTime() + days * dayLength));
  const page = windows.get(username) ?? (await openWindow(browser, errors, size));
  windows.set(username, page);
  await goSignedIn(page, server, username, path);
  return page;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).last();

/** Fills the community sheet that is open and saves it. */
async function fillSheet(page: Page, sbp: string, dbp: string): Promise<void> {
  await page.getByRole('heading', { name: '高血压、糖尿病社区筛查登记表' }).waitFor();
  await page.getByLabel('收缩压', { exact: true }).fill(sbp);
  await page.getByLabel('舒张压', { exact: true }).fill(dbp);
  await page.getByRole('radio', { name: '入户' }).click();
  for (const group of [
    '高血压家族史（一、二级亲属）',
    '糖尿病家族史（一级亲属）',
    '长期膳食高盐',
    '缺乏体力活动',
  ])
    await page.locator('.field', { hasText: group }).getByRole('radio', { name: '否' }).click();
  await page.locator('.field', { hasText: '长期过量饮酒' }).getByRole('radio', { name: '否' }).click();
}

async function saveSheet(page: Page): Promise<void> {
  await button(page, '保存筛查表').click();
  const saved = page.getByRole('heading', { name: /已保存/ });
  const asked = page.getByRole('button', { name: '已核对，确认保存' });
  await saved.or(asked).first().waitFor();
  if (await asked.isVisible()) await asked.click();
  await saved.waitFor();
}

describe('筛查活动', () => {
  it('finds somebody at the door, is confirmed on three days, and ends in management', async () => {
    // The township plans: whom, where, which days; looks at the list; starts.
    let office = await open('publichealth', '/screening/new', 0);
    await office.getByLabel('活动名称').fill('冬季血压筛查');
    await button(office, '生成名单并预览').click();
    await office.getByText('待开始').waitFor();
    await office.getByText(/请看过各村人数与名单后开始/).waitFor();
    await button(office, /^开\s?始$/).click();
    await office.getByText('进行中').first().waitFor();
    const campaign = new URL(office.url()).pathname;

    // The village walks with the printed list.
    const village = await open('village', campaign, 0, phone);
    const line = village.locator('.episode-line').first();
    await line.waitFor();
    const name = (await line.locator('b').first().textContent()) ?? '';
    const residentId = /residents\/([^/?]+)/.exec(
      (await line.locator('a').first().getAttribute('href')) ?? '',
    )?.[1];
    const paper = await village.context().newPage();
    await paper.goto(`${server.url}/print${campaign.replace('/screening', '')}`);
    await paper.locator('.sheet').getByText(name).first().waitFor();
    await paper.close();

    // Nobody home at the second door: noted, and the person stays to be visited.
    const second = village.locator('.episode-line').nth(1);
    await second.getByRole('button', { name: '未见' }).click();
    await button(village, /登\s?记/).click();
    await village.getByText('已登记').first().waitFor();

    // The rule speaks while the sheet is filled.
    await line.getByRole('button', { name: '填筛查表' }).click();
    await fillSheet(village, '168', '102');
    await village
      .getByLabel(/规则结论/)
      .or(village.locator('.side'))
      .getByText('疑似')
      .first()
      .waitFor();
    await saveSheet(village);
    await village
      .getByText(/下一步：/)
      .first()
      .waitFor();

    // Two other days make three; a single good value in between would not have lifted it.
    for (const [day, sbp] of [
      [6, '158'],
      [12, '152'],
    ] as const) {
      const page = await open('village', `/residents/${residentId}/screening/community-screening`, day);
      await fillSheet(page, sbp, '96');
      await saveSheet(page);
    }
    await village.getByText('达到诊断标准').first().waitFor();

    // The doctor confirms on that evidence, from the list of suspicions.
    const doctor = await open('township', '/screening/suspected', 12);
    const suspect = doctor.locator('.episode-line', { hasText: name }).filter({ hasText: '高血压' }).first();
    await suspect.getByText('已达到诊断标准').waitFor();
    await suspect.getByRole('button', { name: /确\s?诊/ }).click();
    await doctor.getByText('问过，没有').click();
    await button(doctor, '按依据确诊').click();
    await doctor.getByText('已确诊，请在期限内纳入管理').waitFor();

    // The village enrolls within the days; the course tells the whole way.
    const home = await open('village', '/screening/confirmed', 13);
    await home.locator('.episode-line', { hasText: name }).getByRole('button', { name: '去纳管' }).click();
    await button(home, '纳入高血压管理').click();
    await button(home, '纳入管理').click();
    await home.getByText('已纳入高血压管理').waitFor();
    await home.getByRole('button', { name: /看经过/ }).click();
    const way = home.locator('section', { hasText: '病程' }).locator('li');
    await expect.poll(() => way.count()).toBe(5);
    expect(await way.first().textContent()).toContain('纳入管理');

    // The office sees it in the village's numbers, and nothing broke on the way.
    office = await open('publichealth', campaign, 13);
    await office.getByRole('button', { name: '疑似' }).click();
    await office.locator('.episode-line', { hasText: name }).waitFor();
    expect(errors).toEqual([]);
  });
});

describe('高危人群', () => {
  it('are found in the readings of other work, and take home what to do and when not to wait', async () => {
    const office = await open('publichealth', '/screening/high-risk', 13);
    const card = office.getByRole('region', { name: '从档案识别' });
    await button(office, '开始识别').click();
    await card.getByText(/有近期测量的 \d+ 人，列入高危/).waitFor();
    await button(office, '重新识别').waitFor();
    const [, listed] = /列入高危 (\d+)/.exec((await card.textContent()) ?? '') ?? [];
    expect(Number(listed)).toBeGreaterThan(0);

    const village = await open('village', '/screening/high-risk', 13);
    expect(await village.getByRole('region', { name: '从档案识别' }).count()).toBe(0);
    const line = village.locator('.episode-line').first();
    await line.waitFor();
    const path = await line.getByRole('link', { name: '指导单' }).getAttribute('href');
    const paper = await village.context().newPage();
    await paper.goto(server.url + path);
    const sheet = paper.locator('.sheet');
    await sheet
      .getByText(/高危）：/)
      .first()
      .waitFor();
    await sheet
      .getByText(/^血压：/)
      .first()
      .waitFor();
    await sheet
      .getByText(/^吸烟：/)
      .first()
      .waitFor();
    await sheet.getByText(/马上打 120/).waitFor();
    await paper.close();
    expect(errors).toEqual([]);
  });
});

describe('到期检查', () => {
  it('says how many wait for each test, place by place, and names them down to the person', async () => {
    const doctor = await open('township', '/screening/due-examinations', 13);
    await doctor.getByText(/还有 \d+ 个机构正在推算/).waitFor();
    await judgeNextExaminations(server.database, {
      countyId: '999999',
      today: addDays(testToday, 13),
      now: server.now(),
      people: Number.POSITIVE_INFINITY,
    });
    await doctor.reload();
    const figure = doctor.getByRole('button', { name: /^心电图 ?\d+$/ });
    const [, due] = /(\d+)$/.exec((await figure.textContent()) ?? '') ?? [];
    expect(Number(due)).toBeGreaterThan(0);
    await figure.click();
    await doctor.getByRole('heading', { name: '心电图到期名单' }).waitFor();
    const place = doctor
      .locator('tbody tr')
      .filter({ hasNot: doctor.getByRole('cell', { name: /^0$/ }) })
      .first();
    const name = (await place.getByRole('button').textContent()) ?? '';
    await place.getByRole('button').click();
    await doctor.getByRole('heading', { name: new RegExp(`^${name} · 在管`) }).waitFor();
    const line = doctor.locator('.work-line').first();
    await line.getByText(name).waitFor();
    await line.getByText(/应于 \d{4}-\d\d-\d\d 前/).waitFor();
    const who = (await line.locator('b').first().textContent()) ?? '';
    await line.click();
    await doctor.getByRole('heading', { name: who }).waitFor();

    const village = await open('village', '/screening/due-examinations', 13, phone);
    await village.locator('.work-line').first().waitFor();
    expect(await village.locator('table').count()).toBe(0);
    expect(errors).toEqual([]);
  });
});

describe('分级分标', () => {
  it('is previewed in bulk, confirmed, and stands on the person with its reasons', async () => {
    const doctor = await open('township', '/grading', 14);
    await button(doctor, '新的批量评定').click();
    await button(doctor, '开始预览').click();
    await doctor.getByText(/确认后将给/).waitFor();
    await button(doctor, '确认执行').click();
    await doctor.locator('.ant-popconfirm').getByRole('button', { name: '确认执行' }).click();
    await doctor.getByText(/已评定 \d+ 人/).waitFor();
    await doctor.getByRole('button', { name: /首次评定/ }).click();
    await doctor.locator('.work-line').first().click();
    const panel = doctor.locator('section', { hasText: '分级分标' }).first();
    await panel
      .getByText(/每 \d+ 天随访/)
      .first()
      .waitFor();
    await panel.getByRole('button', { name: /看历次评定/ }).click();
    await panel.locator('li').first().getByText(/批量/).waitFor();
    expect(errors).toEqual([]);
  });
});
