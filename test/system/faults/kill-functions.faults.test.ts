import { describe, it } from 'vitest';
import { changes, tally } from '../events.ts';
import { FINDS_PROCESSES } from './function-processes.ts';
import { startFaultyPipeline } from './pipeline.ts';
import { accept } from './webhook.ts';

/** Records that one invocation has in hand. */
const RECORDS = 10;

describe.skipIf(!FINDS_PROCESSES)('a function whose process is killed', () => {
  it.concurrent('sends the event again whose attempt was not answered yet', async ({
    expect,
    onTestFinished,
  }) => {
    const { webhook, ...pipeline } = await startFaultyPipeline({
      source: changes(60, 60),
      concurrency: 1,
      onTestFinished,
    });
    let killed: string | undefined;
    webhook.answer = async (call) => {
      if (killed !== undefined || webhook.received() < 3) return await accept(call);
      killed = call.id;
      await pipeline.kill('deliverer');
      return 'killed';
    };

    await pipeline.rest(45);

    expect(webhook.seen.filter(({ id }) => id === killed).map(({ status }) => status)).toEqual([
      'killed',
      204,
    ]);
    const { distinct, duplicates, outOfOrder } = tally(webhook.seen);

    expect({ distinct, outOfOrder }).toEqual({ distinct: 60, outOfOrder: 0 });
    expect(duplicates).toBeLessThan(RECORDS);
  }, 120_000);

  it.concurrent('sends at most its records again when it dies between the 2xx and the ledger', async ({
    expect,
    onTestFinished,
  }) => {
    const { webhook, deliverer, ...pipeline } = await startFaultyPipeline({
      source: changes(60, 20),
      concurrency: 1,
      onTestFinished,
    });
    const killed = dieAt(pipeline, webhook, deliverer.dynamodb, 'hold');

    await pipeline.rest(45);

    expect(await killed).toBe(1);
    const { distinct, duplicates, outOfOrder } = tally(webhook.seen);

    expect({ distinct, outOfOrder }).toEqual({ distinct: 60, outOfOrder: 0 });
    expect(duplicates).toBeGreaterThan(0);
    expect(duplicates).toBeLessThanOrEqual(RECORDS);
  }, 120_000);

  it.concurrent('sends nothing again when it dies after the ledger has it', async ({
    expect,
    onTestFinished,
  }) => {
    const { webhook, deliverer, ...pipeline } = await startFaultyPipeline({
      source: changes(60, 20),
      concurrency: 1,
      onTestFinished,
    });
    const killed = dieAt(pipeline, webhook, deliverer.dynamodb, 'mute');

    await pipeline.rest(45);

    expect(await killed).toBe(1);
    expect(tally(webhook.seen)).toEqual({ distinct: 60, duplicates: 0, outOfOrder: 0 });
  }, 120_000);

  it.concurrent('loses and doubles nothing when the poller dies at its effects, one after the other', async ({
    expect,
    onTestFinished,
  }) => {
    const { webhook, poller, tenant, ...pipeline } = await startFaultyPipeline({
      source: changes(2_000, 100),
      concurrency: 2,
      onTestFinished,
    });
    let kills = 0;
    for (const mode of ['hold', 'mute'] as const) {
      for (const [proxy, pieces] of [
        [poller.sqs, [0, 7]],
        [poller.dynamodb, [1, 3, 4, 5, 6]],
      ] as const) {
        for (const after of pieces) {
          await proxy.trap(mode, after);
          kills += await pipeline.kill('poller');
          proxy.mode = 'pass';
        }
      }
    }

    const { checkpoint } = await pipeline.rest(45);

    expect(kills).toBe(14);
    expect(checkpoint).toBe(tenant.entries().at(-1)?.log_id);
    expect(tally(webhook.seen)).toEqual({ distinct: 2_000, duplicates: 0, outOfOrder: 0 });
  }, 90_000);
});

type Pipeline = Awaited<ReturnType<typeof startFaultyPipeline>>;

/**
 * Swallows the ledger update (or its answer) from the first call on, and kills the function there.
 */
function dieAt(
  pipeline: Pick<Pipeline, 'kill'>,
  webhook: Pipeline['webhook'],
  proxy: Pipeline['deliverer']['dynamodb'],
  mode: 'hold' | 'mute',
): Promise<number> {
  return new Promise((resolve) => {
    webhook.answer = async (call) => {
      webhook.answer = accept;
      const swallowed = proxy.trap(mode, 0);
      swallowed
        .then(() => pipeline.kill('deliverer'))
        .then((count) => {
          proxy.mode = 'pass';
          resolve(count);
        });
      return await accept(call);
    };
  });
}
