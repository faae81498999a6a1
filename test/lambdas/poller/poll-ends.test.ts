import { describe, expect, it } from 'vitest';
import { LogReadError } from '../../../lambdas/poller/reading/log-read-error.ts';
import { idOf } from '../../../lambdas/shared/log-event.ts';
import { userEvents } from '../../support/log-event.ts';
import { pollWorld } from '../../support/poll-world.ts';

describe('the rate limit', () => {
  it('is an ordinary end: what was read is sent, the next poll goes on', async () => {
    const events = userEvents(250);
    const world = pollWorld(events);
    const retryAt = world.now + 30_000;
    world.log.beforePage = (count) => {
      if (count === 2) throw new LogReadError('auth0.rate-limit', 'reached', { status: 429, retryAt });
    };

    expect(await world.poll()).toMatchObject({ stoppedBy: 'rate-limit', retryAt, matched: 100 });
    expect(world.ledger.written).toBeDefined();
    await world.poll();

    expect(world.queue.accepted.map(({ logId }) => logId)).toEqual(events.map(idOf));
  });

  it('is not run into: a poll ends when the bucket asks for more patience than pays', async () => {
    const world = pollWorld(userEvents(250));
    world.log.beforePage = () => {
      world.log.pause = 40_000;
    };

    expect(await world.poll()).toMatchObject({
      stoppedBy: 'rate-limit',
      pages: 1,
      retryAt: world.now + 40_000,
    });
    expect(world.log.asked).toHaveLength(1);
  });

  it('that is lifted within a second or two is waited for, also before the first page', async () => {
    const world = pollWorld(userEvents(250));
    world.log.pause = 900;

    expect(await world.poll()).toMatchObject({ stoppedBy: 'caught-up', matched: 250 });
    expect(world.slept).toEqual([900, 900, 900, 900]);
  });

  it('that an earlier poll ran into is not asked again before its pause is over', async () => {
    const world = pollWorld(userEvents(250));
    world.log.pause = 30_000;

    expect(await world.poll()).toMatchObject({ stoppedBy: 'rate-limit', retryAt: world.now + 30_000 });
    expect(world.log.asked).toEqual([]);
  });

  it('at the very first request ends the poll without a state', async () => {
    const world = pollWorld(userEvents(3));
    const search = async () => {
      throw new LogReadError('auth0.rate-limit', 'reached', { status: 429 });
    };

    expect(await world.poll({ log: { ...world.log, search } })).toMatchObject({ stoppedBy: 'rate-limit' });
    expect(await world.poll()).toMatchObject({ matched: 3 });
  });
});

it('no new page is begun after the deadline', async () => {
  const world = pollWorld(userEvents(250));
  let pages = 0;

  expect(await world.poll({ mayStartPage: () => ++pages < 2 })).toMatchObject({
    stoppedBy: 'deadline',
    pages: 2,
  });
  expect(world.log.asked).toHaveLength(2);
  expect(world.queue.accepted).toHaveLength(200);
});

it('any other fault of reading fails the poll after what was read has been sent', async () => {
  const world = pollWorld(userEvents(250));
  world.log.beforePage = (count) => {
    if (count === 2) throw new LogReadError('auth0.unavailable', 'Auth0 did not answer');
  };

  await expect(world.poll()).rejects.toThrow('Auth0 did not answer');
  expect(world.queue.accepted).toHaveLength(100);
  await world.poll();

  expect(world.queue.accepted).toHaveLength(250);
});

it('lag counts what is not read yet when a poll has to end early', async () => {
  const world = pollWorld(userEvents(250));
  let pages = 0;
  await world.poll({ mayStartPage: () => ++pages < 1 });
  await world.deliver();
  let later = 0;
  const { lagSeconds } = await world.poll({ mayStartPage: () => ++later < 1 });

  expect(lagSeconds).toBeGreaterThan(3_000);
});
