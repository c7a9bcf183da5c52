import { existsSync } from 'node:fs';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

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

/**
 * A real browser: the one installed on the machine, else the one that npm brought. Its user wants no movement: a window
 * that grows while it is pressed is pressed beside.
 */
export async function launchBrowser(): Promise<Browser> {
  const browser = await launch();
  const newContext = browser.newContext.bind(browser);
  browser.newContext = (options) => newContext({ reducedMotion: 'reduce', ...options });
  return browser;
}

async function launch(): Promise<Browser> {
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

/** A browser that keeps its storage in a folder, and can be killed as when the power goes. */
export async function launchKeptBrowser(folder: string): Promise<{
  readonly context: BrowserContext;
  /** Finds the processes beforehand, so that the kill itself takes no time; it answers when it was done. */
  aim(): Promise<() => { readonly at: number; readonly ended: Promise<void> }>;
}> {
  const installedAt = installed.find((path) => existsSync(path));
  const executablePath =
    installedAt ?? (await (await import('@sparticuz/chromium')).default.executablePath());
  const server = await chromium.launchPersistentContext(folder, {
    executablePath,
    args: ['--disable-gpu', '--no-first-run', '--no-sandbox', ...(installedAt ? [] : ['--no-zygote'])],
    headless: true,
  });
  return {
    context: server,
    async aim() {
      const pids = await processesOf(folder);
      return () => {
        const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
        for (const pid of pids) process.kill(pid, 'SIGKILL');
        return { at: Date.now(), ended };
      };
    },
  };
}

/** The processes that were started for this folder, the first of them the browser itself. */
async function processesOf(folder: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(`--user-data-dir=${folder}`)) found.push(Number(name));
  }
  return found;
}

/**
 * Leaves the log of the browser's storage in this folder as a power cut in the middle of a write does: with the beginning
 * of a record of 300 bytes at its end. Only while the browser is not running.
 */
export async function cutLastWrite(folder: string): Promise<void> {
  const storage = join(folder, 'Default/IndexedDB');
  const [store = ''] = (await readdir(storage)).filter((name) => name.endsWith('.leveldb'));
  const [log] = (await readdir(join(storage, store)))
    .filter((name) => name.endsWith('.log'))
    .toSorted()
    .reverse();
  if (!log) throw new Error(`no log in ${storage}`);
  const begun = Buffer.alloc(27, 7);
  begun.writeUInt16LE(300, 4);
  begun[6] = 1;
  await appendFile(join(storage, store, log), begun);
}
