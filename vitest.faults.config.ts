import { defineConfig } from 'vitest/config';

// Faults on real processes and sockets. They mostly wait: for time-outs, for a service to come back.
export default defineConfig({
  test: {
    include: ['test/**/*.faults.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    maxConcurrency: 10,
  },
});
