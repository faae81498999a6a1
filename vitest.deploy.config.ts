import { defineConfig } from 'vitest/config';

// `npm run test:deploy`: the real `cdk` against moto (see test/deploy/installed.ts for what it
// needs).
export default defineConfig({
  test: {
    include: ['test/deploy/*.deploy.test.ts'],
    globalSetup: ['test/deploy/announce.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
