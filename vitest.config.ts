import { defineConfig } from 'vitest/config';

// What needs more than npm (moto) ends in .deploy.test.ts, what breaks the running thing for minutes in .faults.test.ts; both
// have scripts of their own, so that `npm test` stays under three minutes on two cores.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.deploy.test.ts', 'test/**/*.faults.test.ts', 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // The system tests start processes of their own; more workers than cores only makes them wait for each other.
    maxWorkers: 2,
  },
});
