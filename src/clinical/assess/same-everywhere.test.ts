import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainDate } from '#kernel/plain-date.ts';
import { anyRecord } from '#test/support/any-record.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { buildEngine } from '#test/support/build-engine.ts';
import { assess } from './assess.ts';
import type { PatientRecord } from './patient-record.ts';
import { sampleRecord } from './sample-record.ts';

const day = plainDate('2026-11-24');
/** What the engine may weigh in a phone's bundle, gzip. */
const mostBytes = 80_000;
const records: PatientRecord[] = [
  sampleRecord(day),
  ...(fc.sample(anyRecord(day), { seed: 5, numRuns: 300 }) as PatientRecord[]),
];
const here = records.map((record) => JSON.stringify(assess(record, day)));

let folder = '';
let script = '';
let module = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-'));
  [script, module] = await Promise.all([buildEngine('iife'), buildEngine('es')]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the engine as it is shipped', () => {
  it('gives the same bytes in a page that has neither Node nor a clock', () => {
    const page = vm.createContext({ records: JSON.stringify(records), day });
    vm.runInContext('Date.now = () => { throw new Error("no clock"); }; Math.random = Date.now;', page);
    vm.runInContext(script, page);
    const there = vm.runInContext(
      'JSON.stringify(JSON.parse(records).map((record) => JSON.stringify(engine.assess(record, day))))',
      page,
    );
    expect(JSON.parse(there)).toEqual(here.map((_, index) => reread(index)));
  });

  it('gives the same bytes in a real browser', async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: script });
      // A string: what runs in the page is the page's, not ours.
      const there = await page.evaluate<string[]>(
        `${JSON.stringify(JSON.parse(JSON.stringify(records)))}.map((one) => JSON.stringify(engine.assess(one, ${JSON.stringify(day)})))`,
      );
      expect(there).toEqual(here.map((_, index) => reread(index)));
    } finally {
      await browser.close();
    }
  }, 60_000);

  it('gives the same bytes in a worker', async () => {
    const file = join(folder, 'engine.mjs');
    await writeFile(file, module);
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       import(workerData.file).then(({ assess }) =>
         parentPort.postMessage(JSON.parse(workerData.records).map((one) => JSON.stringify(assess(one, workerData.day)))));`,
      { eval: true, workerData: { file: pathToFileURL(file).href, records: JSON.stringify(records), day } },
    );
    const there = await new Promise<string[]>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    expect(there).toEqual(here.map((_, index) => reread(index)));
  });

  it('weighs no more than a phone should carry', () => {
    expect(gzipSync(module, { level: 9 }).length).toBeLessThanOrEqual(mostBytes);
  });
});

/** What travels is JSON, in which NaN is null; the same record is read on both sides. */
function reread(index: number): string {
  return JSON.stringify(assess(JSON.parse(JSON.stringify(records[index])) as PatientRecord, day));
}
