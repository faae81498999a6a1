import { describe, expect, it } from 'vitest';
import { rewind, undoRewind } from '../../../lambdas/shared/operations/rewind.ts';
import { userEvents } from '../../support/log-event.ts';
import { pollWorld } from '../../support/poll-world.ts';

const MINUTE = 60_000;

describe('a poll of a table on which no poll has worked for some minutes', () => {
  it('skips numbers of the state before it gives one to a batch', async () => {
    const events = userEvents(3);
    const world = pollWorld(events.slice(0, 1));
    await world.poll();
    const before = await world.ledger.readState();
    world.now += 5 * MINUTE;
    world.log.add(...events.slice(1));

    await world.poll();

    const state = await world.ledger.readState();

    expect(state?.skipped).toEqual([{ after: before?.seq, until: world.now }]);
    expect(state?.seq).toBe(world.now + 1);
  });

  it('skips none while polls leave a sign each minute', async () => {
    const world = pollWorld(userEvents(1));
    await world.poll();
    const before = await world.ledger.readState();

    for (let minute = 0; minute < 10; minute++) {
      world.now += MINUTE;
      await world.poll();
    }

    expect(await world.ledger.readState()).toEqual(before);
  });

  it('keeps one skip, however many polls fail after each other', async () => {
    const world = pollWorld(userEvents(1));
    await world.poll();
    world.log.beforePage = () => {
      throw new Error('Auth0 is down');
    };

    for (let minute = 0; minute < 30; minute++) {
      world.now += MINUTE;
      await world.poll().catch(() => undefined);
    }

    expect((await world.ledger.readState())?.skipped).toHaveLength(1);
  });

  it('skips after polls that the rate limit ended before they looked at the table', async () => {
    const world = pollWorld(userEvents(1));
    await world.poll();
    world.log.pause = 10 * MINUTE;
    world.now += 5 * MINUTE;
    await world.poll();
    world.log.pause = 0;

    await world.poll();

    expect((await world.ledger.readState())?.skipped).toHaveLength(1);
  });

  it('skips after deliveries, which write the checkpoint, too', async () => {
    const world = pollWorld(userEvents(1));
    await world.poll();
    world.now += 5 * MINUTE;
    await world.ledger.writeCheckpoint('1', world.now);

    await world.poll();

    expect((await world.ledger.readState())?.skipped).toHaveLength(1);
  });

  it('leaves the way back from a rewind while nothing of it was read', async () => {
    const world = pollWorld(userEvents(3));
    await world.poll();
    const cursor = (await world.ledger.readState())?.cursor;
    const operator = { ledger: world.ledger, now: () => world.now };
    await rewind(operator, { to: '2h' });
    world.now += 5 * MINUTE;
    world.log.beforePage = () => {
      throw new Error('Auth0 is down');
    };
    await world.poll().catch(() => undefined);

    await undoRewind(operator);

    expect((await world.ledger.readState())?.cursor).toBe(cursor);
  });
});
