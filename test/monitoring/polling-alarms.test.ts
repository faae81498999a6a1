import { describe, expect, it } from 'vitest';
import { synthesisedAssembly } from './support/assembly.ts';
import {
  DAY,
  firesAndGoesBack,
  HOUR,
  pollAndDeliver,
  quietWorld,
  until,
  userCreated,
} from './support/courses.ts';

const assembly = await synthesisedAssembly();

describe('alarms of polling', () => {
  it('not-polling fires when the schedule stops, and goes back with the next polls', async () => {
    const world = await quietWorld(assembly);

    await firesAndGoesBack(world, 'not-polling', {
      wrong: async () => {},
      right: () => pollAndDeliver(world),
    });
  });

  it('polls-failing fires when the client secret is no longer good', async () => {
    const world = await quietWorld(assembly);
    const { clientSecret } = world.tenant;
    world.tenant.rotateClientSecret('another');
    world.tenant.revokeTokens();

    await until(world, ['polls-failing'], world.poll);

    expect(world.lines.at(-1)).toMatchObject({ event: 'poll.failed', reason: 'auth0.credentials' });
    world.tenant.rotateClientSecret(clientSecret);
    await until(world, [], world.poll);
  });

  it("polls-failing fires when Auth0's rate limit ends every poll", async () => {
    const world = await quietWorld(assembly);
    const resetAt = String(Math.ceil(Date.now() / 1_000) + HOUR);
    const limited = { status: 429, body: {}, headers: { 'x-ratelimit-reset': resetAt } };

    await firesAndGoesBack(world, 'polls-failing', {
      wrong: () => {
        world.tenant.onRequest = ({ kind }) => (kind === 'logs' ? limited : undefined);
        return world.poll();
      },
      right: async () => {
        // The pauses after 429s are of real time. A new environment has none to wait out.
        if (world.tenant.onRequest?.({ kind: 'logs', url: new URL('https://x/'), count: 1 }))
          await world.restart();
        world.tenant.onRequest = () => undefined;
        await world.poll();
      },
    });

    expect(world.lines).toContainEqual(expect.objectContaining({ stoppedBy: 'rate-limit' }));
  });

  it('polls-failing stays quiet when one poll of five fails', async () => {
    const world = await quietWorld(assembly);
    const oneFails = async () => {
      world.tenant.onRequest = () => ({ status: 403, body: {} });
      await world.poll();
      world.tenant.onRequest = () => undefined;
      for (let poll = 0; poll < 4; poll++) await world.poll();
    };

    for (let period = 0; period < 4; period++) await world.fiveMinutes(oneFails);

    expect(world.firing()).toEqual([]);
  });

  it('settings-broken fires for a faulty Auth0 setting, and goes back once it is mended', async () => {
    const world = await quietWorld(assembly);
    await world.restart({ auth0: { AUTH0_DOMAIN: 'not a host' } });
    await until(world, ['settings-broken'], world.poll);

    expect(world.lines.at(-1)).toMatchObject({ event: 'settings.invalid', LagSeconds: expect.any(Number) });

    await world.restart();
    await until(world, [], world.poll);
  });

  it('settings-broken fires for a faulty webhook setting, though its messages wait for a quarter of an hour', async () => {
    const world = await quietWorld(assembly);
    await world.restart({ webhook: { WEBHOOK_URL: 'ftp://example.com' } });
    userCreated(world, 'auth0|second');

    await until(world, ['settings-broken'], () => pollAndDeliver(world));
    for (let quarter = 0; quarter < 2; quarter++) {
      for (let wait = 0; wait < 2; wait++) await world.fiveMinutes(world.poll);
      await world.fiveMinutes(() => pollAndDeliver(world));
      expect(world.firing()).toEqual(['settings-broken']);
    }
    await world.restart();
    await until(world, [], () => pollAndDeliver(world));
  });

  it('retention-half-used fires beside polls-failing and lagging, and goes back when the log is read', async () => {
    const world = await quietWorld(assembly);
    const logId = userCreated(world, 'auth0|second', 13 * HOUR);
    await world.lastReadHoursAgo(13, logId);
    await world.restart({ auth0: { AUTH0_CLIENT_SECRET: 'wrong' } });

    await until(world, ['polls-failing', 'lagging', 'retention-half-used'], world.poll);
    await world.restart();
    await until(world, [], () => pollAndDeliver(world));
  });

  it('gap-detected fires when Auth0 has dropped what was not read, for an hour', async () => {
    const world = await quietWorld(assembly);
    const [{ log_id: logId } = { log_id: '' }] = world.tenant.entries();
    const old = `900${new Date(Date.now() - 3 * DAY * 1_000).toISOString().replace(/\D/g, '')}${logId.slice(20)}`;
    await world.lastReadHoursAgo(72, old);

    await until(world, ['gap-detected'], () => pollAndDeliver(world));

    expect(world.lines).toContainEqual(expect.objectContaining({ event: 'gap.detected' }));
    for (let period = 1; period < 12; period++) {
      expect(world.firing()).toEqual(['gap-detected']);
      await world.fiveMinutes(world.poll);
    }
    await until(world, [], world.poll);
  });
});
