import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type LocalPage, startLocalPage, watchedPage } from './support/local-page.ts';
import { button, openRow, outcome, PATIENCE, region, rows, shows } from './support/on-page.ts';

/** Tells whether a line of a chart was drawn, by its colour: axes and grid are grey. */
const COLOURED = `[...document.querySelectorAll('canvas')].some((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < data.length; at += 4)
    if (data[at + 3] > 200 && Math.abs(data[at] - data[at + 2]) > 80) return true;
  return false;
})`;

let local: LocalPage;
beforeAll(async () => {
  local = await startLocalPage();
});
afterAll(() => local?.stop());

describe('the page', () => {
  it('shows what somebody does in the tenant arrive at the webhook, without a reload', async () => {
    const { page, faults } = await watchedPage(local);

    await button(page, 'create a user').click();
    await shows(page, 'was created.');

    const row = page.locator('.row', { hasText: 'Create a User' }).first();
    await row.getByText('delivered 204').waitFor(PATIENCE);

    expect(await page.getByRole('status').first().textContent()).toBe('live');
    expect(faults).toEqual([]);
  });

  it('has every act of the tenant, a hundred calls at once, and calls by the clock', async () => {
    const { page, faults } = await watchedPage(local);

    for (const [name, words] of [
      ['change an e-mail', 'has a new e-mail address.'],
      ['assign a role', 'was given a role.'],
      ['delete the user', 'was deleted.'],
      ['a user signs up', 'Somebody signed up'],
      ['change a connection', 'A connection was changed.'],
      ['100 calls', '100 calls of the Management API.'],
      ['5 a second', '5 events a second for 30 seconds.'],
    ] as const) {
      await button(page, name).click();
      await shows(page, words);
    }
    await page.getByRole('button', { name: /^stop/ }).click();

    await shows(page, 'No more are made by the clock.');
    await page.locator('.row', { hasText: 'Update a connection' }).first().waitFor(PATIENCE);

    expect(faults).toEqual([]);
  });

  it('follows a failing webhook with a countdown, and its recovery', async () => {
    const { page, faults } = await watchedPage(local);
    await button(page, 'refuses one user').click();
    await button(page, 'create a user').click();

    await region(page, 'Waiting for the next try').getByText('422').first().waitFor(PATIENCE);
    await outcome(page, 'failing').click();
    await shows(page, /422 · (again in \d+ s|due)/);

    await button(page, 'answers 204').click();
    await outcome(page, 'all').click();
    await page.locator('.tries', { hasText: 'attempts' }).first().waitFor(PATIENCE);

    expect(faults).toEqual([]);
  });

  it('shows a webhook that is down left in peace, its probes, and everything flow after it', async () => {
    const { page, faults } = await watchedPage(local);
    await button(page, 'is down').click();
    await button(page, '100 calls').click();

    const paused = region(page, 'The webhook is paused');
    await paused.getByText(/[1-9]\d* probes? so far/).waitFor(PATIENCE);

    expect(await page.locator('.strip .batch').count()).toBeGreaterThan(0);
    await button(page, 'answers 204').click();

    await paused.waitFor({ state: 'detached', timeout: 90_000 });

    expect(faults).toEqual([]);
  });

  it('has every way of the webhook', async () => {
    const { page, faults } = await watchedPage(local);

    for (const name of [
      ...['answers 500', 'answers 429', 'is slow', 'hangs', 'is down', 'refuses one user', 'answers 204'],
    ]) {
      await button(page, name).click();
      await page.locator('button[aria-pressed="true"]', { hasText: name }).waitFor(PATIENCE);
    }

    expect(faults).toEqual([]);
  });

  it('filters by text, type, outcome and resource, and groups by resource', async () => {
    const { page } = await watchedPage(local);
    await rows(page).first().waitFor(PATIENCE);
    const search = page.getByRole('searchbox', { name: 'Filter deliveries' });

    await search.fill('no such thing');
    await shows(page, 'Nothing matches.');
    await search.fill('');
    await page.getByRole('combobox', { name: 'Type of the log event' }).selectOption('sapi');
    await button(page, 'by resource').click();
    await rows(page)
      .filter({ hasText: /\d+ events?/ })
      .first()
      .getByRole('button')
      .click();

    const chosen = page.locator('.chosen');
    const resource = (await chosen.getAttribute('title'))?.replace(': show all resources again', '');
    const titles = await page
      .locator('.rows .resource')
      .evaluateAll((each) => each.map((one) => one.getAttribute('title')));

    expect(new Set(titles)).toEqual(new Set([resource]));
    await chosen.click();
    await chosen.waitFor({ state: 'detached' });
  });

  it('moves no row while somebody points at one', async () => {
    const { page } = await watchedPage(local);
    await rows(page).first().waitFor(PATIENCE);
    const first = rows(page).first();
    await first.hover();
    // Its time goes on, and what became of the delivery may become known.
    const shown = async () => [
      await first.locator('.what').textContent(),
      await first.locator('.resource').getAttribute('title'),
    ];
    const before = await shown();

    // The server does it, as a click would take the pointer away.
    await page.evaluate(
      `fetch('/actions/tenant', { method: 'POST', headers: { 'x-page': '1' }, body: '{"act":"create-user"}' })`,
    );
    await shows(page, /newer ones?: show/);

    expect(await shown()).toEqual(before);
    await page.getByRole('button', { name: /newer ones?: show/ }).click();
    await rows(page).filter({ hasText: 'Create a User' }).first().waitFor(PATIENCE);
  });

  it('draws the dashboard that is deployed, with the figures of this run', async () => {
    const { page, faults } = await watchedPage(local);
    const dashboard = page.getByRole('complementary', { name: 'Dashboard' });

    await dashboard.getByText('polling').waitFor(PATIENCE);

    const titles = await dashboard.getByRole('figure').locator('figcaption').allTextContents();

    expect(titles).toContain('Flow: read, matched, delivered');
    expect(titles).toContain('What is stuck? Dead letters');
    expect(await dashboard.locator('canvas').count()).toBeGreaterThan(4);
    const read = dashboard.getByRole('figure', { name: 'Flow: read, matched, delivered' });
    await read.getByText(/read \d/).waitFor(PATIENCE);
    await page.waitForFunction(COLOURED, undefined, PATIENCE);

    expect(faults).toEqual([]);
  });

  it('is usable by keyboard alone', async () => {
    const { page } = await watchedPage(local);
    await rows(page).first().waitFor(PATIENCE);

    await page.keyboard.press('Tab'); // the poller's pause
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor(PATIENCE);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await rows(page).first().getByRole('button').first().focus();
    await page.keyboard.press('Enter');

    await page.locator('.opened pre').waitFor(PATIENCE);

    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none');
  });

  it.each([390, 768, 2_000])('fits %i pixels without scrolling sideways', async (width) => {
    const { page } = await watchedPage(local, { viewport: { width, height: 844 } });
    await openRow(page, 'delivered');

    const wide = z.number().parse(await page.evaluate('document.documentElement.scrollWidth'));

    expect(wide).toBeLessThanOrEqual(width);
  });

  it('stands still for whoever wants no motion', async () => {
    const { page } = await watchedPage(local, { reducedMotion: 'reduce' });
    await button(page, 'create a user').click();
    await rows(page).filter({ hasText: 'Create a User' }).first().waitFor(PATIENCE);

    expect(await page.locator('.lane i').count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('has no serious finding of axe-core: %s', async (colorScheme) => {
    const { page } = await watchedPage(local, { colorScheme, bypassCSP: true });
    await openRow(page, 'delivered');
    await page.getByText(/^Headers/).click();
    await page.evaluate(
      await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
    );
    const find = `axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ target, failureSummary }) => target + failureSummary).slice(0, 3) })))`;
    const finding = z.object({ id: z.string(), impact: z.string().nullable(), where: z.array(z.string()) });

    const found = z.array(finding).parse(await page.evaluate(find));
    await button(page, 'rewind…').click();
    const inDialog = z.array(finding).parse(await page.evaluate(find));

    const serious = [...found, ...inDialog].filter(
      ({ impact }) => impact === 'serious' || impact === 'critical',
    );

    expect(serious).toEqual([]);
  });
});
