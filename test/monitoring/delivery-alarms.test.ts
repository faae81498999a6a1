import { describe, expect, it } from 'vitest';
import { synthesisedAssembly } from './support/assembly.ts';
import { before, DAY, HOUR, pollAndDeliver, quietWorld, until, userCreated } from './support/courses.ts';

const assembly = await synthesisedAssembly();

describe('alarms of delivering', () => {
  it('webhook-failing fires after 15 minutes of failures, stays while retries are rare, and goes back with a 2xx', async () => {
    const world = await quietWorld(assembly);
    world.receiver.respond = () => ({ status: 503 });
    userCreated(world, 'auth0|second');

    await until(world, ['webhook-failing'], () => pollAndDeliver(world));
    for (let wait = 0; wait < 6; wait++) await world.fiveMinutes(world.poll);

    expect(world.firing()).toEqual(['webhook-failing']);
    world.receiver.respond = () => undefined;
    await world.fiveMinutes(() => pollAndDeliver(world));

    expect(world.firing()).toEqual([]);
  });

  it('webhook-failing stays quiet when one event fails among many that succeed', async () => {
    const world = await quietWorld(assembly);
    const poisoned = userCreated(world, 'auth0|poison');
    world.receiver.respond = ({ webhookId }) => (webhookId === poisoned ? { status: 422 } : undefined);
    let created = 0;
    const busy = async () => {
      for (let each = 0; each < 4; each++) userCreated(world, `auth0|${created++}`);
      await pollAndDeliver(world);
    };

    for (let period = 0; period < 5; period++) await world.fiveMinutes(busy);

    expect(world.firing()).toEqual([]);
  });

  it('webhook-gone fires for one 410 among many successes, stays for an hour, and goes back', async () => {
    const world = await quietWorld(assembly);
    const unwanted = userCreated(world, 'auth0|unwanted');
    world.receiver.respond = ({ webhookId }) => (webhookId === unwanted ? { status: 410 } : undefined);
    let created = 0;
    const busy = async () => {
      for (let each = 0; each < 3; each++) userCreated(world, `auth0|${created++}`);
      await pollAndDeliver(world);
    };

    await until(world, ['webhook-gone'], busy);
    world.receiver.respond = () => undefined;
    for (let period = 0; period < 10; period++) await world.fiveMinutes(world.poll);

    expect(world.firing()).toEqual(['webhook-gone']);
    await until(world, [], world.poll);

    expect(
      world.datapoints.filter(({ name }) => name === 'EndpointGone').every(({ value }) => value === 1),
    ).toBe(true);
  });

  it('lagging fires for an event that is older than the limit, and goes back when it is delivered', async () => {
    const world = await quietWorld(assembly);
    const older = userCreated(world, 'auth0|older', 2 * HOUR);
    await world.lastReadHoursAgo(0, before(older));
    world.receiver.respond = ({ webhookId }) => (webhookId === older ? { status: 500 } : undefined);
    const busy = async () => {
      for (let each = 0; each < 4; each++) userCreated(world, crypto.randomUUID());
      await pollAndDeliver(world);
    };

    await until(world, ['lagging'], busy);
    world.receiver.respond = () => undefined;
    await until(world, [], busy);
  });

  it('dead-letters fires when an event is given up, and goes back when it is redriven', async () => {
    const world = await quietWorld(assembly);
    await world.restart({ retryWindowSeconds: 0 });
    world.receiver.respond = () => ({ status: 400 });
    userCreated(world, 'auth0|second');
    await until(world, ['dead-letters'], () => pollAndDeliver(world));
    await until(world, ['dead-letters'], world.poll);

    world.receiver.respond = () => undefined;
    await world.redrive();
    await until(world, [], () => pollAndDeliver(world));
  });

  it('events-expiring fires for a dead letter of ten days, and goes back when it is redriven', async () => {
    const world = await quietWorld(assembly);
    await world.restart({ retryWindowSeconds: 0 });
    world.receiver.respond = () => ({ status: 400 });
    userCreated(world, 'auth0|second');
    await until(world, ['dead-letters'], () => pollAndDeliver(world));

    world.skip(10 * DAY);
    await until(world, ['dead-letters', 'events-expiring'], world.poll);
    world.receiver.respond = () => undefined;
    await world.redrive();
    await until(world, [], () => pollAndDeliver(world));
  });

  it('events-expiring fires for an event that waits for ten days, which SQS itself would not tell', async () => {
    const world = await quietWorld(assembly, {
      retentionSeconds: 30 * DAY,
      auth0: { AUTH0_LOG_RETENTION_DAYS: '30' },
    });
    const old = userCreated(world, 'auth0|old', 11 * DAY);
    await world.lastReadHoursAgo(0, before(old));
    world.receiver.respond = () => ({ status: 500 });

    await until(world, ['webhook-failing', 'lagging', 'events-expiring'], () => pollAndDeliver(world));
    world.receiver.respond = () => undefined;
    await until(world, [], () => pollAndDeliver(world));
  });

  it('not-delivering fires when nothing takes what waits, beside an old dead letter, and goes back', async () => {
    const world = await quietWorld(assembly);
    await world.restart({ retryWindowSeconds: 0 });
    world.receiver.respond = () => ({ status: 400 });
    userCreated(world, 'auth0|dead');
    await until(world, ['dead-letters'], () => pollAndDeliver(world));
    await until(world, ['dead-letters'], world.poll);
    world.receiver.respond = () => undefined;
    await world.restart();

    userCreated(world, 'auth0|waits');
    await until(world, ['dead-letters', 'not-delivering'], world.poll); // the mapping is disabled
    await world.fiveMinutes(world.poll);

    expect(world.firing().toSorted()).toEqual(['dead-letters', 'not-delivering']);
    await until(world, ['dead-letters'], () => pollAndDeliver(world));
  });

  it('not-delivering stays quiet while followers wait for the next try of the one before', async () => {
    const world = await quietWorld(assembly);
    world.receiver.respond = () => ({ status: 503, headers: { 'retry-after': '3600' } });
    userCreated(world, 'auth0|same');
    await world.fiveMinutes(() => pollAndDeliver(world));
    userCreated(world, 'auth0|same');

    for (let period = 0; period < 5; period++) {
      await world.fiveMinutes(world.poll);
      expect(world.firing()).not.toContain('not-delivering');
    }
    const waiting = world.datapoints.filter(({ name }) => name === 'ApproximateNumberOfMessagesVisible');

    expect(waiting.at(-2)?.value).toBe(1); // of the event queue; the dead letters' comes last
  });

  it('throttled fires when Lambda refuses to run the delivery function for 15 minutes', async () => {
    const world = await quietWorld(assembly);
    await world.restart({ reservedConcurrency: 0 });
    userCreated(world, 'auth0|second');

    await until(world, ['throttled'], () => pollAndDeliver(world));
    await world.restart();
    await until(world, [], () => pollAndDeliver(world));
  });

  it('deliverer-crashing fires when the function cannot start, though its messages return only after 9 minutes', async () => {
    const world = await quietWorld(assembly);
    await world.restart({ handler: 'index.missing' });
    userCreated(world, 'auth0|second');
    let period = 0;
    const everyTen = async () => {
      await world.poll();
      if (period++ % 2 === 0) await world.deliver();
    };

    await until(world, ['deliverer-crashing'], everyTen);
    for (let more = 0; more < 3; more++) await world.fiveMinutes(everyTen);

    expect(world.firing()).toEqual(['deliverer-crashing']);
    await world.restart();
    await until(world, [], () => pollAndDeliver(world));
  });
});
