import { defineConfig } from 'vitest/config';

// Faults on real processes and sockets. They mostly wait: for time-outs, for a service to come
// back.
export default defineConfig({
  test: {
    include: ['test/**/*.faults.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One file at a time: some of its tests measure time-outs of a second, which two loaded cores
    // would stretch.
    maxWorkers: 1,
  },
});
