import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { photoLimits } from '#capabilities/follow-up/domain/visit-photo.ts';
import { launchBrowser } from '#test/support/browser.ts';
import {
  accessibilityFaults,
  enterPin,
  firstSignIn,
  goInApp,
  keptDrafts,
  newPhone,
  type PhoneInHand,
  peopleWith,
  pin,
  takeOverTheRest,
} from '#test/support/phone.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';

let server: TestServer;
let browser: Browser;
let doctor: PhoneInHand;
let picture: Buffer;

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ residents: 1500, withPages: true }),
    launchBrowser(),
  ]);
  doctor = await newPhone(browser, server.url, { now: server.now() });
  await firstSignIn(doctor.page, 'village');
  picture = await noisyPicture();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** A picture as heavy as a phone's: every point another colour. */
async function noisyPicture(): Promise<Buffer> {
  const context = await browser.newContext({ viewport: { width: 2400, height: 1800 } });
  const page = await context.newPage();
  await page.setContent('<canvas width="2400" height="1800" style="position:fixed;inset:0"></canvas>');
  await page.evaluate(() => {
    const context = document.querySelector('canvas')?.getContext('2d');
    if (!context) return;
    for (let y = 0; y < 1800; y += 8)
      for (let x = 0; x < 2400; x += 8) {
        context.fillStyle = `hsl(${(x * y) % 360} 80% ${(x ^ y) % 100}%)`;
        context.fillRect(x, y, 8, 8);
      }
  });
  const shot = await page.screenshot();
  await context.close();
  return shot;
}

async function openVisit(page: Page, place: number): Promise<string> {
  const id = (await peopleWith(page, '高血压'))[place]?.id ?? '';
  await goInApp(page, `/people/${id}/visit`);
  await page.getByRole('region', { name: '数字键盘' }).waitFor();
  return id;
}

async function typeReadings(page: Page): Promise<void> {
  for (const key of '1268070') await page.keyboard.press(key);
  await takeOverTheRest(page);
}

/** The township opens the visit on its workbench and asks for the photo. */
async function lookAtDesk(cookie: string, residentId: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
  await context.addCookies([{ name, value, url: server.url }]);
  const desk = await context.newPage();
  const errors: string[] = [];
  desk.on('pageerror', (error) => errors.push(error.message));
  desk.on('console', (line) => line.type() === 'error' && errors.push(line.text()));
  await desk.goto(`${server.url}/residents/${residentId}`);
  await desk
    .getByRole('row', { name: /126\/80/ })
    .getByRole('button', { name: '查看', exact: true })
    .click();
  await desk.getByRole('button', { name: /^查看照片/ }).click();
  const shown = desk.getByRole('img', { name: /^随访照片 1/ });
  await shown.waitFor();
  await expect
    .poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(300);
  expect(errors).toEqual([]);
  await context.close();
}

const photosOf = (residentId: string) =>
  server.look<{ byte_count: number; id: string }>(
    `select id, byte_count from visit_photo where resident_id = $1`,
    [residentId],
  );

describe('a photo at a visit', () => {
  it('is made small, survives a crash, goes after the visit, and the township can fetch it', async () => {
    const { page, context } = doctor;
    await context.setOffline(true);
    const id = await openVisit(page, 0);
    const kept = await keptDrafts(page);
    const input = page.getByLabel('随访照片', { exact: true });
    await input.setInputFiles({ name: 'a.txt', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.getByText('这个文件不是能打开的照片').waitFor();
    await input.setInputFiles({ name: 'foot.png', mimeType: 'image/png', buffer: picture });
    await page.getByRole('img', { name: '这次随访的照片' }).waitFor();
    const words = await page.getByText(/kB，已加密存在本机/).textContent();
    expect(Number(/^(\d+)/.exec(words ?? '')?.[1])).toBeLessThanOrEqual(200);
    expect(await accessibilityFaults(page)).toEqual([]);
    await typeReadings(page);
    await page.getByText(/126/).first().waitFor();
    await goInApp(page, '/');
    await expect.poll(() => keptDrafts(page)).toBeGreaterThanOrEqual(kept + 2);
    // Crash: the page is gone; form and photo are not.
    await context.setOffline(false);
    await page.reload();
    await enterPin(page, pin);
    await goInApp(page, `/people/${id}/visit`);
    await page.getByRole('img', { name: '这次随访的照片' }).waitFor();
    // The last tap may have been too fresh to be kept.
    await takeOverTheRest(page);
    await page.getByRole('button', { name: '保存', exact: true }).first().tap();
    await page.getByText(/随访：已存在本机|随访：已上传/).waitFor();
    await page.getByRole('link', { name: '同步状态：已上传' }).waitFor({ timeout: 30_000 });
    const [photo] = await photosOf(id);
    expect(photo?.byte_count).toBeGreaterThan(5_000);
    expect(photo?.byte_count).toBeLessThanOrEqual(photoLimits.bytes);
    const township = await server.signIn('township');
    const seen = await fetch(`${server.url}/api/visit-photos/${photo?.id}`, {
      headers: { cookie: township.cookie },
    });
    expect(seen.headers.get('content-type')).toBe('image/jpeg');
    expect((await seen.arrayBuffer()).byteLength).toBe(photo?.byte_count);
    const looks = await server.look(
      `select 1 from audit_entry where action = 'visit-photo.read' and subject = $1`,
      [photo?.id],
    );
    expect(looks).toHaveLength(1);
    await lookAtDesk(township.cookie, id);
    const afterwards = await server.look<{ staff_id: string }>(
      `select staff_id from audit_entry where action = 'visit-photo.read' and subject = $1`,
      [photo?.id],
    );
    expect(afterwards, 'one look on the workbench is one line of the trail').toHaveLength(2);
    expect(doctor.errors).toEqual([]);
  });

  it('gives way when the phone is full: the visit is kept, and it is said', async () => {
    const { page } = doctor;
    const id = await openVisit(page, 1);
    await page.getByLabel('随访照片', { exact: true }).setInputFiles({
      name: 'foot.png',
      mimeType: 'image/png',
      buffer: picture,
    });
    await page.getByRole('img', { name: '这次随访的照片' }).waitFor();
    await typeReadings(page);
    // Nothing of a photo's weight fits any more.
    await page.evaluate(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
        if (this.name === 'attached') throw new DOMException('full', 'QuotaExceededError');
        return put.call(this, value, key);
      };
    });
    await page.getByRole('button', { name: '保存', exact: true }).first().tap();
    await page.getByText('手机存储空间不足：随访已保存，照片没有留下。').waitFor();
    await page.getByRole('link', { name: '同步状态：已上传' }).waitFor({ timeout: 30_000 });
    expect(await photosOf(id)).toEqual([]);
    const visits = await server.look(
      `select 1 from form_record where resident_id = $1 and occurred_on = '2026-11-24'`,
      [id],
    );
    expect(visits).toHaveLength(1);
  });
});
