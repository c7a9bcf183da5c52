import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Sizes the product is looked at in. */
export const phone = { width: 360, height: 780 };
export const desktop = { width: 1366, height: 768 };

/** A real browser: the one installed on the machine, else the one that npm brought. */
export async function launchBrowser(): Promise<Browser> {
  const args = [
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
  ];
  const found = installed.find((path) => existsSync(path));
  if (found)
    return chromium.launch({ executablePath: found, args: [...args, '--no-sandbox'], headless: true });
  const { default: packaged } = await import('@sparticuz/chromium');
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    // Not the package's own flags: they ask for a single process, which dies with its first window.
    args: [...args, '--no-sandbox', '--no-zygote'],
    headless: true,
  });
}
