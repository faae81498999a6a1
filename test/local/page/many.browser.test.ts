import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { startPageAlone } from './support/page-in-process.ts';

/** Gathers the time between frames, in the page. */
const GATHER = `(() => {
  globalThis.frames = [];
  let last = performance.now();
  const frame = (now) => {
    frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})()`;

it('stays smooth with 10,000 deliveries and fifty changes a second', async () => {
  const { page: served, stop } = await startPageAlone();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  onTestFinished(async () => {
    await browser.close();
    await stop();
  });
  const handOut = (number: number) => {
    const resource = `users/auth0|${number % 50}`;
    served.handedOut({ logId: String(900_000 + number), resource, body: '{"type":"sapi"}' });
  };
  const page = await browser.newPage();
  await page.goto(served.url);
  await page.getByRole('heading', { name: 'Deliveries' }).waitFor();
  for (let number = 0; number < 10_000; number += 1) handOut(number);
  await page.getByText('9,800 older ones').waitFor();

  await page.evaluate(GATHER);
  for (let number = 0; number < 150; number += 1) {
    handOut(10_000 + number);
    await sleep(20);
  }

  const frames = z
    .array(z.number())
    .parse(await page.evaluate('frames'))
    .toSorted((a, b) => a - b);
  const rows = z.number().parse(await page.evaluate('document.querySelectorAll(".rows > li").length'));
  const median = frames[Math.floor(frames.length / 2)];

  expect(rows).toBe(200);
  expect(median).toBeLessThan(50);
});
