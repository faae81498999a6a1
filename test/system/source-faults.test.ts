import { describe, expect, it } from 'vitest';
import { changes, tally } from './events.ts';
import { createWorld, once } from './local-run.ts';

describe('reading a tenant that misbehaves', () => {
  it('delivers every matching event of 20,000 entries once, through 429 bursts, 500s, a revoked token and late arrivals', async () => {
    const world = await createWorld({
      source: changes(20_000, 1_000),
      rateLimit: { limit: 40, windowSeconds: 1 },
    });
    const { tenant } = world;
    // 19,900 others come between: one change in a hundred matches.
    tenant.onRequest = ({ kind, count }) => {
      if (kind !== 'logs') return undefined;
      if (count === 60) tenant.revokeTokens();
      if (count % 37 === 0) return { status: 500, body: '<html>oops</html>' };
      if (count % 53 === 0) return 'truncate';
      if (count % 71 === 0) return 'reset';
      if (count % 41 === 0) return { status: 429, body: { statusCode: 429, errorCode: 'too_many_requests' } };
      return undefined;
    };
    const ids = tenant.append(
      Array.from({ length: 20 }, (_, index) => ({
        type: 'sapi',
        details: { request: { method: 'post', path: `/api/v2/users/late%7C${index}` }, response: {} },
      })),
      { ingestedAt: Date.now() - 500, visibleAt: Date.now() + 2_000 },
    );

    const { code, result } = await once(world, ['--timeout', '150'], { AUTH0_API_ENDPOINTS: 'users' });

    expect(code).toBe(0);
    expect(result).toMatchObject({ matched: 20_020, delivered: 20_020, pending: 0 });
    expect(tally(world.seen)).toEqual({ distinct: 20_020, duplicates: 0, outOfOrder: 0 });
    const delivered = new Set(world.seen.map(({ id }) => id));
    expect(ids.every((id) => delivered.has(id))).toBe(true);
  }, 180_000);
});
