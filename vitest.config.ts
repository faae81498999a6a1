import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

// What needs more than npm (moto) ends in .deploy.test.ts, what breaks the running thing for
// minutes in .faults.test.ts; both have scripts of their own, so that `npm test` stays under three
// minutes on two cores.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/**/*.deploy.test.ts',
      'test/**/*.faults.test.ts',
      'test/**/*.browser.test.ts',
      'node_modules/**',
    ],
    // Once, before all: what local mode and the tests of monitoring run is bundled and synthesised
    // from these sources.
    globalSetup: ['test/support/synthesised-once.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // The system tests start processes of their own; more workers than cores only makes them wait
    // for each other.
    maxWorkers: 2,
    // The CDK takes seconds to import: once per worker, not once per file. No file leaves anything
    // behind for the next.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
});
