import { describe, expect, it } from 'vitest';
import { changes, tally } from './events.ts';
import { createWorld, once } from './local-run.ts';

describe('the pipeline on one machine', () => {
  // `faults/full-load.faults.test.ts` has 5,000, `faults/source.faults.test.ts` 20,000.
  it('delivers 600 log events once each, in order per resource, at most 5 requests at a time', async () => {
    const world = await createWorld({ source: changes(600, 60), latencyMs: 100 });
    world.receiver.respond = () => ({ status: 204, delayMs: 10 });

    const { code, result } = await once(world);

    expect(result).toMatchObject({
      read: 600,
      matched: 600,
      delivered: 600,
      attempts: 600,
      pending: 0,
      deadLettered: 0,
    });
    expect(result?.checkpoint).toBe(world.tenant.entries().at(-1)?.log_id);
    expect(code).toBe(0);
    expect(tally(world.seen)).toEqual({ distinct: 600, duplicates: 0, outOfOrder: 0 });
    expect(world.receiver.counts().mostAtOnce).toBeLessThanOrEqual(5);
    expect(world.receiver.counts().invalidSignatures).toBe(0);
  }, 120_000);

  it('sends nothing twice after one 500 in the middle', async () => {
    const world = await createWorld({ source: changes(200, 20) });
    let failed = 0;
    world.receiver.respond = () => (world.seen.length >= 100 && failed++ === 0 ? { status: 500 } : undefined);

    const { code, result } = await once(world);

    expect(result).toMatchObject({ matched: 200, delivered: 200, attempts: 201 });
    expect(code).toBe(0);
    expect(tally(world.seen)).toEqual({ distinct: 200, duplicates: 0, outOfOrder: 0 });
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
