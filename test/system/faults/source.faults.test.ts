import { describe, expect, it } from 'vitest';
import type { LogSource } from '../../../local/stand-ins/tenant/log-source.ts';
import { changes, tally } from '../events.ts';
import { createWorld, once } from '../local-run.ts';

describe('reading a tenant that misbehaves', () => {
  it('delivers every matching event of 20,000 entries once, through 429 bursts, 500s, a revoked token and late arrivals', async () => {
    // One log event in ten is a change that matches, the others are logins, as this is about
    // reading.
    const all = changes(20_000, 1_000);
    const entry: LogSource['entry'] = (index) => ({
      ...all.entry(index),
      ...(index % 10 === 0 ? {} : { type: 's' }),
    });
    const world = await createWorld({
      source: { length: all.length, entry },
      rateLimit: { limit: 40, windowSeconds: 1 },
    });
    const { tenant } = world;
    const late: string[] = [];
    /**
     * Appends entries of which some have smaller ids, and become visible two seconds after one with
     * a larger id was served.
     */
    const appendLate = () => {
      const now = Date.now();
      const event = (name: string) => ({
        type: 'sapi',
        details: { request: { method: 'post', path: `/api/v2/users/${name}` }, response: {} },
      });
      const hidden = { ingestedAt: now - 1_000, visibleAt: now + 2_000 };
      late.push(
        ...tenant.append(
          Array.from({ length: 20 }, (_, index) => event(`late${index}`)),
          hidden,
        ),
      );
      late.push(...tenant.append(event('on-time'), { ingestedAt: now }));
    };
    tenant.onRequest = ({ kind, count }) => {
      if (kind !== 'logs') return undefined;
      if (count === 60) tenant.revokeTokens();
      if (count === 210) appendLate(); // at the end of the log
      if (count % 37 === 0) return { status: 500, body: '<html>oops</html>' };
      if (count % 53 === 0) return 'truncate';
      if (count % 71 === 0) return 'reset';
      if (count % 41 === 0) return { status: 429, body: { statusCode: 429, errorCode: 'too_many_requests' } };
      return undefined;
    };
    const { code, result } = await once(world, ['--timeout', '150'], { AUTH0_API_ENDPOINTS: 'users' });

    expect(code).toBe(0);
    expect(result).toMatchObject({ matched: 2_021, delivered: 2_021, pending: 0 });
    expect(tally(world.seen)).toEqual({ distinct: 2_021, duplicates: 0, outOfOrder: 0 });
    const delivered = new Set(world.seen.map(({ id }) => id));

    expect(late).toHaveLength(21);
    expect(late.every((id) => delivered.has(id))).toBe(true);
  }, 180_000);
});
