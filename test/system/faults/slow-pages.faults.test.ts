import { expect, it } from 'vitest';
import { slowLine, slowPages } from '../../../local/stand-ins/tenant/lasting-faults.ts';
import { functions } from '../../support/functions.ts';
import { logEvent } from '../../support/log-event.ts';
import { SIGNING_SECRET } from '../../support/settings.ts';

const AGO = Date.now() - 600_000;

async function pollerWith(count: number, body: unknown) {
  const all = await functions({
    WEBHOOK_URL: 'https://example.com/',
    WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
  });
  const entries = Array.from({ length: count }, (_, sequence) => logEvent({ time: AGO, sequence, body }));
  all.tenant.append(entries);
  return all;
}

it('a page that takes nine seconds is read', async () => {
  const { poller, tenant } = await pollerWith(30, {});
  tenant.onRequest = slowPages(9_000);

  expect(await poller.invoke({})).toEqual({});

  expect(poller.output()).toContain('"matched":30');
}, 120_000);

it('large entries are read over a line that needs half a minute for a page of them: in smaller pages', async () => {
  const { poller, tenant } = await pollerWith(100, { large: 'x'.repeat(30_000) });
  tenant.onRequest = slowLine(100_000);

  expect(await poller.invoke({})).toEqual({});

  expect(poller.output()).toMatch(/"matched":[1-9]/);
}, 120_000);
