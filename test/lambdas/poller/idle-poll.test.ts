import { expect, it } from 'vitest';
import { userEvents } from '../../support/log-event.ts';
import { pollWorld } from '../../support/poll-world.ts';

/** Counts the calls of a port's methods. */
function counted<T extends object>(port: T, calls: Record<string, number>): T {
  return new Proxy(port, {
    get(target, key, receiver) {
      const member: unknown = Reflect.get(target, key, receiver);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]) => {
        calls[String(key)] = (calls[String(key)] ?? 0) + 1;
        return Reflect.apply(member, target, parameters);
      };
    },
  });
}

it('a poll of a quiet tenant makes a bounded number of calls: a minute may have twenty-four', async () => {
  const world = pollWorld(userEvents(3));
  await world.poll();
  await world.deliver();
  const calls: Record<string, number> = {};
  const { ledger, queue, log } = world.deps();

  await world.poll({
    ledger: counted(ledger, calls),
    queue: counted(queue, calls),
    log: counted(log, calls),
  });

  const { pauseMs: _, ...made } = calls; // it only says what is known

  expect(made).toMatchObject({ page: 1, writeCheckpoint: 1 });
  expect(Object.values(made).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(12);
});
