import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { demoPassword } from '#apps/demo-county/demo-accounts.ts';
import { phone } from './browser.ts';

/** The PIN the doctors of the tests choose. */
export const pin = '284915';

export interface PhoneInHand {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the pages threw; a test expects it empty. */
  readonly errors: string[];
}

/** A phone as it comes out of the box: the browser at the app's address, nothing stored. */
export async function newPhone(
  browser: Browser,
  url: string,
  options: { readonly now?: Date; readonly storage?: number } = {},
): Promise<PhoneInHand> {
  const context = await browser.newContext({
    viewport: phone,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    hasTouch: true,
    isMobile: true,
  });
  if (options.now) await context.clock.install({ time: options.now });
  if (options.storage !== undefined) await allowStorage(context, url, options.storage);
  return { context, ...(await openApp(context, url)) };
}

/** Sets how many bytes the browser allows the app: heeded from the start when it is the first thing, later when it is more. */
export async function allowStorage(context: BrowserContext, url: string, bytes: number): Promise<void> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(url).origin, quotaSize: bytes });
}

/** Leaves the browser room for less than half a megabyte more. */
export const fillPhone = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const opening = indexedDB.open('filler', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('bytes', { autoIncrement: true });
    const database = await new Promise<IDBDatabase>((resolve) => {
      opening.onsuccess = () => resolve(opening.result);
    });
    // The browser packs what it can: only noise is as large as it looks.
    const noise = new Uint8Array(400_000);
    for (let at = 0; at < noise.length; at += 65_536) crypto.getRandomValues(noise.subarray(at, at + 65_536));
    const left = async () => {
      const { quota = 0, usage = 0 } = await navigator.storage.estimate();
      return quota - usage;
    };
    while ((await left()) > 500_000) {
      const writing = database.transaction('bytes', 'readwrite');
      writing.objectStore('bytes').put(noise);
      await new Promise((resolve) => {
        writing.oncomplete = resolve;
        writing.onabort = resolve;
      });
    }
    database.close();
  });

/** The app in a new tab of this phone. */
export async function openApp(
  context: BrowserContext,
  url: string,
): Promise<{ page: Page; errors: string[] }> {
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      throw new Error(`the page’s policy forbids ${blockedURI} (${violatedDirective})`);
    }),
  );
  await page.goto(`${url}/field/`);
  return { page, errors };
}

/** Types a PIN on the pad. */
export async function enterPin(page: Page, digits: string = pin): Promise<void> {
  await page.getByRole('status', { name: '已输入 0 位，共 6 位' }).waitFor();
  for (const digit of digits) await page.keyboard.press(digit);
}

/** Signs in for the first time on this phone and waits until everybody of the scope is there. */
export async function firstSignIn(page: Page, username: string): Promise<void> {
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('口令').fill(demoPassword);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: '设置 6 位 PIN' }).waitFor();
  await enterPin(page);
  await page.getByRole('heading', { name: '再输入一次' }).waitFor();
  await enterPin(page);
  await page.getByRole('heading', { name: /^今日/ }).waitFor();
  await page.getByRole('link', { name: '同步状态：已上传' }).waitFor({ timeout: 90_000 });
}

/** Goes to a place inside the app as its own links do, without loading the page anew. */
export async function goInApp(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    window.history.pushState({}, '', `/field${to}`);
    window.dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}

/** Somebody on the list of a phone. */
export interface ListedPerson {
  readonly id: string;
  readonly name: string;
}

/** People on today's list whose diseases are exactly these, in words. */
export async function peopleWith(page: Page, diseases: string): Promise<ListedPerson[]> {
  await goInApp(page, '/');
  await page.locator('.f-line-main').first().waitFor();
  return page.locator('.f-line-main').evaluateAll(
    (lines, wanted) =>
      lines
        .filter((line) => line.lastElementChild?.firstElementChild?.textContent === wanted)
        .map((line) => ({
          id: (line.getAttribute('href') ?? '').split('/').at(-1) ?? '',
          name: line.querySelector('.f-name')?.textContent ?? '',
        })),
    diseases,
  );
}

/** Takes over from the last visit what was not asked, where the screen offers it. */
export async function takeOverTheRest(page: Page): Promise<void> {
  const same = page.getByRole('button', { name: /^同上次/ }).first();
  if (await same.isVisible()) await same.tap();
}

/** What axe finds wrong on the page as it stands, by rule and place; empty when it is clean. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    const path = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    await page.evaluate(await readFile(path, 'utf8'));
  }
  return page.evaluate(async () => {
    interface Axe {
      run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    }
    const { axe } = window as unknown as { axe: Axe };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    // Only faults are told, by the element itself: what passed need not be described, nor where anything stands.
    const { violations } = await axe.run({ runOnly: tags, resultTypes: ['violations'], selectors: false });
    return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`));
  });
}

/** Signs in over the open screen, as a doctor does each day; `username` may be somebody else. */
export async function signInAgain(page: Page, username: string): Promise<void> {
  await page.getByRole('button', { name: '登录后上传' }).tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('用户名').fill(username);
  await dialog.getByLabel('口令').fill(demoPassword);
  await dialog.getByRole('button', { name: '登录', exact: true }).tap();
}

/** Forms kept half typed on this phone, sealed. */
export const keptDrafts = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const [found] = (await indexedDB.databases()).filter((one) => one.name?.startsWith('quancheng-store'));
    const opened = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(found?.name ?? '');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const count = await new Promise<number>((resolve, reject) => {
      const request = opened.transaction('drafts').objectStore('drafts').count();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    opened.close();
    return count;
  });
