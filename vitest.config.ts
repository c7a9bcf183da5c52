import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    exclude: ['test/journeys/**', '**/node_modules/**'],
    // Each server test waits for its own PostgreSQL half of the time, so two share two cores well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: 'test/support/prepare-counties.ts',
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    hookTimeout: 120_000,
    env: { TZ: 'Asia/Shanghai' },
  },
});
