import type { Browser, Page } from 'playwright-core';
import { desktop } from './browser.ts';
import type { TestServer } from './server.ts';

/** A window of a browser in China; what its pages fail at is put among the errors. */
export async function openWindow(browser: Browser, errors: string[], viewport = desktop): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  return page;
}

/** Signs somebody in, as of the server's moment, and goes to a screen in this window. */
export async function goSignedIn(
  page: Page,
  server: TestServer,
  username: string,
  path: string,
): Promise<void> {
  const client = await server.signIn(username);
  const [name = '', value = ''] = client.cookie.split('=');
  await page.context().addCookies([{ name, value, url: server.url }]);
  await page.goto(server.url + path);
}
