import { expect, it } from 'vitest';
import { settingsSource } from '../../../../lambdas/shared/settings/settings-source.ts';
import { secretsManager } from '../../../support/services.ts';

const NAME = 'hooks/auth0';

/** A source of settings. Its secret is faulty while it is empty or `wrong`. */
async function world(value?: string) {
  const { service, client } = await secretsManager();
  if (value !== undefined) await service.put(NAME, value);
  const clock = { now: 1_000_000 };
  const parse = (secret: string) =>
    ['wrong', '{}'].includes(secret)
      ? { faults: [{ key: 'K', expected: secret }], missing: false }
      : { settings: { secret } };
  const source = settingsSource(client, NAME, parse, { now: () => clock.now });
  return { clock, source, service, client };
}

it('settings are kept for less than a minute, then read again', async () => {
  const { clock, source, service } = await world('one');

  expect(await source()).toEqual({ settings: { secret: 'one' } });
  await service.put(NAME, 'two');
  clock.now += 44_999;

  expect(await source()).toEqual({ settings: { secret: 'one' } });
  clock.now += 1;

  expect(await source()).toEqual({ settings: { secret: 'two' } });
});

it('unchanged settings stay the same object', async () => {
  const { clock, source } = await world('one');
  const first = await source();
  clock.now += 60_000;

  expect(await source()).toBe(first);
});

it('faulty settings are read again each time', async () => {
  const { source, service } = await world('wrong');

  expect(await source()).toHaveProperty('faults');
  await service.put(NAME, 'mended');

  expect(await source()).toEqual({ settings: { secret: 'mended' } });
});

it('a secret that does not exist yet is one where nothing is set', async () => {
  const { source } = await world();

  expect(await source()).toMatchObject({ faults: [{ expected: '{}' }] });
});

it('that Secrets Manager does not answer is told', async () => {
  const { source, service } = await world('one');
  await service.close();

  await expect(source()).rejects.toThrow();
});

it('an outage of Secrets Manager is waited for once in ten seconds, while good settings last', async () => {
  const { clock, source, service, client } = await world('one');
  await source();
  await service.close();
  let asked = 0;
  client.middlewareStack.add(
    (next) => async (request) => {
      asked++;
      return await next(request);
    },
    { step: 'initialize' },
  );
  clock.now += 45_000;
  for (let invocation = 0; invocation < 10; invocation++) {
    expect(await source()).toEqual({ settings: { secret: 'one' } });
    clock.now += 1_000;
  }

  expect(asked).toBe(1);
  await source();

  expect(asked).toBe(2);
  clock.now += 3_600_000;

  await expect(source()).rejects.toThrow();
  await expect(source()).rejects.toThrow();
});
