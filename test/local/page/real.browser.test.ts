import { chromium } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { startPageAlone } from './support/page-in-process.ts';

it('offers no toys, and acts on none, where tenant and webhook are not ours', async () => {
  const { page: served, stop } = await startPageAlone(0, { isOurWebhook: false });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  onTestFinished(async () => {
    await browser.close();
    await stop();
  });
  const act = (name: string, input: object) =>
    fetch(`${served.url}actions/${name}`, {
      method: 'POST',
      headers: { 'x-page': '1' },
      body: JSON.stringify(input),
    }).then((response) => response.text());
  const page = await browser.newPage();
  await page.goto(served.url);
  await page.getByRole('heading', { name: 'Deliveries' }).waitFor();

  const answers = [await act('tenant', { act: 'create-user' }), await act('curl', {})];
  const misbehave = await act('webhook', { mode: 'down' });

  expect(await page.getByRole('heading', { name: 'Make something happen in the tenant' }).count()).toBe(0);
  expect(await page.getByRole('heading', { name: 'Have the webhook misbehave' }).count()).toBe(0);
  for (const each of answers) expect(each).toContain('A real tenant is read');

  expect(misbehave).toContain('Your own webhook is called');
});
