import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPassword } from '#apps/demo-county/demo-accounts.ts';
import { desktop, launchBrowser, phone } from '#test/support/browser.ts';
import { accessibilityFaults } from '#test/support/phone.ts';
import { type RunningProduct, removeProduct, startProduct } from '#test/support/product.ts';

let product: RunningProduct;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await removeProduct(product);
});

async function newPage(viewport = desktop): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  watchCalls(page);
  await page.goto(product.url);
  return page;
}

/** Signs in with the keyboard alone, as somebody does who cannot use a mouse. */
async function signIn(page: Page, username: string, password = demoPassword): Promise<void> {
  await page.waitForFunction(() => document.activeElement?.matches('input'));
  await page.keyboard.type(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
}

/** How many calls of a page are under way. */
const underWay = new WeakMap<Page, Set<Request>>();

function watchCalls(page: Page): void {
  const calls = new Set<Request>();
  underWay.set(page, calls);
  page.on('request', (request) => calls.add(request));
  page.on('requestfinished', (request) => calls.delete(request));
  page.on('requestfailed', (request) => calls.delete(request));
}

interface Router {
  navigate(to: { readonly href: string }): Promise<void>;
  readonly state: { readonly status: string; readonly resolvedLocation?: { readonly href: string } };
}

/** Goes to a screen as its links do, without loading the page anew, and waits until it shows what it has. */
async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(async (href) => {
    const { __TSR_ROUTER__: router } = window as unknown as { __TSR_ROUTER__: Router };
    await router.navigate({ href });
  }, path);
  await page.waitForFunction((href) => {
    const { state } = (window as unknown as { __TSR_ROUTER__: Router }).__TSR_ROUTER__;
    return state.status === 'idle' && state.resolvedLocation?.href === href;
  }, path);
  await settled(page);
}

/** Nothing is under way and nothing on the screen says that it is still loading, and so it is a moment later. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('main').waitFor();
  for (let quiet = 0; quiet < 3; quiet++) {
    await page.waitForFunction(
      () =>
        new Promise((resolve) =>
          requestAnimationFrame(() =>
            setTimeout(() => resolve(!document.querySelector('.ant-skeleton, .ant-spin-spinning'))),
          ),
        ),
    );
    if ((underWay.get(page)?.size ?? 0) > 0) quiet = -1;
  }
}

/** What axe and the ruler find wrong on one screen: faults by rule and place, or a page wider than its window. */
async function look(page: Page, path: string): Promise<string[]> {
  await goTo(page, path);
  // What sticks to the lower edge covers a button only until one scrolls.
  await page.addStyleTag({ content: '.save-bar { position: static !important }' });
  const faults = await accessibilityFaults(page);
  const spill = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (spill > 0) faults.push(`wider than the window by ${spill} px`);
  return faults.map((fault) => `${path} ${fault}`);
}

async function menu(page: Page): Promise<string[]> {
  await page.getByRole('navigation').first().waitFor();
  const links = await page.getByRole('navigation').getByRole('link').all();
  const paths = await Promise.all(links.map((link) => link.getAttribute('href')));
  return paths.filter((path): path is string => path?.startsWith('/') === true);
}

/** A resident of the list, and the screens that stand under one person. */
async function ofOneResident(page: Page): Promise<string[]> {
  await page.goto(`${product.url}/`);
  const link = page.getByRole('main').locator('a[href^="/residents/"]').first();
  const [, , id = ''] = ((await link.getAttribute('href')) ?? '').split('/');
  const below = ['', '/follow-up', '/forms/personal-information', '/checkup', '/contract', '/closing'];
  return ['/residents/new', ...below.map((screen) => `/residents/${id}${screen}`)];
}

describe('the workbench for everybody', () => {
  for (const [name, viewport] of [
    ['a desktop', desktop],
    ['a phone', phone],
  ] as const) {
    const seen = new Set<string>();
    for (const username of ['publichealth', 'village', 'bureau', 'admin', 'security', 'audit'])
      it(`has no fault that axe finds, on any screen of the menu of ${username}, on ${name}`, async () => {
        const page = await newPage(viewport);
        await signIn(page, username);
        const paths = [
          ...(await menu(page)),
          // A day without a clinic, as every Sunday is.
          ...(username === 'publichealth'
            ? [...(await ofOneResident(page)), '/appointments?day=2020-01-05']
            : []),
        ];
        expect(paths.length).toBeGreaterThan(0);
        const faults: string[] = [];
        for (const path of paths.filter((one) => !seen.has(one))) {
          seen.add(path);
          faults.push(...(await look(page, path)));
        }
        await page.context().close();
        expect(faults).toEqual([]);
      });
    it(`has looked at every screen, on ${name}`, () => {
      expect(seen.size).toBeGreaterThan(20);
    });
  }

  it('tells a wrong password and a lost network to somebody who only hears the page', async () => {
    const page = await newPage();
    await signIn(page, 'village', 'Not-the-password-1');
    await page.getByRole('alert').filter({ hasText: '口令' }).waitFor();
    await page.reload();
    await signIn(page, 'village');
    await page.getByRole('link', { name: '居民', exact: true }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole('link', { name: '居民', exact: true }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/网络|连接/);
    await page.context().setOffline(false);
    await page.getByRole('button', { name: '重新加载' }).click();
    await page.getByRole('searchbox').or(page.getByRole('textbox')).first().waitFor();
  });
});
