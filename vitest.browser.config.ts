import { defineConfig } from 'vitest/config';

/**
 * The page in a real browser: needs Chromium, which Debian has (`CHROMIUM` names another place than
 * /usr/bin/chromium).
 */
export default defineConfig({
  test: {
    include: ['test/**/*.browser.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 90_000,
  },
});
