import { describe, expect, it } from 'vitest';
import { LogReadError } from '../../lambdas/poller/reading/log-read-error.ts';
import { type RunPollDeps, runPoll } from '../../lambdas/poller/run-poll.ts';
import { withEssentialMetrics } from '../../lambdas/shared/metrics.ts';
import { logEvent, T0 } from '../support/log-event.ts';
import { type PollWorld, pollWorld } from '../support/poll-world.ts';

const HOUR = 3_600_000;

/**
 * Runs one poll as the handler does.
 * @returns the event of its line, and the metrics in it
 */
async function told(world: PollWorld, overrides: Partial<RunPollDeps> = {}) {
  const { log, queue, settings, ...deps } = world.deps();
  world.told.lines.length = 0;
  await runPoll({
    ...deps,
    settings: async () => ({ settings }),
    pauses: { read: async () => ({}) },
    secretId: 'hook/auth0',
    webhook: 'hook',
    queue,
    connect: () => log,
    ...overrides,
  }).catch(() => {});
  const line = world.told.lines.findLast(({ event }) => /^(poll|settings)\./.test(event));
  return { event: line?.event, ...line?.embedded };
}

const refused = () => {
  throw new LogReadError('auth0.credentials', 'refused');
};

describe('what a poll tells CloudWatch', () => {
  it('has lag and retention at 0 when the log was read to its end', async () => {
    const world = pollWorld([logEvent({ type: 'other' })]);

    expect(await told(world)).toMatchObject({
      event: 'poll.completed',
      LagSeconds: 0,
      RetentionUsed: 0,
      LogEventsRead: 1,
      PollsRateLimited: 0,
      Gaps: 0,
    });
  });

  it('lets lag and the used retention grow while polls fail, from when the log was last read to its end', async () => {
    const world = pollWorld([logEvent({ type: 'other' })], { retentionDays: 1 });
    await told(world);
    world.now += 6 * HOUR;
    world.log.beforePage = refused;

    expect(await told(world)).toMatchObject({
      event: 'poll.failed',
      LagSeconds: 6 * 3_600,
      RetentionUsed: 25,
      LogEventsRead: 0,
      PollsRateLimited: 0,
    });
  });

  it('lets lag grow while settings are faulty, too', async () => {
    const world = pollWorld([logEvent({ type: 'other' })]);
    await told(world);
    world.now += HOUR;
    const faulty = async () => ({ faults: [{ key: 'AUTH0_DOMAIN', expected: 'a host' }], missing: false });

    expect(await told(world, { settings: faulty })).toMatchObject({
      event: 'settings.invalid',
      SettingsFaults: 1,
      LagSeconds: 3_600,
    });
  });

  it('counts from the oldest pending event when that is older', async () => {
    const world = pollWorld([logEvent({ time: T0 })]);
    await told(world);
    world.now += HOUR;

    expect(await told(world)).toMatchObject({ LagSeconds: (world.now - T0) / 1_000, RetentionUsed: 0 });
  });

  it('has no lag to tell when the ledger cannot be asked', async () => {
    const world = pollWorld([]);
    const unreachable = { ...world.ledger, readState: () => Promise.reject(new Error('no answer')) };

    const metrics = await told(world, { ledger: unreachable });

    expect(metrics).toMatchObject({ event: 'poll.failed', LogEventsRead: 0 });
    expect(metrics).not.toHaveProperty('LagSeconds');
    expect(metrics).not.toHaveProperty('RetentionUsed');
  });

  it("counts a poll that Auth0's rate limit ends, and how old the unread may be", async () => {
    const world = pollWorld([logEvent({ type: 'other' })]);
    await told(world);
    world.now += HOUR;
    world.log.beforePage = () => {
      throw new LogReadError('auth0.rate-limit', 'limited', { retryAt: world.now + 60_000 });
    };

    expect(await told(world)).toMatchObject({ PollsRateLimited: 1, LagSeconds: 3_600 });
  });
});

describe('gaps', () => {
  it('counts what Auth0 dropped before it was read', async () => {
    const world = pollWorld([logEvent({ type: 'other' })], { retentionDays: 1 });
    await told(world);
    world.now += 25 * HOUR;
    world.log.forget(() => true);
    world.log.add(logEvent({ time: world.now - 1_000, type: 'other' }));

    expect(await told(world)).toMatchObject({ Gaps: 1, RetentionUsed: 0 });
    expect(await told(world)).toMatchObject({ Gaps: 0 });
  });

  it('counts batches whose messages vanished from the queue', async () => {
    const world = pollWorld([logEvent()]);
    await told(world);
    world.queue.purge();
    const gaps: unknown[] = [];
    for (let poll = 0; poll < 5; poll++) {
      world.now += 3 * 60_000;
      gaps.push(Object(await told(world)).Gaps);
    }

    expect(gaps.filter((count) => count !== 0)).toEqual([1]);
  });

  it('counts events of a broken poll that Auth0 no longer has', async () => {
    const world = pollWorld([logEvent()], { retentionDays: 1 });
    world.queue.breakAfter = 0;
    await told(world);
    world.now += 25 * HOUR;
    world.log.forget(() => true);

    expect(await told(world)).toMatchObject({ event: 'poll.completed', Gaps: 2 }); // the log has a gap, too
  });
});

