import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPassword } from '#apps/demo-county/demo-accounts.ts';
import { launchBrowser, phone as phoneSize } from '#test/support/browser.ts';
import {
  accessibilityFaults,
  allowStorage,
  enterPin,
  fillPhone,
  firstSignIn,
  goInApp,
  keptDrafts,
  newPhone,
  type PhoneInHand,
  peopleWith,
  pin,
  takeOverTheRest,
} from '#test/support/phone.ts';
import { builtField, startTestServer, type TestServer } from '#test/support/server.ts';

let server: TestServer;
let browser: Browser;
let doctor: PhoneInHand;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quancheng-field-'));
  await cp(builtField, folder, { recursive: true });
  [server, browser] = await Promise.all([
    startTestServer({ residents: 1500, withPages: true, fieldFolder: folder }),
    launchBrowser(),
  ]);
  doctor = await newPhone(browser, server.url);
  await firstSignIn(doctor.page, 'village');
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function openVisit(page: Page, place: number): Promise<string> {
  const id = (await peopleWith(page, '高血压'))[place]?.id ?? '';
  await goInApp(page, `/people/${id}/visit`);
  await page.getByRole('region', { name: '数字键盘' }).waitFor();
  return id;
}

async function saveVisit(page: Page): Promise<void> {
  await takeOverTheRest(page);
  await page.getByRole('button', { name: '保存', exact: true }).first().tap();
  await page.getByText(/随访：已存在本机|随访：已上传/).waitFor();
}

const mark = '<meta name="build" content="2">';

