import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '#test/support/browser.ts';
import {
  enterPin,
  firstSignIn,
  goInApp,
  keptDrafts,
  newPhone,
  openApp,
  type PhoneInHand,
  signInAgain,
} from '#test/support/phone.ts';
import { idNoOf } from '#test/support/sample-person.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';

const [hour, day] = [3_600_000, 86_400_000];
/** 8:30 in the morning in China. */
const morning = new Date('2026-11-24T00:30:00Z');
const evening = new Date(morning.getTime() + 8.5 * hour);
const today = '2026-11-24';
/** The village doctor's phone believes it is more than a year later. */
const wrongClock = new Date(morning.getTime() + 400 * day);

let server: TestServer;
let browser: Browser;
let village: PhoneInHand;
let township: PhoneInHand;

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ residents: 4000, withPages: true }),
    launchBrowser(),
  ]);
  server.setNow(morning);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Reasons for a follow-up now; a screening, a recheck of a suspicion or a contract's item may still be due. */
const isForFollowUp = /危急后随访|转诊后随访|逾期|今日到期/;

interface Listed {
  readonly id: string;
  readonly name: string;
}

/** Who is overdue in the county by the people behind its figure. */
async function overdueInCounty(): Promise<string[]> {
  const bureau = await server.signIn('bureau');
  const { body } = await bureau.call('GET', '/api/indicators/hypertension');
  const organizationId = body.organization.id;
  const ids: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const reply: { body: { items: { id: string }[]; nextCursor: string | null } } = await bureau.call(
      'POST',
      '/api/indicators/hypertension/people',
      { organizationId, figure: 'overdue', side: 'in', ...(cursor ? { cursor } : {}) },
    );
    ids.push(...reply.body.items.map((item) => item.id));
    cursor = reply.body.nextCursor;
    if (!cursor) break;
  }
  expect(ids.length, 'the list has the length of the figure').toBe(body.figures.overdue);
  return ids.sort();
}

/** People on the village's list today for hypertension alone, the urgent first; those of the days to come left out. */
async function peopleToday(page: Page): Promise<Listed[]> {
  await goInApp(page, '/');
  await page.getByRole('tab', { name: /^全部/ }).tap();
  return page.locator('.f-line-main').evaluateAll((lines) =>
    lines
      .filter((line) => line.lastElementChild?.firstElementChild?.textContent === '高血压')
      .filter((line) => !/七日内|筛查|签约/.test(line.textContent ?? ''))
      .map((line) => ({
        id: (line.getAttribute('href') ?? '').split('/').at(-1) ?? '',
        name: line.querySelector('.f-name')?.textContent ?? '',
      })),
  );
}

async function openVisit(page: Page, person: Listed): Promise<void> {
  await goInApp(page, `/people/${person.id}/visit`);
  await page.getByRole('region', { name: '数字键盘' }).waitFor();
}

async function saveVisit(page: Page): Promise<void> {
  await page.getByRole('button', { name: '保存', exact: true }).tap();
  await page.getByText(/随访：已存在本机|随访：已上传/).waitFor();
}

const type = async (page: Page, keys: string) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Changes one line of a person at the door. */
async function edit(page: Page, person: Listed, label: string, value: string): Promise<void> {
  await goInApp(page, `/people/${person.id}/edit`);
  await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole('button', { name: /^保存（1 处）/ }).tap();
  await page.getByText(/修改个人信息：/).waitFor();
}

async function syncNow(page: Page): Promise<void> {
  await goInApp(page, '/sync');
  await page.getByRole('button', { name: '现在同步' }).tap();
  await page.getByRole('button', { name: '现在同步' }).waitFor();
  await page.getByRole('link', { name: '同步状态：已上传' }).waitFor();
}

const sheetsOf = (person: Listed) =>
  server.look<{ sbp: number; at: string }>(
    `select (answers->>'sbp')::int as sbp, occurred_on::text as at from form_record
     where resident_id = $1 and form = 'hypertension-follow-up' and occurred_on = $2 order by 1`,
    [person.id, today],
  );

