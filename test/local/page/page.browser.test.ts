import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type LocalPage, startLocalPage, watchedPage } from './support/local-page.ts';

let local: LocalPage;
beforeAll(async () => {
  local = await startLocalPage();
});
afterAll(() => local?.stop());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const rows = (page: Page) => page.locator('.rows > li');

async function shows(page: Page, text: RegExp | string): Promise<void> {
  await page.getByText(text).first().waitFor({ timeout: 30_000 });
}

describe('the page', () => {
  it('shows what somebody does in the tenant arrive at the webhook, without a reload', async () => {
    const { page, faults } = await watchedPage(local);

    await button(page, 'create a user').click();
    await shows(page, 'Written to the tenant’s log.');

    await page.locator('.row', { hasText: 'Create a User' }).first().getByText('delivered 204').waitFor();

    expect(await page.getByRole('status').first().textContent()).toBe('live');
    expect(faults).toEqual([]);
  });

  it('has every act of the tenant, and a hundred at once', async () => {
    const { page, faults } = await watchedPage(local);

    for (const name of [
      'change a user',
      'delete a user',
      'a user signs up',
      'assign a role',
      'change a connection',
    ]) {
      await button(page, name).click();
      await shows(page, 'Written to the tenant’s log.');
    }
    await button(page, '100 changes').click();

    await shows(page, '100 entries written to the tenant’s log.');
    await page.locator('.row', { hasText: 'Update a connection' }).first().waitFor();

    expect(faults).toEqual([]);
  });

  it('opens a delivery: its attempts, its JSON, and sends it again', async () => {
    const { page, faults } = await watchedPage(local);
    await rows(page).first().waitFor();

    await rows(page).first().getByRole('button').first().click();

    await page.locator('pre', { hasText: '"log_id"' }).waitFor();
    await page.getByRole('list', { name: 'Attempts' }).waitFor();
    await button(page, 'send again').click();
    await shows(page, 'Sent again.');

    expect(faults).toEqual([]);
  });

  it('follows a failing webhook with a countdown, and its recovery', async () => {
    const { page, faults } = await watchedPage(local);
    await button(page, 'answers 500').click();
    await button(page, 'create a user').click();

    await shows(page, /500 · (again in|due)/);
    await button(page, 'failing').click();

    expect(await rows(page).count()).toBeGreaterThan(0);

    await button(page, 'answers 204').click();
    await button(page, 'all').click();
    await page.locator('.tries', { hasText: 'attempts' }).first().waitFor({ timeout: 45_000 });

    expect(faults).toEqual([]);
  });

  it('has every way of the webhook, and sends a test event', async () => {
    const { page, faults } = await watchedPage(local);

    for (const name of ['answers 429', 'takes 3 s', 'hangs', 'is down', 'refuses one user', 'answers 204']) {
      await button(page, name).click();
      await page.locator('button[aria-pressed="true"]', { hasText: name }).waitFor();
    }
    await button(page, 'send a test event').click();

    await shows(page, /Test event test-\S+ is on its way/);

    expect(faults).toEqual([]);
  });

  it('filters by text and outcome', async () => {
    const { page } = await watchedPage(local);
    await rows(page).first().waitFor();

    await page.getByRole('searchbox', { name: 'Filter deliveries' }).fill('no such thing');
    await shows(page, 'Nothing here yet');
    await page.getByRole('searchbox', { name: 'Filter deliveries' }).fill('connection');

    const texts = await page.locator('.resource').allTextContents();

    expect(texts.every((text) => text.includes('connection'))).toBe(true);
  });

  it('is usable by keyboard alone', async () => {
    const { page } = await watchedPage(local);
    await rows(page).first().waitFor();

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    await shows(page, 'Written to the tenant’s log.');

    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none');
  });

  it('fits a phone without scrolling sideways', async () => {
    const { page } = await watchedPage(local, { viewport: { width: 390, height: 844 } });
    await rows(page).first().waitFor();

    const wide = z.number().parse(await page.evaluate('document.documentElement.scrollWidth'));

    expect(wide).toBeLessThanOrEqual(390);
  });

  it.each(['light', 'dark'] as const)('has no serious finding of axe-core: %s', async (colorScheme) => {
    const { page } = await watchedPage(local, { colorScheme, bypassCSP: true });
    await rows(page).first().getByRole('button').first().click();
    await page.locator('pre').waitFor();
    await page.evaluate(
      await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
    );

    const found = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ target, failureSummary }) => target + failureSummary).slice(0, 3) })))',
    );

    const serious = z
      .array(z.object({ id: z.string(), impact: z.string().nullable(), where: z.array(z.string()) }))
      .parse(found)
      .filter(({ impact }) => impact === 'serious' || impact === 'critical');

    expect(serious).toEqual([]);
  });
});
