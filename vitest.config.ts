import { defineConfig } from 'vitest/config';

// Tests that need more than npm (moto, a browser) end in .deploy.test.ts or .browser.test.ts and have scripts of their own.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.deploy.test.ts', 'test/**/*.browser.test.ts', 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // The system tests start processes of their own; more workers than cores only makes them wait for each other.
    maxWorkers: 2,
  },
});
