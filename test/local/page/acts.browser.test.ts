import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalPage, startLocalPage, watchedPage } from './support/local-page.ts';
import { button, openRow, outcome, PATIENCE, region, rows, shows } from './support/on-page.ts';

const run = promisify(execFile);

let local: LocalPage;
beforeAll(async () => {
  local = await startLocalPage('--retry-window', '1');
});
afterAll(() => local?.stop());

describe('what can be done on the page', () => {
  it('opens a delivery: its story, attempts, headers, signature and JSON, and sends it again', async () => {
    const { page, faults } = await watchedPage(local);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const opened = await openRow(page, 'delivered');

    await opened.getByText('The webhook took it at once, with 204').waitFor(PATIENCE);
    await opened.getByText('signature valid').waitFor(PATIENCE);
    await opened.getByText(/^Headers as our webhook got them/).click();

    expect(await opened.locator('.headers').textContent()).toContain('webhook-signature');
    await button(opened, 'copy the JSON').click();
    const copied = JSON.parse(String(await page.evaluate('navigator.clipboard.readText()')));

    expect(copied).toMatchObject({ log_id: expect.stringMatching(/^\d{56}$/) });
    await button(opened, 'send again…').click();
    await button(page.getByRole('dialog'), 'send again').click();

    await shows(page, 'Sent again, under the same webhook-id.');
    await opened.getByRole('list', { name: 'Attempts' }).getByRole('listitem').nth(1).waitFor(PATIENCE);

    expect(faults).toEqual([]);
  });

  it('shows the signing secret only to who asks for it twice', async () => {
    const { page } = await watchedPage(local);
    await openRow(page, 'delivered');
    const before = await page.content();

    await button(page, 'secret…').click();
    const asked = await page.content();
    await button(page, 'show the secret').click();
    await page.locator('.secret code').waitFor(PATIENCE);
    const secret = String(await page.locator('.secret code').textContent());
    await button(page.getByRole('dialog'), 'close').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/=]{24,}$/);
    for (const text of [before, asked, await page.content()]) expect(text).not.toContain(secret.slice(6));
  });

  it('pauses and resumes polls and deliveries, with the reason told', async () => {
    const { page, faults } = await watchedPage(local);

    for (const what of ['polls', 'deliveries']) {
      await button(page, `pause… ${what}`).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').fill(`a test of ${what}`);
      await button(dialog, `pause ${what}`).click();
      await region(page, 'The pipeline').getByText(`paused: a test of ${what}`).waitFor(PATIENCE);
      await button(page, `resume ${what}`).click();
      await button(page, `pause… ${what}`).waitFor(PATIENCE);
    }

    expect(faults).toEqual([]);
  });

  it('counts what a rewind would send again, rewinds, and takes it back', async () => {
    const { page } = await watchedPage(local);
    await rows(page).first().waitFor(PATIENCE);
    await button(page, 'pause… polls').click(); // what a poll has read on cannot be taken back
    await page.getByRole('dialog').getByRole('textbox').fill('a rewind');
    await button(page.getByRole('dialog'), 'pause polls').click();
    await button(page, 'resume polls').waitFor(PATIENCE);
    await button(page, 'rewind…').click();
    const dialog = page.getByRole('dialog');

    await dialog.getByRole('textbox').fill('nonsense');
    await button(dialog, 'count what would be sent again').click();
    await dialog.getByRole('alert').getByText('give a time such as').waitFor(PATIENCE);
    await dialog.getByRole('textbox').fill('8h');
    await button(dialog, 'count what would be sent again').click();
    await dialog.getByText(/\d+ events would be sent again/).waitFor(PATIENCE);
    await button(dialog, 'rewind').click();
    await button(dialog, 'take it back').click();

    await shows(page, 'Taken back: nothing was read in between.');
    await button(dialog, 'close').click();
    await button(page, 'resume polls').click();
    await button(page, 'pause… polls').waitFor(PATIENCE);
  });

  it('shows dead letters, dismisses one with a reason, and redrives the others', async () => {
    const { page, faults } = await watchedPage(local);
    const letters = region(page, 'Dead letters');
    await button(page, 'answers 500').click();
    await button(page, 'create a user').click();
    await button(page, 'a user signs up').click();

    await letters.getByText(/^[2-9]/).waitFor({ timeout: 90_000 });
    await button(letters, 'show').click();
    const opened = await openRow(page, 'dead letter · 500');
    await opened.getByText('The webhook has a bad day').first().waitFor(PATIENCE);
    await button(opened, 'dismiss…').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('only a test');
    await button(dialog, 'dismiss').click();
    await shows(page, '1 event given up: only a test');
    await button(page, 'answers 204').click();
    await button(letters, 'redrive all…').click();
    await button(dialog, 'redrive').click();

    await letters.getByText('no dead letters').waitFor(PATIENCE);
    await outcome(page, 'dismissed').click();
    await rows(page).filter({ hasText: 'dismissed: only a test' }).first().waitFor(PATIENCE);

    expect(faults).toEqual([]);
  });

  it('sends a test event', async () => {
    const { page } = await watchedPage(local);

    await button(page, 'test event').click();

    await shows(page, /Test event test-\S+ is on its way/);
    await rows(page).filter({ hasText: 'Test event' }).first().getByText('delivered 204').waitFor(PATIENCE);
  });

  it('gives commands by which curl and the SDK make events that arrive', async () => {
    const { page } = await watchedPage(local);
    await button(page, 'by curl or SDK…').click();
    const [curl = '', sdk = ''] = await page.getByRole('dialog').locator('pre').allTextContents();
    await button(page.getByRole('dialog'), 'close').click();

    const { stdout } = await run('bash', ['-c', curl]);
    const [, ca = ''] = /NODE_EXTRA_CA_CERTS='([^']+)'/.exec(sdk) ?? [];
    await run(process.execPath, ['--input-type=module', '--eval', sdk], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: ca },
    });

    const { user_id: id } = JSON.parse(stdout);
    await page.getByRole('searchbox').fill(id);
    const made = rows(page)
      .filter({ hasText: 'Create a User' })
      .filter({ hasText: id.slice(-8) });
    await made.getByText('delivered 204').waitFor(PATIENCE);
    await page.getByRole('searchbox').fill('');
    await rows(page).filter({ hasText: 'Update a User' }).first().waitFor(PATIENCE);
  });
});