/** The county installs a new version: another name of the build, and a start page that says so. */
async function installNewBuild(): Promise<void> {
  const [worker, page] = [join(folder, 'service-worker.js'), join(folder, 'index.html')];
  const text = await readFile(page, 'utf8');
  await writeFile(page, text.replace('<head>', `<head>${mark}`));
  const script = await readFile(worker, 'utf8');
  const renamed = script.replace(/(here=prefix\+")[0-9a-f]{16}/, '$12222222222222222');
  expect(renamed).not.toBe(script);
  await writeFile(worker, renamed);
  // What travels packed is of the old build.
  for (const file of [worker, page])
    for (const end of ['br', 'gz']) await rm(`${file}.${end}`, { force: true });
}

describe('the app is updated while a form is half typed', () => {
  it('SYN-15: goes on with the old one until the doctor says so, and then finds the form as it was', async () => {
    const { page } = doctor;
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await enterPin(page);
    const id = await openVisit(page, 0);
    const kept = await keptDrafts(page);
    for (const key of '13684') await page.keyboard.press(key);
    await expect.poll(() => keptDrafts(page)).toBeGreaterThan(kept);
    await installNewBuild();
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await page.getByText('有新版本。正在填写的内容会保留。').waitFor();
    // Nothing changes under the doctor's hands: the old app still answers, also when it is opened anew.
    await page.getByText('136').first().waitFor();
    expect(await page.locator('meta[name=build]').count()).toBe(0);
    await page.getByRole('button', { name: '现在更新' }).tap();
    await page.waitForFunction(() => document.querySelector('meta[name=build]') !== null);
    await enterPin(page);
    await page.getByText('已接着上次没写完的').waitFor();
    await page.getByText('136').first().waitFor();
    await page.keyboard.press('7');
    await page.keyboard.press('0');
    await saveVisit(page);
    await page.getByRole('link', { name: '同步状态：已上传' }).waitFor({ timeout: 30_000 });
    const sheets = await server.look<{ sbp: number }>(
      `select (answers->>'sbp')::int as sbp from form_record where resident_id = $1 and received_at >= $2`,
      [id, server.now()],
    );
    expect(sheets).toEqual([{ sbp: 136 }]);
    expect(doctor.errors).toEqual([]);
  });
});

describe('a browser that does not promise to keep the store', () => {
  it('is asked, and its refusal is said where work waits', async () => {
    const { page, context } = doctor;
    const asked = await page.evaluate(async () => ({
      kept: await navigator.storage.persisted(),
      persist: typeof navigator.storage.persist,
    }));
    expect(asked).toEqual({ kept: false, persist: 'function' });
    await context.setOffline(true);
    await openVisit(page, 1);
    for (const key of '1288270') await page.keyboard.press(key);
    await saveVisit(page);
    await goInApp(page, '/');
    await page.getByText('浏览器未承诺长期保存，请尽快联网上传。').waitFor();
    await goInApp(page, '/sync');
    await page.getByText('浏览器未承诺长期保存；请安装到桌面，并尽快上传').waitFor();
  });

  it('SYN-28: what cannot be sent leaves the phone as a sealed file; support reads it at 360 px, nothing counts twice', async () => {
    const { page, context } = doctor;
    await page.getByText('一直传不上去？导出给支持人员').tap();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出未上传内容（加密）' }).tap(),
    ]);
    await page.getByText(/文件已存到“下载”/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).not.toMatch(/hypertension|visitDate|visit\.record/);
    const support = await browser.newContext({ viewport: phoneSize, locale: 'zh-CN' });
    const desk = await support.newPage();
    const [cookie = ''] = (await server.signIn('township')).cookie.split(';');
    const [name = '', value = ''] = cookie.split('=');
    await support.addCookies([{ name, value, url: server.url }]);
    await desk.goto(`${server.url}/sync-health`);
    await desk.getByText('手机连续 35 天不联网要重新登录').waitFor();
    await desk.locator('td[data-label="存储与时钟"]', { hasText: '浏览器未承诺保留数据' }).waitFor();
    const isWide = () => desk.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(await isWide()).toBe(false);
    await desk.getByRole('tab', { name: '留在服务器待处理' }).click();
    await desk.getByLabel('手机导出的文件').setInputFiles({
      name: 'x.quancheng',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
    await desk.getByText('已读入王守义手机上的 1 项').waitFor();
    await desk.getByText('由被清除或收回的手机交出').waitFor();
    expect(await isWide()).toBe(false);
    await support.close();
    await context.setOffline(false);
    await goInApp(page, '/sync');
    await page.getByRole('button', { name: '现在同步' }).tap();
    await page.getByRole('link', { name: '同步状态：已上传' }).waitFor({ timeout: 30_000 });
    const held = await (await server.signIn('township')).call('GET', '/api/field/held');
    expect(held.body.items).toEqual([]);
  });
});

describe('a PIN that was forgotten', () => {
  it('is offered to be set anew where somebody guesses, and what was typed is still there', async () => {
    const { page, context } = doctor;
    await goInApp(page, '/sync');
    await page.getByRole('button', { name: '锁屏 · 换人' }).tap();
    for (let wrong = 0; wrong < 3; wrong++) await enterPin(page, '777777');
    await page.getByText(/忘了可以点“忘了 PIN”联网重设，本机内容都在/).waitFor();
    await page.getByRole('button', { name: '忘了 PIN' }).tap();
    await page.getByLabel('用户名').fill('village');
    await page.getByLabel('口令').fill(demoPassword);
    await page.getByRole('button', { name: '登录', exact: true }).tap();
    const fresh = [...pin].toReversed().join('');
    await page.getByRole('heading', { name: '设置 6 位 PIN' }).waitFor();
    await enterPin(page, fresh);
    await page.getByRole('heading', { name: '再输入一次' }).waitFor();
    await enterPin(page, fresh);
    await page.locator('h1', { hasText: '同步' }).waitFor();
    await page.getByText(/最近已上传/).waitFor();
    await context.setOffline(true);
    await page.reload();
    await enterPin(page, fresh);
    await page.locator('h1', { hasText: '同步' }).waitFor();
    await context.setOffline(false);
    expect(doctor.errors).toEqual([]);
  });
});

describe('a phone without room', () => {
  it('SYN-12: says so before anybody types; what was begun goes on and is saved; with room again the form opens', async () => {
    const { page, context, errors } = await newPhone(browser, server.url, { storage: 12_000_000 });
    await firstSignIn(page, 'village2');
    const begun = await openVisit(page, 0);
    for (const key of '13684') await page.keyboard.press(key);
    await expect.poll(() => keptDrafts(page)).toBe(1);
    await fillPhone(page);
    const [, another] = await peopleWith(page, '高血压');
    await goInApp(page, `/people/${another?.id}/visit`);
    await page.getByRole('heading', { name: '手机存储空间不足' }).waitFor();
    expect(await page.getByRole('region', { name: '数字键盘' }).count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await goInApp(page, '/');
    await page.getByText('手机存储空间不足，暂时不能开始新的表').waitFor();
    await goInApp(page, '/sync');
    await page.getByText(/已用 1[12] MB，还可存 \d+ kB；不够开始新的表/).waitFor();
    // The app starts as ever: letters that cannot be kept are shown all the same.
    await page.reload();
    await enterPin(page);
    await page.getByText('已用').waitFor();
    expect(await page.evaluate(() => [...document.fonts].filter((one) => one.status === 'error'))).toEqual(
      [],
    );
    await goInApp(page, `/people/${begun}/visit`);
    await page.getByText('136').first().waitFor();
    for (const key of '70') await page.keyboard.press(key);
    await saveVisit(page);
    await goInApp(page, `/people/${another?.id}/visit`);
    await page.getByRole('heading', { name: '手机存储空间不足' }).waitFor();
    await allowStorage(context, server.url, 100_000_000);
    await page.getByRole('button', { name: '已清理，再看看' }).tap();
    await page.getByRole('region', { name: '数字键盘' }).waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });
});
