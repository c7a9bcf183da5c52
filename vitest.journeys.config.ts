import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/journeys/**/*.test.ts'],
    maxWorkers: 2,
    // As with the server's tests: what the modules keep, they keep for a database or a page.
    isolate: false,
    globalSetup: 'test/support/prepare-counties.ts',
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 180_000,
    env: { TZ: 'Asia/Shanghai' },
  },
});
