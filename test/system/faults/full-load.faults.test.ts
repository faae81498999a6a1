import { expect, it } from 'vitest';
import { changes, tally } from '../events.ts';
import { createWorld, once } from '../local-run.ts';

const EVENTS = 5_000;

it('delivers 5,000 log events once each, in order per resource, with one 500 at the 4,000th', async () => {
  const world = await createWorld({ source: changes(EVENTS, 250), latencyMs: 100 });
  let failed = 0;
  world.receiver.respond = () =>
    world.seen.length >= 4_000 && failed++ === 0 ? { status: 500 } : { status: 204, delayMs: 10 };

  const { code, result } = await once(world);

  expect(result).toMatchObject({
    read: EVENTS,
    matched: EVENTS,
    delivered: EVENTS,
    attempts: EVENTS + 1,
    pending: 0,
    deadLettered: 0,
  });
  expect(result?.checkpoint).toBe(world.tenant.entries().at(-1)?.log_id);
  expect(code).toBe(0);
  expect(tally(world.seen)).toEqual({ distinct: EVENTS, duplicates: 0, outOfOrder: 0 });
  expect(world.receiver.counts().mostAtOnce).toBeLessThanOrEqual(5);
  expect(world.receiver.counts().invalidSignatures).toBe(0);
}, 120_000);
