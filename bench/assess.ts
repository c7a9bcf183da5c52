/**
 * How many people of a typical kind, three diseases and five years of visits, the engine assesses a second on one core,
 * and what the engine weighs in a phone's bundle. `npm run bench:assess`.
 */
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { assess } from '#clinical/assess/assess.ts';
import { sampleRecord } from '#clinical/assess/sample-record.ts';
import { plainDate } from '#kernel/plain-date.ts';

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
/** Counted against the processor time spent, so that other work on the machine does not blur it. */
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
run(1000);
const rounds = Array.from({ length: 5 }, () => Math.round(run(1000)));
const bundle = await build({
  entryPoints: ['src/clinical/assess/assess.ts'],
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  platform: 'browser',
  treeShaking: true,
});
const text = bundle.outputFiles[0]?.contents ?? new Uint8Array();
console.log(
  `assessments a second, five rounds: ${rounds.join(', ')}; median ${rounds.toSorted((a, b) => a - b)[2]} (aim 20000)`,
);
console.log(`readings in a record: ${records[0]?.measurements.length}`);
console.log(
  `engine with parameters: ${(text.length / 1024).toFixed(0)} kB, gzip ${(gzipSync(text, { level: 9 }).length / 1024).toFixed(1)} kB (aim 80 kB)`,
);
