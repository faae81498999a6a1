import { describe, expect, it } from 'vitest';
import { changes, tally } from './events.ts';
import { createWorld, once, start, until } from './local-run.ts';

describe('a webhook that fails', () => {
  it('delivers all others when one event always fails, retries it alone and stops the checkpoint before its batch', async () => {
    const world = await createWorld({ source: changes(300, 300) });
    const poison = world.tenant.entries()[149]?.log_id;
    world.receiver.respond = (call) => (call.webhookId === poison ? { status: 500 } : undefined);

    const attempts = () => world.seen.filter(({ id }) => id === poison);
    const isDone = () => tally(world.seen).distinct === 299 && attempts().length > 1;
    const run = start(world, []);
    await until(isDone, 45_000);
    run.child.kill('SIGINT');
    await run.ended;
    const { code, result } = await once(world, ['--timeout', '12']);

    expect(code).toBe(1);
    expect(result).toMatchObject({ matched: 0, delivered: 0, pending: 1, deadLettered: 0 });
    expect(result?.checkpoint).toBe(world.tenant.entries()[99]?.log_id); // where the batch of the second page begins
    expect(tally(world.seen)).toEqual({ distinct: 299, duplicates: 0, outOfOrder: 0 });
  }, 90_000);

  it('puts an event on the dead-letter queue when its retry window is over', async () => {
    const world = await createWorld({ source: changes(20, 20) });
    const poison = world.tenant.entries()[4]?.log_id;
    world.receiver.respond = (call) => (call.webhookId === poison ? { status: 400 } : undefined);

    const { code, result } = await once(world, ['--retry-window', '1', '--timeout', '40']);

    expect(result).toMatchObject({ matched: 20, delivered: 19, pending: 0, deadLettered: 1 });
    expect(code).toBe(0);
  }, 60_000);

  it('goes on reading while the webhook is down, and delivers everything once it is back', async () => {
    const world = await createWorld({ source: changes(600, 600) });
    let down = true;
    setTimeout(() => {
      down = false;
    }, 9_000);
    world.receiver.respond = () => (down ? 'reset' : undefined);

    const { code, result, stderr } = await once(world, ['--timeout', '100']);

    expect(stderr).toBe('');

    expect(result).toMatchObject({ read: 600, delivered: 600, pending: 0 });
    expect(code).toBe(0);
    expect(tally(world.seen)).toEqual({ distinct: 600, duplicates: 0, outOfOrder: 0 });
  }, 120_000);
});
