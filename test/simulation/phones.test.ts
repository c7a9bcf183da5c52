import { describe, expect, it } from 'vitest';
import type { Planted } from './model-server.ts';
import { runSchedule } from './run-schedule.ts';

/** Schedules of one test; `npm run simulate -- 200000` runs as many as one likes. */
const schedules = 10_000;

async function faultsOf(
  from: number,
  count: number,
): Promise<{ faults: string[]; acknowledged: number; quickStarts: number }> {
  const faults: string[] = [];
  let acknowledged = 0;
  let quickStarts = 0;
  for (let seed = from; seed < from + count && faults.length < 5; seed++) {
    const outcome = await runSchedule(seed);
    acknowledged += outcome.acknowledged;
    quickStarts += outcome.quickStarts;
    faults.push(...outcome.faults.map((fault) => `seed ${seed}: ${fault}`));
  }
  return { faults, acknowledged, quickStarts };
}

describe('ten phones, cut, repeated, crashed, set back in time, moved, called back, with a server restored from a copy', () => {
  it('lose nothing that was shown as saved, count nothing twice and end up alike', async () => {
    const { faults, acknowledged, quickStarts } = await faultsOf(1, schedules);
    expect(faults).toEqual([]);
    expect(acknowledged).toBeGreaterThan(schedules * 10);
    expect(quickStarts).toBeGreaterThan(schedules / 100);
  }, 300_000);

  it.each<Planted>([
    'cursor-past-running',
    'last-write-wins',
    'twice-taken',
    'drop-on-401',
    'no-offering-again',
  ])(
    'the fault %s is noticed',
    async (planted) => {
      let noticed = 0;
      for (let seed = 1; seed <= 150 && noticed < 3; seed++)
        if ((await runSchedule(seed, planted)).faults.length > 0) noticed += 1;
      expect(noticed).toBe(3);
    },
    60_000,
  );
});
