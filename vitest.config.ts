import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** Sums on values alone: nothing one of these files does can be seen by another, so they share a process. */
const pure = ['clinical', 'kernel', 'standards', 'capabilities/*/domain'].map(
  (folder) => `src/${folder}/**/*.test.{ts,tsx}`,
);

export default defineConfig({
  test: {
    // Each server test waits for its own PostgreSQL part of the time, so two share two cores well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    // A limit against what hangs; how long a test takes is measured in bench, and a busy machine is no fault of the test.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { TZ: 'Asia/Shanghai' },
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          // What the modules keep, they keep for a database; reading them anew for each file was a third of the work.
          isolate: false,
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'test/journeys/**', ...pure],
          globalSetup: 'test/support/prepare-counties.ts',
        },
      },
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
    ],
  },
});
