import type { Tenant } from '../../../local/stand-ins/tenant/tenant.ts';

/**
 * How long ago they are created: longer than the poller waits for late entries (SETTLE_SECONDS, by
 * default 5), and later than the log so far.
 */
const AGO_MS = 10_000;

/** Creates so many users. Each event is of a resource of its own. */
export function createUsers(tenant: Tenant, count: number): void {
  const entries = Array.from({ length: count }, (_, index) => ({
    type: 'sapi',
    details: { request: { method: 'post', path: `/api/v2/users/new${index}` }, response: {} },
  }));
  tenant.append(entries, { ingestedAt: Date.now() - AGO_MS });
}
