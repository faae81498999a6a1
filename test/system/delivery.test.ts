import { describe, expect, it } from 'vitest';
import { changes, tally } from './events.ts';
import { createWorld, once } from './local-run.ts';

describe('the pipeline on one machine', () => {
  it('delivers 5,000 log events once each, in order per resource, at most 5 requests at a time', async () => {
    const world = await createWorld({ source: changes(5_000, 250), latencyMs: 100 });
    world.receiver.respond = () => ({ status: 204, delayMs: 10 });

    const { code, result } = await once(world);

    expect(result).toMatchObject({
      read: 5_000,
      matched: 5_000,
      delivered: 5_000,
      attempts: 5_000,
      pending: 0,
      deadLettered: 0,
    });
    expect(result?.checkpoint).toBe(world.tenant.entries().at(-1)?.log_id);
    expect(code).toBe(0);
    expect(tally(world.seen)).toEqual({ distinct: 5_000, duplicates: 0, outOfOrder: 0 });
    expect(world.receiver.counts().mostAtOnce).toBeLessThanOrEqual(5);
    expect(world.receiver.counts().invalidSignatures).toBe(0);
  }, 120_000);

  it('sends nothing twice after one 500 in the middle', async () => {
    const world = await createWorld({ source: changes(400, 20) });
    let failed = 0;
    world.receiver.respond = () => (world.seen.length >= 200 && failed++ === 0 ? { status: 500 } : undefined);

    const { code, result } = await once(world);

    expect(result).toMatchObject({ matched: 400, delivered: 400, attempts: 401 });
    expect(code).toBe(0);
    expect(tally(world.seen)).toEqual({ distinct: 400, duplicates: 0, outOfOrder: 0 });
  }, 60_000);

  it('delivers entries of every odd shape as they are', async () => {
    const world = await createWorld({ history: 300 });

    const { code, result, stderr } = await once(world, [], {
      AUTH0_LOG_TYPES: 'sapi,mgmt_api_read,gd_tenant_update,s,f,seccft',
    });

    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(result?.delivered).toBe(result?.matched);
    expect(result?.matched).toBeGreaterThan(200);
  }, 60_000);
});
