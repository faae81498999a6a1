import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startLocalPage, watchedPage } from './support/local-page.ts';

// `node test/local/page/screenshots.ts` makes the pictures of docs/images from a lively run: look
// at them after a change.
const IMAGES = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
const LOOKS = [
  { name: 'page', viewport: { width: 1280, height: 860 }, colorScheme: 'light' },
  { name: 'page-dark', viewport: { width: 1280, height: 860 }, colorScheme: 'dark' },
  { name: 'page-phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
] as const;

async function liveALittle(page: Page): Promise<void> {
  const click = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await sleep(8_000); // the backlog
  for (const name of ['a user signs up', 'assign a role', 'delete a user']) await click(name);
  await sleep(5_000);
  await click('refuses one user');
  for (let count = 0; count < 4; count += 1) await click('change a user');
  await sleep(6_000);
  await page.locator('.row', { hasText: 'delivered' }).nth(1).click();
  await sleep(1_500);
}

await mkdir(IMAGES, { recursive: true });
const local = await startLocalPage();
for (const { name, ...options } of LOOKS) {
  const { page } = await watchedPage(local, options);
  if (name === 'page') await liveALittle(page);
  else await sleep(2_000);
  await page.screenshot({ path: `${IMAGES}${name}.png` });
}
await local.stop();
process.exit();