describe('what costs while all is well', () => {
  const emittedBy = (line: object): readonly string[] =>
    Object(line)._aws.CloudWatchMetrics[0].Metrics.map(({ Name }: { Name: string }) => Name);

  it('leaves a 0 of what tells of something wrong out of the metrics', async () => {
    const world = pollWorld([logEvent({ type: 'other' })]);

    const line = await told(world);

    expect(line).toMatchObject({ Gaps: 0, PollsRateLimited: 0 });
    expect(emittedBy(line)).toEqual(['LagSeconds', 'LogEventsRead', 'RetentionUsed']);
  });

  it('emits what is wrong', async () => {
    const world = pollWorld([logEvent({ type: 'other' })], { retentionDays: 1 });
    await told(world);
    world.now += 25 * HOUR;
    world.log.forget(() => true);
    world.log.add(logEvent({ time: world.now - 1_000, type: 'other' }));

    expect(emittedBy(await told(world))).toContain('Gaps');
  });

  /** The fields of each poll's line, and how often the polls asked SQS how much waits. */
  async function asking() {
    const world = pollWorld([logEvent()]);
    let asked = 0;
    const counts = async () => {
      asked++;
      return { waiting: 7, deadLettered: 2 };
    };
    const poll = async () => {
      await told(world, { queue: { ...world.queue, counts } });
      return world.told.lines.at(-1)?.fields;
    };
    await poll(); // the first poll of all looks around
    await world.deliver();
    asked = 0;
    return { world, poll, asked: () => asked };
  }

  it('asks SQS how much waits only while something is undelivered', async () => {
    const { world, poll, asked } = await asking();

    expect((await poll())?.pending).toBeUndefined();
    expect(asked()).toBe(0);
    world.log.add(logEvent({ time: world.now - 9_000, sequence: 2 }));
    await poll();

    expect(await poll()).toMatchObject({ pending: 9 });
    expect(asked()).toBeGreaterThan(0);
  });

  it('does not ask for what it sent itself just now', async () => {
    const { world, poll, asked } = await asking();
    world.log.add(logEvent({ time: world.now - 9_000, sequence: 2 }));
    world.log.add(logEvent({ time: world.now - 8_000, sequence: 3 }));

    expect(await poll()).toMatchObject({ matched: 2, pending: 2 });
    expect(asked()).toBe(0);
  });

  it('asks when the sending failed', async () => {
    const { world, poll, asked } = await asking();
    world.log.add(logEvent({ time: world.now - 9_000, sequence: 2 }));
    world.queue.breakAfter = 0;

    expect(await poll()).toMatchObject({ matched: 1, pending: 9 });
    expect(asked()).toBe(1);
  });
});

describe('withEssentialMetrics', () => {
  it('leaves the other values in the line, where queries find them, and out of what costs', async () => {
    const world = pollWorld([logEvent()]);

    const line = await told(world, { tell: withEssentialMetrics(world.told.tell) });

    expect(line).toMatchObject({ LogEventsRead: 1, Webhook: 'hook' });
    expect(line).toMatchObject({
      _aws: {
        CloudWatchMetrics: [
          {
            Metrics: [{ Name: 'LagSeconds', Unit: 'Seconds' }],
          },
        ],
      },
    });
  });

  it('names no metric in a line that has no essential one', () => {
    const world = pollWorld([]);
    const _aws = { CloudWatchMetrics: [] };

    withEssentialMetrics(world.told.tell)(
      'info',
      'delivery.attempted',
      {},
      { Webhook: 'hook', WebhookLatency: 9, _aws },
    );

    expect(world.told.lines[0]?.embedded).toEqual({ Webhook: 'hook', WebhookLatency: 9 });
  });
});

describe('what a poll tells CloudWatch while something is paused', () => {
  const pausedFor = (what: 'polls' | 'deliveries', ms: number, world: PollWorld) => ({
    pauses: { read: async () => ({ [what]: { reason: 'migration', at: world.now - ms } }) },
  });

  it('reads nothing while polls are paused, and says so', async () => {
    const world = pollWorld([logEvent()]);

    const line = await told(world, pausedFor('polls', HOUR, world));

    expect(line).toMatchObject({ event: 'poll.completed', LogEventsRead: 0 });
    expect(world.told.lines.at(-1)?.fields).toMatchObject({
      stoppedBy: 'paused',
      pollsPausedBecause: 'migration',
      pollsPausedSince: new Date(world.now - HOUR).toISOString(),
    });
    expect(await world.ledger.readState()).toBeUndefined();
  });

  it('tells no lag, as that is no fault, until the pause is a day old', async () => {
    const world = pollWorld([logEvent()]);

    expect(await told(world, pausedFor('deliveries', HOUR, world))).not.toHaveProperty('LagSeconds');
    expect(await told(world, pausedFor('deliveries', 25 * HOUR, world))).toHaveProperty('LagSeconds');
  });

  it('fails when nobody can say whether it is paused', async () => {
    const world = pollWorld([logEvent()]);

    const line = await told(world, { pauses: { read: () => Promise.reject(new Error('no answer')) } });

    expect(line).toMatchObject({ event: 'poll.failed' });
    expect(await world.ledger.readState()).toBeUndefined();
  });
});