describe('a day without a network', () => {
  let people: Listed[];
  let before: string[];
  let newcomer: string;

  it('8:30 — both phones take their people along; one of them has a clock 400 days fast', async () => {
    village = await newPhone(browser, server.url, { now: wrongClock });
    township = await newPhone(browser, server.url, { now: morning });
    await firstSignIn(village.page, 'village2');
    await firstSignIn(township.page, 'township');
    await goInApp(village.page, '/');
    await village.page.getByText('手机时间与服务器相差 快 400 天').waitFor();
    await village.page.getByRole('heading', { name: '今日 11月24日' }).waitFor();
    people = await peopleToday(village.page);
    expect(people.length).toBeGreaterThanOrEqual(4);
    before = await overdueInCounty();
  });

  it('9:00 — the network goes; visits are saved on the phone and dated by the server’s clock', async () => {
    const [first] = people as [Listed];
    await village.context.setOffline(true);
    await openVisit(village.page, first);
    await type(village.page, '1287872');
    await saveVisit(village.page);
    await village.page.getByText('随访：已存在本机，有网络时自动上传').waitFor();
    await goInApp(village.page, '/');
    await expect.poll(() => village.page.locator('.f-line-main', { hasText: first.name }).count()).toBe(0);
  });

  it('10:00 — the app crashes with a visit half typed, and it is still there afterwards', async () => {
    const [, second] = people as [Listed, Listed];
    await openVisit(village.page, second);
    const kept = await keptDrafts(village.page);
    await type(village.page, '13684');
    await expect.poll(() => keptDrafts(village.page)).toBeGreaterThan(kept);
    const devtools = await village.context.newCDPSession(village.page);
    void devtools.send('Page.crash').catch(() => undefined);
    await new Promise((resolve) => village.page.once('crash', resolve));
    await village.page.close();
    village = { ...village, ...(await openApp(village.context, server.url)) };
    await enterPin(village.page);
    await village.page.getByRole('link', { name: '同步状态：本机已存 1' }).waitFor();
    await goInApp(village.page, `/people/${second.id}/visit`);
    await village.page.getByText('已接着上次没写完的').waitFor();
    await type(village.page, '70');
    await saveVisit(village.page);
  });

  it('11:00 — a newcomer is registered and measured, a call is closed with a reason, a telephone changes', async () => {
    const { page } = village;
    const [, , third, fourth] = people as [Listed, Listed, Listed, Listed];
    await goInApp(page, '/register');
    await page.getByLabel('身份证号', { exact: true }).fill(idNoOf('99999919800214021'));
    await page.getByLabel('姓名', { exact: true }).fill('欧阳新来');
    await page.getByLabel('本人电话', { exact: true }).fill('19900009999');
    await page.getByLabel('联系人姓名', { exact: true }).fill('欧阳大海');
    await page.getByLabel('联系人电话', { exact: true }).fill('19900009998');
    await page.getByRole('button', { name: /都没有$/ }).tap();
    await page.getByRole('button', { name: /以后补$/ }).tap();
    await page.getByRole('radio', { name: /^农、林/ }).tap();
    await page.getByRole('checkbox', { name: /^新型农村合作医疗/ }).tap();
    await page.getByRole('button', { name: '建档', exact: true }).tap();
    await page.getByText(/建档：已存在本机/).waitFor();
    newcomer = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await goInApp(page, `/people/${third.id}`);
    await edit(page, third, '本人电话', '19911110001');
    await goInApp(page, '/');
    await page.getByRole('button', { name: `${fourth.name}：打电话或说明为何今天不随访` }).tap();
    await page.getByRole('radio', { name: '接通，约好日期再来' }).tap();
    await page.getByRole('button', { name: '今天不随访，保存' }).tap();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('14:00 — meanwhile the township sees the same persons on its own phone', async () => {
    const [first, , third] = people as [Listed, Listed, Listed];
    const { page } = township;
    await openVisit(page, first);
    await type(page, '1347974');
    await saveVisit(page);
    await edit(page, third, '本人电话', '19922220002');
    await edit(page, third, '现住址', '全程县青禾镇新村1号');
    await syncNow(page);
  });

  it('17:00 — the network is back: the phone had locked itself, and everything arrives once', async () => {
    server.setNow(evening);
    await village.context.clock.fastForward(8.5 * hour);
    const { page } = village;
    await enterPin(page);
    await village.context.setOffline(false);
    await goInApp(page, '/sync');
    await signInAgain(page, 'village2');
    await page.getByRole('link', { name: '同步状态：已上传' }).waitFor();
    await syncNow(page);
    const [first, second] = people as [Listed, Listed];
    expect((await sheetsOf(first)).map((sheet) => sheet.sbp)).toEqual([128, 134]);
    expect((await sheetsOf(second)).map((sheet) => sheet.sbp)).toEqual([136]);
    const [registered] = await server.look<{ name: string; registered_on: string }>(
      'select name from resident where id = $1',
      [newcomer],
    );
    expect(registered?.name).toBe('欧阳新来');
  });

  it('17:30 — two visits of one day are shown as perhaps one, two telephones are put to a person', async () => {
    const { page } = village;
    const [first, , third] = people as [Listed, Listed, Listed];
    await goInApp(page, `/people/${first.id}`);
    await page.getByText(/2026-11-24 有 2 份高血压随访/).waitFor();
    await goInApp(page, `/people/${third.id}`);
    await page.getByText('全程县青禾镇新村1号').first().waitFor();
    await page.getByText('“本人电话”有两个不同的值，请选一个：').waitFor();
    await page.getByRole('button', { name: /^19911110001/ }).tap();
    await syncNow(page);
    const [row] = await server.look<{ phone: string }>('select id, phone from resident where id = $1', [
      third.id,
    ]);
    expect(row?.phone).toBe('19911110001');
  });

  it('18:00 — the county’s numbers are right, and every phone shows the same', async () => {
    const [first, second, , fourth] = people as [Listed, Listed, Listed, Listed];
    const done = [first, second, fourth].map((person) => person.id);
    expect(await overdueInCounty()).toEqual(before.filter((id) => !done.includes(id)));
    const gone = await server.look<{ due_on: string }>(
      `select min(due_on)::text as due_on from follow_up_task where resident_id = any($1) and closed_at is null`,
      [done],
    );
    expect(gone[0]?.due_on.localeCompare(today), 'what is next lies ahead').toBe(1);
    await goInApp(township.page, '/sync');
    await township.page.getByRole('button', { name: '现在同步' }).tap();
    await signInAgain(township.page, 'township');
    await syncNow(township.page);
    for (const { page } of [village, township]) {
      await goInApp(page, '/');
      await page.getByRole('tab', { name: /^全部/ }).waitFor();
      const lines = await page.locator('.f-line').allTextContents();
      for (const person of [first, second, fourth])
        expect(lines.filter((line) => line.startsWith(person.name) && isForFollowUp.test(line))).toEqual([]);
      await goInApp(page, `/people/${first.id}`);
      await page
        .getByText(/2026-11-24 高血压随访/)
        .first()
        .waitFor();
      expect(await page.getByText(/2026-11-24 高血压随访/).count()).toBe(2);
    }
    expect(village.errors).toEqual([]);
    expect(township.errors).toEqual([]);
  });
});
