import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createSettingsCheck, SETTINGS } from '../../../lambdas/deliverer/settings-check.ts';
import { N, S } from '../../../lambdas/shared/ledger/attribute-values.ts';
import type { Table } from '../../../lambdas/shared/ledger/table.ts';
import { settingsSource } from '../../../lambdas/shared/settings/settings-source.ts';
import { secretsManager, stateTable } from '../../support/services.ts';

const T = 1_000_000;
const KEPT = 45_000;

/** Processes of one delivery function, with a clock each that may be wrong. */
async function world() {
  const { table } = await stateTable();
  const clock = { now: T };
  const slept: number[] = [];
  const process = (aheadMs = 0, of: Pick<Table, 'get' | 'update'> = table) =>
    createSettingsCheck({
      table: of,
      now: () => clock.now + aheadMs,
      sleep: async (ms) => void slept.push(ms),
    });
  return { table, clock, slept, process };
}

it('one process reads the secret, and the others go on with what they have', async () => {
  const { clock, slept, process } = await world();
  const [first, second] = [process(), process()];

  expect(await first.verifiedAt('v1', KEPT)).toBeUndefined();
  await first.tell('v1', T);
  clock.now += 44_999;

  expect(await second.verifiedAt('v1', KEPT)).toBe(T);
  expect(slept).toEqual([]);
  clock.now += 1;

  expect(await second.verifiedAt('v1', KEPT)).toBeUndefined();
});

it('a process that wants to know sooner, as its calls fail, takes no older answer', async () => {
  const { clock, process } = await world();
  const [first, second] = [process(), process()];
  await first.verifiedAt('v1', KEPT);
  await first.tell('v1', T);
  clock.now += 15_000;

  expect(await second.verifiedAt('v1', 15_000)).toBeUndefined();
});

it('processes that start together make one read: the others wait for it', async () => {
  const { table } = await stateTable();
  const { service, client } = await secretsManager();
  await service.put('hook', 'one');
  const clock = { now: T };
  let reads = 0;
  client.middlewareStack.add(
    (next) => async (request) => {
      reads++;
      return await next(request);
    },
    { step: 'initialize' },
  );
  const now = () => clock.now;
  const sources = [1, 2, 3].map(() => {
    const check = createSettingsCheck({ table, now, sleep: (ms) => sleep(ms * 10) });
    const parse = (value: string) => ({ settings: { value } });
    return settingsSource(client, 'hook', parse, { now, check });
  });
  const all = () => Promise.all(sources.map((source) => source()));
  await all();
  clock.now += 60_000;
  await all();
  await all();

  expect(reads).toBe(3 + 1);
  await service.put('hook', 'two');
  clock.now += 45_000;

  expect(await all()).toEqual([1, 2, 3].map(() => ({ settings: { value: 'two' } })));
});

it('a process that dies after its claim holds the others up for a moment, and for a second', async () => {
  const { clock, slept, process } = await world();
  await process().verifiedAt('v1', KEPT); // and dies
  const [second, third] = [process(), process()];

  expect(await second.verifiedAt('v1', KEPT)).toBeUndefined();
  expect(slept).toEqual([40, 80]);
  await second.tell('v1', T); // the reading was not its own, so it tells nobody

  expect(await third.verifiedAt('v1', KEPT)).toBeUndefined();
  clock.now += 1_000;
  slept.length = 0;

  expect(await third.verifiedAt('v1', KEPT)).toBeUndefined();
  expect(slept).toEqual([]);
  await third.tell('v1', clock.now);

  expect(await second.verifiedAt('v1', KEPT)).toBe(clock.now);
});

it('clocks 5 s apart: a change still takes effect within a minute', async () => {
  const { clock, process } = await world();
  const [ahead, right] = [process(5_000), process()];
  await ahead.verifiedAt('v1', KEPT);
  await ahead.tell('v1', T + 5_000);

  // From the future, so it tells nothing.
  expect(await right.verifiedAt('v1', KEPT)).toBeUndefined();
  clock.now = T + 49_999;

  expect(await right.verifiedAt('v1', KEPT)).toBe(T + 5_000);
  clock.now = T + 50_000;

  expect(await right.verifiedAt('v1', KEPT)).toBeUndefined();
});

it('another version than its own is read at once', async () => {
  const { clock, slept, process } = await world();
  const [first, second] = [process(), process()];
  await first.verifiedAt('v1', KEPT);
  await first.tell('v2', T);
  clock.now += 1_000;

  expect(await second.verifiedAt('v1', KEPT)).toBeUndefined();
  expect(await second.verifiedAt('v2', KEPT)).toBe(T);
  expect(slept).toEqual([]);
});

it('a process that was slow tells nothing over what another one found meanwhile', async () => {
  const { clock, process } = await world();
  const [slow, quick] = [process(), process()];
  await slow.verifiedAt('v1', KEPT);
  clock.now += 2_000;
  await quick.verifiedAt('v1', KEPT);
  await quick.tell('v2', clock.now);

  await slow.tell('v1', T);

  expect(await slow.verifiedAt('v1', KEPT)).toBeUndefined();
  expect(await slow.verifiedAt('v2', KEPT)).toBe(clock.now);
});

it.each([
  ['lost', undefined],
  ['from next year', { version: S('v1'), checkedAt: N(T * 2), claimedUntil: N(T * 2) }],
  ['none of ours', { version: N(1), checkedAt: S('soon'), claimedUntil: S('later') }],
])('a note that is %s is written anew', async (_, item) => {
  const { table, slept, process } = await world();
  const [first, second] = [process(), process()];
  await first.verifiedAt('v1', KEPT);
  await first.tell('v1', T);
  if (item) await table.replace(SETTINGS, item);
  else await table.remove(SETTINGS);

  expect(await first.verifiedAt('v1', KEPT)).toBeUndefined();
  await first.tell('v1', T);

  expect(await second.verifiedAt('v1', KEPT)).toBe(T);
  expect(slept).toEqual([]);
});

it('while the table is down the secret is read as without it', async () => {
  const { table, process } = await world();
  const down = () => Promise.reject(new Error('no answer'));
  const unread = process(0, { get: down, update: down });
  const unwritten = process(0, { get: table.get, update: down });

  for (const check of [unread, unwritten]) {
    expect(await check.verifiedAt('v1', KEPT)).toBeUndefined();
    await expect(check.tell('v1', T)).resolves.toBeUndefined();
  }
});

it('that the table fails between claim and telling is no failure', async () => {
  const { table, process } = await world();
  let isDown = false;
  const update: Table['update'] = (...parameters) =>
    isDown ? Promise.reject(new Error('no answer')) : table.update(...parameters);
  const check = process(0, { get: table.get, update });
  await check.verifiedAt('v1', KEPT);
  isDown = true;

  await expect(check.tell('v1', T)).resolves.toBeUndefined();
});

it('a secret without a version is read each time it is old', async () => {
  const { service, client } = await secretsManager();
  await service.put('hook', 'one');
  client.middlewareStack.add(
    (next) => async (request) => {
      const answer = await next(request);
      Object.assign(answer.output, { VersionId: undefined });
      return answer;
    },
    { step: 'initialize' },
  );
  const { table, clock, process } = await world();
  const parse = (value: string) => ({ settings: { value } });
  const source = settingsSource(client, 'hook', parse, { now: () => clock.now, check: process() });
  await source();
  await service.put('hook', 'two');
  clock.now += KEPT;

  expect(await source()).toEqual({ settings: { value: 'two' } });
  expect(await table.get(SETTINGS)).toBeUndefined();
});
