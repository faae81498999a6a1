import { expect, it } from 'vitest';
import { keepSettings } from '../../../lambdas/deliverer/kept-settings.ts';
import { settingsSource } from '../../../lambdas/shared/settings/settings-source.ts';
import { parseWebhookSettings } from '../../../lambdas/shared/settings/webhook-settings.ts';
import { secretsManager } from '../../support/services.ts';
import { SIGNING_SECRET } from '../../support/settings.ts';

const NAME = 'hooks/webhook';
const secretFor = (host: string) =>
  JSON.stringify({ WEBHOOK_URL: `https://${host}/`, WEBHOOK_SIGNING_SECRET: SIGNING_SECRET });

const allDelivered = async () => ({ batchItemFailures: [] });
const oneReturned = async () => ({ batchItemFailures: [{ itemIdentifier: 'message' }] });
const brokenOff = async () => {
  throw new Error('the ledger did not answer');
};

/** The delivery function's settings, which name `old.example` and are then changed. */
async function world() {
  const { service, client } = await secretsManager();
  await service.put(NAME, secretFor('old.example'));
  const clock = { now: 1_000_000 };
  const kept = keepSettings((keptMs) =>
    settingsSource(client, NAME, parseWebhookSettings, { now: () => clock.now, keptMs }),
  );
  const host = async () => {
    const parsed = await kept.settings();
    return 'settings' in parsed ? parsed.settings.url.host : undefined;
  };
  await host();
  await service.put(NAME, secretFor('new.example'));
  return { clock, kept, host };
}

it('are kept for 45 seconds while all is delivered', async () => {
  const { clock, kept, host } = await world();

  await kept.during(allDelivered);
  clock.now += 44_999;

  expect(await host()).toBe('old.example');
  clock.now += 1;

  expect(await host()).toBe('new.example');
});

it.each([
  ['returned a record', oneReturned],
  ['broke off', brokenOff],
])('are read again after 15 seconds when the last invocation %s', async (_, invocation) => {
  const { clock, kept, host } = await world();

  await kept.during(invocation).catch(() => {});
  clock.now += 14_999;

  expect(await host()).toBe('old.example');
  clock.now += 1;

  expect(await host()).toBe('new.example');
});

it('are read at once when an invocation fails with settings that are older than that', async () => {
  const { clock, kept, host } = await world();
  await kept.during(allDelivered);
  clock.now += 40_000;

  await kept.during(oneReturned);

  expect(await host()).toBe('new.example');
});

it('are kept as before once all is well again', async () => {
  const { clock, kept, host } = await world();
  await kept.during(oneReturned);

  await kept.during(allDelivered);
  clock.now += 40_000;

  expect(await host()).toBe('old.example');
});

it('what an invocation answers and throws is passed on', async () => {
  const { kept } = await world();

  expect(await kept.during(oneReturned)).toEqual(await oneReturned());
  await expect(kept.during(brokenOff)).rejects.toThrow('the ledger did not answer');
});
