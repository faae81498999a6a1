import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { synthesised } from '../../../local/template/synthesised.ts';
import { changes, tally } from '../events.ts';
import { createWorld, once, start, until } from '../local-run.ts';

const EVENTS = 600;
/** Milliseconds after the start of the process: while it makes or reads its files. */
const KILLED_EARLY = [600];
/** Milliseconds after some new calls, of which one comes every 4 ms: in the middle of writes. */
const KILLED_AT_WORK = [1, 13, 22, 47];
const NEW_CALLS = 60;
/** Events that five invocations of ten records have in hand. */
const IN_HAND = 50;

it('loses nothing when run after run is killed while it writes', async () => {
  const world = await createWorld({ source: changes(EVENTS, 100) });
  world.receiver.respond = () => ({ status: 204, delayMs: 20 });
  const killAfter = async (condition: () => Promise<void>) => {
    const run = start(world, ['--poll-seconds', '1']);
    await condition();
    run.child.kill('SIGKILL');
    await run.ended;
  };

  await synthesised({ concurrentCalls: undefined }); // or the first runs would be killed before they have any state
  for (const milliseconds of KILLED_EARLY) await killAfter(() => sleep(milliseconds));
  for (const milliseconds of KILLED_AT_WORK) {
    const enough = world.seen.length + NEW_CALLS;
    await killAfter(async () => {
      await until(() => world.seen.length >= enough);
      await sleep(milliseconds);
    });
  }
  const { code, result, stderr } = await once(world, ['--timeout', '60']);

  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(result).toMatchObject({
    pending: 0,
    deadLettered: 0,
    checkpoint: world.tenant.entries().at(-1)?.log_id,
  });
  const { distinct, duplicates, outOfOrder } = tally(world.seen);

  expect({ distinct, outOfOrder }).toEqual({ distinct: EVENTS, outOfOrder: 0 });
  expect(duplicates).toBeLessThanOrEqual(IN_HAND * KILLED_AT_WORK.length);
}, 120_000);
