import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BrowserContext, Page } from 'playwright-core';
import type { Phone } from './phone-in-page.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** What a test asks of the page: `phone` is the real door of the phone in a real browser. */
export type InPage = { readonly phone: Phone };

/** The phone's own code, bundled as the app would be, without its screens. */
export async function bundlePhone(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(project, 'test/support/phone-in-page.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'chrome100',
    write: false,
    tsconfig: join(project, 'tsconfig.browser.json'),
  });
  const [file] = outputFiles;
  if (!file) throw new Error('nothing bundled');
  return file.text;
}

/** A page of the server's own origin that holds nothing but the phone. */
export async function openPhonePage(
  context: BrowserContext,
  serverUrl: string,
  script: string,
): Promise<Page> {
  const page = await context.newPage();
  const body = `<!doctype html><meta charset="utf-8"><title>phone</title><script>${script.replaceAll('</script', '<\\/script')}</script>`;
  await page.route('**/phone-page', (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body }),
  );
  await page.goto(`${serverUrl}/phone-page`);
  return page;
}
