import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from 'vitest';
import { changes, tally } from '../events.ts';
import { until } from '../local-run.ts';
import { FINDS_PROCESSES } from './function-processes.ts';
import { createUsers } from './new-users.ts';
import { startFaultyPipeline } from './pipeline.ts';
import { accept } from './webhook.ts';

const EVENTS = 2_000;
const OUTAGE_MS = 60_000;
const RESET_AFTER_MS = 30;

describe.concurrent('an outage of the webhook', () => {
  it.concurrent('is read on through, and each event arrives once and in order when it is over', async ({
    expect,
    onTestFinished,
  }) => {
    const pipeline = await startFaultyPipeline({
      source: changes(EVENTS, 400),
      concurrency: 3,
      onTestFinished,
    });
    const { webhook, tenant } = pipeline;
    let isDown = true;
    webhook.answer = async (call) => {
      if (!isDown) return await accept(call);
      await sleep(RESET_AFTER_MS);
      call.request.socket.resetAndDestroy();
      return 'down';
    };

    await sleep(OUTAGE_MS);
    const during = await pipeline.standing();
    isDown = false;
    const after = await pipeline.rest(150);

    const newest = tenant.entries().at(-1)?.log_id;

    expect(during).toMatchObject({ cursor: newest, pending: EVENTS, queued: EVENTS, deadLettered: 0 });
    expect(after).toMatchObject({ checkpoint: newest, pending: 0, queued: 0, deadLettered: 0 });
    expect(tally(webhook.seen)).toEqual({ distinct: EVENTS, duplicates: 0, outOfOrder: 0 });
    expect(webhook.mostAtOnce()).toBeLessThanOrEqual(3);
  }, 240_000);
});

describe.concurrent('a poison event among many of its resource', () => {
  it.concurrent('is retried alone while its followers wait and all others go on, in order once it is healed', async ({
    expect,
    onTestFinished,
  }) => {
    const pipeline = await startFaultyPipeline({ source: changes(200, 5), concurrency: 2, onTestFinished });
    const { webhook, tenant } = pipeline;
    const own = tenant.entries().filter((_, index) => index % 5 === 2);
    const poison = own[7]?.log_id ?? '';
    let isPoisoned = true;
    webhook.answer = (call) => {
      if (call.id !== poison || !isPoisoned) return accept(call);
      call.response.writeHead(500).end('poison');
      return 500;
    };

    const attempts = () => webhook.seen.filter(({ id }) => id === poison);
    await until(() => attempts().length === 2 && tally(webhook.seen).distinct >= 160 + 7, 120_000);
    const during = webhook.seen.filter(({ status }) => status === 204).map(({ id }) => id);
    isPoisoned = false;
    await pipeline.rest(45);

    expect(during.filter((id) => own.some(({ log_id }) => log_id === id))).toEqual(
      own.slice(0, 7).map(({ log_id }) => log_id),
    );
    expect(during).toHaveLength(160 + 7); // of the four other resources, and what came before it
    expect(attempts().map(({ status }) => status)).toEqual([500, 500, 204]);
    expect(webhook.received()).toBe(202);
    expect(tally(webhook.seen)).toEqual({ distinct: 200, duplicates: 0, outOfOrder: 0 });
  }, 120_000);
});

(FINDS_PROCESSES ? describe.concurrent : describe.skip)('settings that are broken while it runs', () => {
  // Good settings are kept for a while. A function whose process is replaced, as Lambda may do at
  // any time, reads them at once.
  it.concurrent('of the webhook cost nothing: what waits is delivered once they are mended', async ({
    expect,
    onTestFinished,
  }) => {
    const pipeline = await startFaultyPipeline({ source: changes(50, 50), concurrency: 2, onTestFinished });
    const { webhook, tenant, lines } = pipeline;
    await pipeline.rest(30);

    await pipeline.setSettings('webhook', {
      WEBHOOK_URL: 'ftp://example.com',
      WEBHOOK_TIMEOUT_SECONDS: '99',
    });
    await pipeline.kill('deliverer');
    createUsers(tenant, 50);
    await until(() => lines.some((line) => line.includes('WEBHOOK_URL') && line.includes('WEBHOOK_TIMEOUT')));
    const received = webhook.received();
    await pipeline.setSettings('webhook');
    await pipeline.rest(45);

    expect(received).toBe(50);
    expect(tally(webhook.seen)).toEqual({ distinct: 100, duplicates: 0, outOfOrder: 0 });
  }, 90_000);

  it.concurrent('of Auth0 stop reading only, from where it goes on once they are mended', async ({
    expect,
    onTestFinished,
  }) => {
    const pipeline = await startFaultyPipeline({ source: changes(50, 50), concurrency: 2, onTestFinished });
    const { webhook, tenant, lines } = pipeline;
    await pipeline.rest(30);

    await pipeline.setSettings('auth0', { AUTH0_DOMAIN: tenant.domain, AUTH0_CLIENT_SECRET: 'half of them' });
    await pipeline.kill('poller');
    createUsers(tenant, 50);
    await until(() => lines.some((line) => line.includes('AUTH0_CLIENT_ID')));
    const before = await pipeline.standing();
    await pipeline.setSettings('auth0');
    await pipeline.rest(45);

    expect(before.cursor < (tenant.entries().at(50)?.log_id ?? '')).toBe(true);
    expect(lines.join('\n')).not.toContain('half of them');
    expect(tally(webhook.seen)).toEqual({ distinct: 100, duplicates: 0, outOfOrder: 0 });
  }, 90_000);
});
