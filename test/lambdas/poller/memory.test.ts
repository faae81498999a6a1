import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { LogClient } from '../../../lambdas/poller/reading/log-client.ts';
import type { WebhookMessage } from '../../../lambdas/shared/queue/webhook-message.ts';
import { logEvent, logIdAt } from '../../support/log-event.ts';
import { logPage } from '../../support/log-page.ts';
import { pollWorld } from '../../support/poll-world.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const START = Date.UTC(2026, 0, 1);
const PAGE = 100;

/**
 * A log of any length that is made while it is read. Entry n is ingested n milliseconds after the
 * start.
 */
function endlessLog(length: number, now: () => number): LogClient {
  const after = (from: string) => Number(from.slice(17, 20)) + Math.floor(secondOf(from) * 1_000) + 1;
  const entries = (first: number) =>
    Array.from({ length: Math.max(0, Math.min(PAGE, length - first)) }, (_, index) =>
      logEvent({ time: START + first + index, path: `/api/v2/users/${first + index}` }),
    );
  return {
    page: async (from) => logPage(entries(after(from)), now()),
    search: async () => logPage(entries(0), now()),
    pauseMs: () => 0,
  };
}

function secondOf(id: string): number {
  const [, y, mo, d, h, mi, s] = /^\d{3}(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(id) ?? [];
  return (Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)) - START) / 1_000;
}

async function heapAfter(length: number): Promise<number> {
  const world = pollWorld([], { startFrom: { kind: 'log_id', logId: logIdAt(START) } });
  let sent = 0;
  let heapAtTheEnd = 0;
  const settle = async (messages: readonly WebhookMessage[]) => {
    sent += messages.length; // delivered at once, so that what is measured is the poller's own
    if (sent === length - 1) {
      collectGarbage(); // the poll still runs and holds what it holds
      heapAtTheEnd = process.memoryUsage().heapUsed;
    }
    const delivered = new Set(messages.map(({ ordinal }) => ordinal));
    const [first] = messages;
    const outcomes = { delivered, failed: new Map(), deadLettered: new Set<number>() };
    if (first && (await world.ledger.record(first.batch, outcomes)))
      await world.ledger.removeIfDelivered(first.batch);
    return undefined;
  };
  const queue = { ...world.queue, sendQuickly: settle };
  await world.poll({ log: endlessLog(length, () => world.now), queue });
  expect(sent).toBe(length - 1); // the first entry is the position itself
  return heapAtTheEnd;
}

it('reading a backlog takes memory that does not grow with it', async () => {
  await heapAfter(1_000); // what is compiled and cached on first use
  const small = await heapAfter(10_000);
  const large = await heapAfter(200_000);

  expect(large - small).toBeLessThan(2 * 1024 * 1024);
}, 60_000);
