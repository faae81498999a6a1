import { describe, it } from 'vitest';
import { changes, tally } from './events.ts';
import { createWorld, once, start, until } from './local-run.ts';

// The tests mostly wait for retries, so they run side by side.
// (`faults/outage-poison-settings.faults.test.ts` has an outage.)
describe.concurrent('a webhook that fails', () => {
  it.concurrent('delivers all others when one event always fails, retries it alone and stops the checkpoint before its batch', async ({
    expect,
    onTestFinished,
  }) => {
    const world = await createWorld({ source: changes(200, 200) }, onTestFinished);
    const poison = world.tenant.entries()[149]?.log_id;
    world.receiver.respond = (call) => (call.webhookId === poison ? { status: 500 } : undefined);

    const attempts = () => world.seen.filter(({ id }) => id === poison);
    const isDone = () => tally(world.seen).distinct === 199 && attempts().length > 1;
    const run = start(world, []);
    await until(isDone, 45_000);
    run.child.kill('SIGINT');
    await run.ended;
    const { code, result } = await once(world, ['--timeout', '12']);

    expect(code).toBe(1);
    expect(result).toMatchObject({ matched: 0, delivered: 0, pending: 1, deadLettered: 0 });
    expect(result?.checkpoint).toBe(world.tenant.entries()[99]?.log_id); // where the batch of the second page begins
    expect(tally(world.seen)).toEqual({ distinct: 199, duplicates: 0, outOfOrder: 0 });
  }, 90_000);

  it.concurrent('puts an event on the dead-letter queue when its retry window is over', async ({
    expect,
    onTestFinished,
  }) => {
    const world = await createWorld({ source: changes(20, 20) }, onTestFinished);
    const poison = world.tenant.entries()[4]?.log_id;
    world.receiver.respond = (call) => (call.webhookId === poison ? { status: 400 } : undefined);

    const { code, result, stderr } = await once(world, ['--retry-window', '1', '--timeout', '40']);
    const again = await once(world);

    expect(result).toMatchObject({ matched: 20, delivered: 19, pending: 0, deadLettered: 1 });
    expect([code, again.code]).toEqual([1, 1]); // not delivered is not done
    expect(stderr).toContain('One event is on the dead-letter queue');
    expect(again.stdout).toContain(poison);
  }, 60_000);
});
