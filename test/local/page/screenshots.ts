import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { film } from './support/film.ts';
import { startLocalPage, watchedPage } from './support/local-page.ts';

// `npx -c 'node test/local/page/screenshots.ts'` makes the pictures of docs/images from a lively
// run. Look at them after a change. With `stills` it makes no film.
const IMAGES = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
const WIDE = { width: 1280, height: 1180 };
const LOOKS = [
  { name: 'page', viewport: WIDE, colorScheme: 'light' },
  { name: 'page-dark', viewport: WIDE, colorScheme: 'dark' },
  { name: 'page-phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
] as const;
/**
 * How long it takes until the backlog of the simulated past is delivered, and the gauges have
 * forgotten its lag.
 */
const SETTLED_MS = 75_000;

const click = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

async function liveALittle(page: Page): Promise<void> {
  await click(page, '5 a second');
  for (const name of ['create a user', 'change an e-mail', 'assign a role']) await click(page, name);
  await sleep(12_000);
  await click(page, 'refuses one user');
  for (let count = 0; count < 3; count += 1) await click(page, 'change an e-mail');
  await sleep(9_000);
}

await mkdir(IMAGES, { recursive: true });
const local = await startLocalPage();
try {
  await sleep(SETTLED_MS);
  const { page: still } = await watchedPage(local, { viewport: WIDE });
  await liveALittle(still);
  for (const { name, ...options } of LOOKS) {
    const { page } = await watchedPage(local, options);
    await sleep(2_500);
    await page.screenshot({ path: `${IMAGES}${name}.png` });
    await page.close();
  }
  if (!process.argv.includes('stills')) {
    await click(still, 'answers 204');
    await still.close();
    await sleep(8_000);
    const { page: stage } = await watchedPage(local, { viewport: { width: 1100, height: 600 } });
    await writeFile(`${IMAGES}page-live.png`, await film(stage));
  }
} finally {
  await local.stop();
}
process.exit();
