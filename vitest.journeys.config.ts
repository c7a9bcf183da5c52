import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/journeys/**/*.test.ts'],
    // A journey waits for a page, a start or a network a third of the time, so three keep two cores busy.
    maxWorkers: 3,
    globalSetup: 'test/support/prepare-counties.ts',
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 180_000,
    env: { TZ: 'Asia/Shanghai' },
  },
});
