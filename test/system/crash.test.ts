import { describe, expect, it } from 'vitest';
import { changes, tally } from './events.ts';
import { createWorld, once, start, until } from './local-run.ts';

describe('a run that is killed', () => {
  it('loses nothing when everything is started again on the same data', async () => {
    const world = await createWorld({ source: changes(600, 100) });
    world.receiver.respond = () => ({ status: 204, delayMs: 5 });
    const first = start(world, []);
    await until(() => world.seen.length >= 200);

    first.child.kill('SIGKILL');
    await first.ended;
    const { code, result } = await once(world, ['--timeout', '100']);

    expect(code).toBe(0);
    expect(result).toMatchObject({
      pending: 0,
      deadLettered: 0,
      checkpoint: world.tenant.entries().at(-1)?.log_id,
    });
    const { distinct, duplicates, outOfOrder } = tally(world.seen);

    expect({ distinct, outOfOrder }).toEqual({ distinct: 600, outOfOrder: 0 });
    // Five invocations of ten records had at most this many in hand: delivered but not recorded.
    expect(duplicates).toBeLessThanOrEqual(50);
  }, 150_000);

  it('finishes what is in flight at Ctrl-C and exits with 0', async () => {
    const world = await createWorld({ source: changes(60, 60) });
    world.receiver.respond = () => ({ status: 204, delayMs: 200 });
    const run = start(world, []);
    await until(() => world.seen.length >= 10);

    run.child.kill('SIGINT');
    const { code } = await run.ended;
    world.receiver.respond = () => undefined;
    const after = await once(world);

    expect(code).toBe(0);
    expect(after.code).toBe(0);
    expect(tally(world.seen)).toEqual({ distinct: 60, duplicates: 0, outOfOrder: 0 });
  }, 120_000);
});
