import type { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, vi } from 'vitest';
import { type RunPollDeps, runPoll } from '../../../lambdas/poller/run-poll.ts';
import { idOf } from '../../../lambdas/shared/log-event.ts';
import { rebind } from '../../../lambdas/shared/operations/rebind.ts';
import { fakeLog } from '../../support/fake-log.ts';
import { logEvent, T0, userEvents } from '../../support/log-event.ts';
import { type PollWorld, pollWorld } from '../../support/poll-world.ts';
import { auth0Settings, connection } from '../../support/settings.ts';

const MINUTE = 60_000;
const OURS = connection.tenant;
const THEIRS = 'other.eu.auth0.com';

/** Two tenants whose logs look alike, and a secret that names one of them. */
function twoTenants(ours: readonly Record<string, unknown>[], theirs: readonly Record<string, unknown>[]) {
  const world = pollWorld(ours);
  const theirLog = fakeLog(theirs, () => world.now);
  const requests = [vi.spyOn(theirLog, 'page'), vi.spyOn(theirLog, 'search')];
  const logs = { [OURS]: world.log, [THEIRS]: theirLog };
  const pollOf = async (tenant: typeof OURS | typeof THEIRS) => {
    const { log: _, settings, ...deps } = world.deps();
    const run: RunPollDeps = {
      ...deps,
      settings: async () => ({ settings: { ...settings, connection: { ...connection, tenant } } }),
      pauses: { read: async () => ({}) },
      secretId: 'hook/auth0',
      webhook: 'hook',
      connect: (of) => logs[of.connection.tenant as typeof OURS] ?? theirLog,
    };
    return await runPoll(run);
  };
  const asked = () => requests.flatMap(({ mock }) => mock.calls);
  return { world, theirLog, asked, pollOf };
}

/** Binds the ledger, as an operator does. Both queues are empty by SQS's counts. */
function bindTo(tenant: string, { ledger, now }: PollWorld) {
  const Attributes = {
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
  };
  const client = { send: async () => ({ Attributes }) } as unknown as SQSClient;
  const queue = { client, url: 'queue' };
  const pauses = { read: async () => ({}), pause: async () => {}, resume: async () => {} };
  const deps = { ledger, pauses, queue, deadLetterQueue: queue, now: () => now, randomId: () => 'rebound' };
  return rebind(deps, { tenant });
}

describe('AUTH0_DOMAIN names another tenant for three hours, and then the right one again', () => {
  it.each([
    ['of the same region', '900'],
    ['of a region with smaller ids', '800'],
    ['of a region with larger ids', '910'],
  ])('a tenant %s: nothing is read, nothing moves, and all goes on where it stood', async (_, prefix) => {
    const before = userEvents(5);
    const theirs = userEvents(200).map((_, sequence) =>
      logEvent({ time: T0 + sequence * MINUTE, sequence, prefix, method: 'delete' }),
    );
    const { world, asked, pollOf } = twoTenants(before, theirs);
    await pollOf(OURS);
    const state = await world.ledger.readState();
    const note = await world.ledger.readCheckpoint();

    const meanwhile: Record<string, unknown>[] = [];
    for (let minute = 0; minute < 180; minute++) {
      world.now += MINUTE;
      if (minute % 30 === 0) {
        const event = logEvent({ time: world.now - 10_000, sequence: 100 + minute });
        meanwhile.push(event);
        world.log.add(event);
      }
      await expect(pollOf(THEIRS)).rejects.toThrow('auth0.tenant: AUTH0_DOMAIN names the tenant');
    }

    expect(asked()).toEqual([]);
    expect(await world.ledger.readState()).toEqual(state);
    expect(await world.ledger.readCheckpoint()).toEqual(note);

    await world.deliver(); // delivery went on all the time

    expect(world.delivered).toEqual(before.map(idOf));

    world.now += MINUTE;
    await pollOf(OURS);
    await world.deliver();
    await pollOf(OURS);

    expect(world.delivered).toEqual([...before, ...meanwhile].map(idOf));
    expect(world.ledger.written).toBe(idOf(meanwhile.at(-1)));
    expect(world.told.events()).not.toContain('gap.detected');
  });

  it('tells both tenants and the setting in the line of each failed poll, and lets lag grow', async () => {
    const { world, pollOf } = twoTenants(userEvents(5), []);
    await pollOf(OURS);
    await world.deliver();
    world.now += 3 * 60 * MINUTE;

    await expect(pollOf(THEIRS)).rejects.toThrow();

    const line = world.told.lines.at(-1);

    expect(line).toMatchObject({
      level: 'error',
      event: 'poll.failed',
      fields: { reason: 'auth0.tenant', read: 0 },
      embedded: { LagSeconds: 3 * 3_600 },
    });
    for (const said of ['AUTH0_DOMAIN', OURS, THEIRS]) expect(line?.fields.message).toContain(said);
  });

  it('finishes nothing of the right tenant by the log of the other', async () => {
    const { world, asked, pollOf } = twoTenants(userEvents(5), userEvents(5));
    world.queue.breakAfter = 2;

    await expect(pollOf(OURS)).rejects.toThrow();

    await expect(pollOf(THEIRS)).rejects.toThrow('auth0.tenant');
    const sentMeanwhile = world.queue.accepted.length;
    await pollOf(OURS);
    await world.deliver();

    expect([asked(), sentMeanwhile]).toEqual([[], 2]);
    expect(world.delivered).toEqual(userEvents(5).map(idOf));
  });
});

