/** As many schedules as one likes: `npm run simulate -- 200000 1`; the second number is the first seed. */
import { runSchedule } from './run-schedule.ts';

const [count, first] = [Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 1)];
const began = performance.now();
let acknowledged = 0;
let failed = 0;
for (let seed = first; seed < first + count; seed++) {
  const outcome = await runSchedule(seed);
  acknowledged += outcome.acknowledged;
  if (outcome.faults.length > 0) {
    failed += 1;
    console.log(`seed ${seed}:`, outcome.faults.slice(0, 5));
  }
  if ((seed - first + 1) % 10_000 === 0) console.log(`${seed - first + 1} schedules, ${failed} failed`);
}
const seconds = ((performance.now() - began) / 1000).toFixed(0);
console.log(`${count} schedules, ${acknowledged} operations shown as saved, ${failed} failed, ${seconds} s`);
process.exitCode = failed > 0 ? 1 : 0;
