/**
 * How many people of a typical kind, three diseases and five years of visits, the engine assesses a second on one core,
 * and what it weighs in a phone's bundle. Measured on the engine bundled as the phone's application is. `npm run bench:assess`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { assess as Assess } from '#clinical/assess/assess.ts';
import { sampleRecord } from '#clinical/assess/sample-record.ts';
import { plainDate } from '#kernel/plain-date.ts';
import { buildEngine } from '#test/support/build-engine.ts';

const day = plainDate('2026-11-24');
const records = Array.from({ length: 200 }, (_, index) => {
  const record = sampleRecord(day);
  return {
    ...record,
    measurements: record.measurements.map((one) =>
      one.kind === 'sbp' ? { ...one, value: one.value + (index % 30) } : one,
    ),
  };
});
const text = new TextEncoder().encode(await buildEngine('es'));
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
writeFileSync(join(folder, 'engine.mjs'), text);
const { assess } = (await import(pathToFileURL(join(folder, 'engine.mjs')).href)) as {
  assess: typeof Assess;
};
rmSync(folder, { recursive: true });

/** Counted against the processor time spent, so that other work on the machine blurs it less. */
const run = (milliseconds: number) => {
  const from = process.cpuUsage();
  const spent = () => {
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  };
  let count = 0;
  while (spent() < milliseconds)
    for (let i = 0; i < 200; i++) assess(records[count++ % records.length] as (typeof records)[number], day);
  return (count * 1000) / spent();
};
run(1500);
const rounds = Array.from({ length: 7 }, () => Math.round(run(1000)));
console.log(
  `assessments a second and core, seven rounds: ${rounds.join(', ')}; median ${rounds.toSorted((a, b) => a - b)[3]} (aim 20000)`,
);
console.log(`readings in a record: ${records[0]?.measurements.length}`);
console.log(
  `engine with parameters: ${(text.length / 1000).toFixed(1)} kB, gzip ${(gzipSync(text, { level: 9 }).length / 1000).toFixed(1)} kB (aim 80 kB)`,
);
