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
    // The run, its services and Chromium share two cores: what waits for a delivery may wait in
    // vain while another build takes both.
    retry: 2,
  },
});