describe('a ledger that an operator has bound to another tenant', () => {
  async function rebound(startFrom: 'earliest' | 'latest') {
    const theirs = userEvents(3, 7, T0 + 30 * MINUTE);
    const tenants = twoTenants(userEvents(5), theirs);
    const { world, pollOf } = tenants;
    world.settings = auth0Settings({ startFrom: { kind: startFrom } });
    await pollOf(OURS);
    await world.deliver();
    await pollOf(OURS);
    world.delivered.length = 0;
    await bindTo(THEIRS, world);
    return { ...tenants, theirs };
  }

  it('is read from START_FROM on by the first poll whose settings name that tenant', async () => {
    const { world, theirs, pollOf } = await rebound('earliest');

    await pollOf(THEIRS);
    await world.deliver();

    expect(world.delivered).toEqual(theirs.map(idOf));
    expect(await world.ledger.readState()).toMatchObject({
      ledger: 'rebound',
      tenant: THEIRS,
      cursor: idOf(theirs[2]),
      grouping: world.deps().grouping,
    });
    expect((await world.ledger.readState())?.startsAnew).toBeUndefined();
  });

  it('takes the position once: a second poll goes on at the cursor', async () => {
    const { world, theirLog, pollOf } = await rebound('latest');
    await pollOf(THEIRS);
    const next = logEvent({ time: world.now, sequence: 500 });
    theirLog.add(next);
    world.now += MINUTE;

    await pollOf(THEIRS);
    await world.deliver();

    expect(world.delivered).toEqual([idOf(next)]);
  });

  it('waits at the beginning of a log in which nothing is yet, and then reads all', async () => {
    const { world, theirLog, theirs, pollOf } = await rebound('latest');
    theirLog.forget(() => true);
    await pollOf(THEIRS);
    theirLog.add(...theirs);

    await pollOf(THEIRS);
    await world.deliver();

    expect(world.delivered).toEqual(theirs.map(idOf));
  });

  it('is not moved by a poll with the old settings, which fails', async () => {
    const { world, pollOf } = await rebound('earliest');
    world.log.add(logEvent({ time: world.now, sequence: 600 }));
    const state = await world.ledger.readState();

    await expect(pollOf(OURS)).rejects.toThrow(
      `AUTH0_DOMAIN names the tenant ${OURS}, but this deployment reads the log of ${THEIRS}`,
    );

    expect(await world.ledger.readState()).toEqual(state);
    expect(state).toMatchObject({ cursor: '', startsAnew: true });
    expect(await world.ledger.readCheckpoint()).toEqual({});
    expect(world.queue.messages).toEqual([]);
  });

  it('does not begin when another poll was first', async () => {
    const { world, theirLog, pollOf } = await rebound('earliest');
    const state = await world.ledger.readState();
    const claim: typeof world.ledger.claim = async () => undefined;

    const report = await world.poll({
      ledger: { ...world.ledger, claim },
      settings: { ...world.settings, connection: { ...connection, tenant: THEIRS } },
      log: theirLog,
    });

    expect(report).toMatchObject({ stoppedBy: 'overtaken', read: 0 });
    expect(await world.ledger.readState()).toEqual(state);
    await pollOf(THEIRS);

    expect((await world.ledger.readState())?.startsAnew).toBeUndefined();
  });
});
