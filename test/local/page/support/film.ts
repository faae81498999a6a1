import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { writeApng } from './apng.ts';
import { type Frame, readPng } from './read-png.ts';

/** Scenes of the film: what is clicked, and for how many pictures one looks on. */
const SCENES: readonly (readonly [button: string, pictures: number])[] = [
  ['create a user', 8],
  ['change an e-mail', 6],
  ['is down', 2],
  ['100 calls', 12],
  ['answers 204', 9],
];
const EVERY_MS = 450;
/** How long the last picture stays. */
const LAST_MS = 2_500;

/**
 * Makes a short animation of a lively run: an event comes, the webhook breaks, is left in peace,
 * and recovers.
 */
export async function film(page: Page): Promise<Buffer> {
  const frames: Frame[] = [];
  const shoot = async () => frames.push(readPng(await page.screenshot(), EVERY_MS));
  await sleep(1_500);
  await shoot();
  for (const [button, pictures] of SCENES) {
    await page.getByRole('button', { name: button, exact: true }).first().click();
    for (let count = 0; count < pictures; count += 1) {
      await sleep(EVERY_MS / 3);
      await shoot();
    }
  }
  return writeApng(
    frames.map((frame, index) => (index === frames.length - 1 ? { ...frame, ms: LAST_MS } : frame)),
  );
}
