import { setTimeout as sleep } from 'node:timers/promises';
import { describe, type ExpectStatic, it } from 'vitest';
import { changes, tally } from '../events.ts';
import { createUsers } from './new-users.ts';
import { startFaultyPipeline } from './pipeline.ts';
import type { ProxyMode, TcpProxy } from './tcp-proxy.ts';
import { accept } from './webhook.ts';

const EVENTS = 300;
const CONCURRENCY = 2;
/**
 * Events that two invocations have in hand, whose end a fault can make ambiguous when it begins.
 */
const IN_HAND = 10 * CONCURRENCY;
const FAULT_MS = 4_000;
const CREATED = 100;
/** Calls that fail, from shortly before the fault. */
const FAILING = 20;

interface Fault {
  readonly begin: (proxy: TcpProxy) => unknown;
  readonly end: (proxy: TcpProxy) => unknown;
  readonly isDeaf?: boolean;
}

/**
 * Begins the fault when some events are delivered and others wait, and ends it later.
 * @returns the number of duplicates
 */
async function duplicatesAfter(
  { expect, onTestFinished }: { expect: ExpectStatic; onTestFinished: (end: () => Promise<void>) => void },
  service: 'sqs' | 'dynamodb',
  { begin, end, isDeaf }: Fault,
): Promise<number> {
  const pipeline = await startFaultyPipeline({
    source: changes(EVENTS, 60),
    concurrency: CONCURRENCY,
    onTestFinished,
  });
  const { webhook, tenant } = pipeline;
  const proxies = [pipeline.poller[service], pipeline.deliverer[service]];
  // The event source mapping is AWS's own and waits for an answer for ever. So it is refused and
  // reset, but never left without an answer.
  if (service === 'sqs' && !isDeaf) proxies.push(pipeline.receives);
  const { promise: underway, resolve } = Promise.withResolvers<void>();
  let failed = 0;
  webhook.answer = async (call) => {
    if (webhook.received() === 50) resolve();
    await sleep(10);
    if (call.attempt > 1 || webhook.received() < 40 || failed === FAILING) return await accept(call);
    failed++; // so that the delivery function has something to postpone
    call.response.writeHead(503).end();
    return 503;
  };

  await underway;
  await Promise.all(proxies.map(begin));
  createUsers(tenant, CREATED); // so that the poller has something to write and to send
  await sleep(FAULT_MS);
  await Promise.all(proxies.map(end));
  expect(proxies.filter(({ faults }) => faults() === 0)).toEqual([]); // each was touched by the fault
  const { checkpoint, deadLettered } = await pipeline.rest(60);

  const { distinct, duplicates, outOfOrder } = tally(webhook.seen);
  expect({ distinct, outOfOrder, deadLettered }).toEqual({
    distinct: EVENTS + CREATED,
    outOfOrder: 0,
    deadLettered: 0,
  });
  expect(checkpoint).toBe(tenant.entries().at(-1)?.log_id);
  expect(webhook.mostAtOnce()).toBeLessThanOrEqual(CONCURRENCY);
  return duplicates;
}

const inMode = (mode: ProxyMode): Fault => ({
  begin(proxy) {
    proxy.mode = mode;
  },
  end(proxy) {
    proxy.mode = 'pass';
  },
  isDeaf: mode === 'mute',
});
const refused: Fault = { begin: (proxy) => proxy.refuse(), end: (proxy) => proxy.listen() };

describe.concurrent('connections to SQS that are', () => {
  it.concurrent('refused for a while double nothing', async (world) => {
    world.expect(await duplicatesAfter(world, 'sqs', refused)).toBe(0);
  }, 90_000);

  it.concurrent('reset again and again double nothing', async (world) => {
    world.expect(await duplicatesAfter(world, 'sqs', inMode('reset'))).toBe(0);
  }, 90_000);

  it.concurrent('deaf to every answer double nothing', async (world) => {
    world.expect(await duplicatesAfter(world, 'sqs', inMode('mute'))).toBe(0);
  }, 90_000);

  it.concurrent('slow double nothing', async (world) => {
    world.expect(await duplicatesAfter(world, 'sqs', inMode('slow'))).toBe(0);
  }, 90_000);
});

describe.concurrent('connections to DynamoDB that are', () => {
  it.concurrent('refused for a while double at most what was in hand', async (world) => {
    world.expect(await duplicatesAfter(world, 'dynamodb', refused)).toBeLessThanOrEqual(IN_HAND);
  }, 90_000);

  it.concurrent('reset again and again double at most what was in hand', async (world) => {
    world.expect(await duplicatesAfter(world, 'dynamodb', inMode('reset'))).toBeLessThanOrEqual(IN_HAND);
  }, 90_000);

  it.concurrent('deaf to every answer double at most what was in hand', async (world) => {
    world.expect(await duplicatesAfter(world, 'dynamodb', inMode('mute'))).toBeLessThanOrEqual(IN_HAND);
  }, 90_000);

  it.concurrent('slow double nothing', async (world) => {
    world.expect(await duplicatesAfter(world, 'dynamodb', inMode('slow'))).toBe(0);
  }, 90_000);
});
