import { spawn } from 'node:child_process';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '#platform/server/database/embedded-postgres.ts';
import { copyCounty, preparedCounties, preparedCounty } from './prepared-county.ts';
import { throwAwayFolder } from './throw-away-folder.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningProduct {
  readonly url: string;
  readonly dataFolder: string;
  readonly said: () => string;
  /** Sends a signal to the command, as a terminal or a supervisor would, and waits for its end. */
  end(signal: 'SIGINT' | 'SIGTERM'): Promise<number | null>;
}

/** Runs what `npm start` runs. */
export function runStart(env: Record<string, string>, args: readonly string[] = []) {
  const child = spawn(process.execPath, [join(project, 'scripts/start.mjs'), ...args], {
    cwd: project,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  for (const stream of [child.stdout, child.stderr]) {
    // A piece may end in the middle of a character.
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      said += text;
    });
  }
  /** Resolves when it has said this, rejects with what it said when it ends before. */
  const saying = (words: string) =>
    new Promise<void>((resolve, reject) => {
      child.stdout.on('data', () => said.includes(words) && resolve());
      void ended.then((code) => reject(new Error(`ended with ${code}: ${said}`)));
    });
  return { child, ended, said: () => said, saying };
}

const usualResidents = 3000;

interface Start {
  readonly residents?: number;
  readonly dataFolder?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The product on a throw-away data folder and a free port, with a small demo county made by a first start of this run. */
export async function startProduct(options: Start = {}): Promise<RunningProduct> {
  const root = process.env[preparedCounties];
  if (options.dataFolder || !root) return firstStart(options);
  const residents = options.residents ?? usualResidents;
  const prepared = await preparedCounty(root, `product-of-${residents}`, async (into) => {
    await (await firstStart({ residents, dataFolder: into })).end('SIGINT');
  });
  const dataFolder = await throwAwayFolder('quancheng-journey-');
  await copyCounty(prepared, dataFolder);
  return firstStart({ ...options, dataFolder });
}

/** Starts on a folder as it is: an empty one is filled. */
async function firstStart(options: Start): Promise<RunningProduct> {
  const dataFolder = options.dataFolder ?? (await throwAwayFolder('quancheng-journey-'));
  await mkdir(dataFolder, { recursive: true });
  await chmod(dataFolder, 0o755);
  const port = await freePort();
  const run = runStart({
    PORT: String(port),
    QUANCHENG_DATA: dataFolder,
    QUANCHENG_DEMO_RESIDENTS: String(options.residents ?? usualResidents),
    ...options.env,
  });
  const url = `http://localhost:${port}`;
  await run.saying('按 Ctrl-C 停止');
  return {
    url,
    dataFolder,
    said: run.said,
    async end(signal) {
      run.child.kill(signal);
      return run.ended;
    },
  };
}

/** Stops the product and removes its data. */
export async function removeProduct(product: RunningProduct): Promise<void> {
  await product.end('SIGINT');
  await rm(product.dataFolder, { recursive: true, force: true });
}
