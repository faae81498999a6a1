import { describe, expect, it, vi } from 'vitest';
import { resourceOf } from '../../../../lambdas/poller/events/resource.ts';
import { apiSegments } from '../../../../lambdas/shared/api-path.ts';
import { field, requestOf, textField } from '../../../../lambdas/shared/log-event.ts';
import { createLife } from '../../../../local/stand-ins/tenant/life.ts';
import { startLiving } from '../../../../local/stand-ins/tenant/live.ts';
import { createTenantLog } from '../../../../local/stand-ins/tenant/tenant-log.ts';
import { NOW, tenantAtNow } from './tenant-client.ts';

const MINUTE = 60_000;

function someLife(count: number, seed = 7) {
  const life = createLife(seed);
  return Array.from({ length: count }, (_, n) => life.next(NOW + n * 1_000));
}

describe('tenant life', () => {
  const life = someLife(3_000);
  const api = life.filter((entry) => entry.type === 'sapi');
  const of = (path: RegExp) => api.filter((entry) => path.test(requestOf(entry)?.path ?? ''));

  it('is the same for the same seed and another for another', () => {
    expect(someLife(200)).toEqual(life.slice(0, 200));
    expect(someLife(200, 8)).not.toEqual(life.slice(0, 200));
  });

  it('mixes logins with Management API calls of many kinds', () => {
    const types = new Set(life.map(({ type }) => type));
    const collections = new Set(api.map((entry) => apiSegments(requestOf(entry)?.path ?? '')[0]));

    expect([...types]).toEqual(
      expect.arrayContaining(['s', 'seccft', 'slo', 'sapi', 'mgmt_api_read', 'gd_tenant_update']),
    );
    for (const name of [
      'users',
      'clients',
      'client-grants',
      'connections',
      'roles',
      'organizations',
      'actions',
      'branding',
      'tenants',
      'guardian',
    ]) {
      expect(collections).toContain(name);
    }

    expect(api.length / life.length).toBeGreaterThan(0.4);
    expect(api.length / life.length).toBeLessThan(0.8);
  });

  it('tells of users in every way in which Auth0 does', () => {
    const of = (type: string) => life.filter((entry) => entry.type === type);

    expect(
      of('ss').every(({ user_id, details }) => user_id !== '' && field(details, 'request') === undefined),
    ).toBe(true);
    expect(
      of('sdu').map(({ user_id, description }) => [user_id, /^user_id: [^|]/.test(String(description))]),
    ).toContainEqual(['', true]);
    expect(of('sscim').map((entry) => requestOf(entry)?.path)).toContainEqual(
      expect.stringMatching(/^\/scim\/v2\/connections\/con_\w+\/Users\/samlp%7C/),
    );
    expect(of('my_account_authentication_method_succeeded').map((entry) => requestOf(entry)?.path)).toContain(
      '/me/v1/authentication-methods',
    );
    for (const type of [
      'scp',
      'sce',
      'scu',
      'sv',
      'fs',
      'limit_wc',
      'ublkdu',
      'organization_member_added',
      'my_organization_api_member_succeeded',
    ])
      expect(of(type).length, type).toBeGreaterThan(0);
  });

  it('answers an invitation to the tenant by a list, and deletes by encoded paths', () => {
    const invitations = of(/^\/api\/v2\/tenants\/invitations$/);
    const deletes = of(/^\/api\/v2\/users\//).filter((entry) => requestOf(entry)?.method === 'delete');

    expect(invitations.map((entry) => field(entry, 'details', 'response', 'body'))).toContainEqual([
      { invitation_id: expect.stringMatching(/^inv_/) },
    ]);
    expect(deletes.every((entry) => requestOf(entry)?.path.includes('%7C'))).toBe(true);
  });

  it('logs a user of the API twice now and then, as Auth0 does', () => {
    const signedUp = new Set(life.filter(({ type }) => type === 'ss').map(({ user_id }) => user_id));

    const created = of(/^\/api\/v2\/users$/).map((entry) =>
      textField(entry, 'details', 'response', 'body', 'user_id'),
    );

    expect(created.some((id) => signedUp.has(id))).toBe(true);
    expect(created.every((id) => signedUp.has(id))).toBe(false);
  });

  it('creates, updates and deletes the same users, in that order', () => {
    const histories = Map.groupBy(of(/^\/api\/v2\/users(\/[^/]+)?$/), (entry) => resourceOf(entry, 2));
    const methods = [...histories.values()].map((history) =>
      history.map((entry) => requestOf(entry)?.method),
    );
    const whole = methods.filter((history) => history[0] === 'post' && history.at(-1) === 'delete');

    expect(whole.some((history) => history.includes('patch'))).toBe(true);
    for (const history of methods) {
      expect(history.lastIndexOf('post')).toBeLessThanOrEqual(0);
      expect([-1, history.length - 1]).toContain(history.indexOf('delete'));
    }
  });

  it('has the oddities of the real log', () => {
    const bodies = api.map((entry) => field(entry, 'details', 'request', 'body'));
    const users = api.map((entry) => field(entry, 'details', 'request', 'auth', 'user'));
    const paths = of(/users\//).map((entry) => requestOf(entry)?.path ?? '');
    const deletes = api.filter((entry) => field(entry, 'details', 'response', 'statusCode') === 204);

    expect(life.some((entry) => entry.details === undefined)).toBe(true);
    expect(bodies.some(Array.isArray)).toBe(true);
    expect(bodies).toContain(null);
    expect(bodies).toContain(undefined);
    expect(users).toContainEqual({});
    expect(users.some((user) => typeof user === 'string')).toBe(true);
    expect(api.some((entry) => field(entry, 'details', 'request', 'auth', 'credentials') === null)).toBe(
      true,
    );
    expect(bodies.some((body) => textField(body, 'token_endpoint_auth_method') === '*****')).toBe(true);
    expect(paths.some((path) => path.includes('|'))).toBe(true);
    expect(paths.some((path) => path.includes('%7C'))).toBe(true);
    expect(paths.some((path) => path.includes('%2F'))).toBe(true);
    expect(deletes.some((entry) => field(entry, 'details', 'response', 'body') === undefined)).toBe(true);
    expect(life.some((entry) => field(entry, 'details', 'accessedSecrets') !== undefined)).toBe(true);
  });

  it('dates entries a little before their ingestion, so that date order is not id order', () => {
    const dates = life.map((entry, n) => NOW + n * 1_000 - Date.parse(String(entry.date)));

    expect(Math.min(...dates)).toBeGreaterThan(0);
    expect(Math.max(...dates)).toBeLessThanOrEqual(121_000);
    expect(dates.some((lag) => lag > 2_000)).toBe(true);
  });
});

describe('a tenant with history', () => {
  it('has it over the last hours, ending at least a minute ago', async () => {
    const tenant = await tenantAtNow({ history: 300 });

    const entries = tenant.entries();

    const seconds = entries.map(({ log_id }) => log_id.slice(3, 17));

    expect(entries).toHaveLength(300);
    expect(seconds.at(-1)).toBe('20260304050437');
    expect(seconds[0]?.slice(0, 10)).toBe('2026030321');
  });

  it('has 300 entries unless told', async () => {
    const { entries } = await tenantAtNow({ history: undefined });

    expect(entries()).toHaveLength(300);
  });
});

describe('a live tenant', () => {
  it('goes on by a few entries a second or less, with bursts, until it is stopped', () => {
    vi.useFakeTimers({ now: NOW });
    try {
      const log = createTenantLog({ prefix: '900', retentionMs: 24 * 60 * MINUTE, now: Date.now });
      const stop = startLiving(log, createLife(1), 1, Date.now);

      const perSecond = Array.from({ length: 600 }, () => {
        const before = log.size();
        vi.advanceTimersByTime(1_000);
        return log.size() - before;
      });
      stop();
      const written = log.size();
      vi.advanceTimersByTime(10 * MINUTE);

      expect(written).toBeGreaterThan(300);
      expect(written).toBeLessThan(2_400);
      expect(perSecond.filter((count) => count >= 5).length).toBeGreaterThan(3);
      expect(log.size()).toBe(written);
    } finally {
      vi.useRealTimers();
    }
  });

  it('forgets what has expired', () => {
    let now = NOW;
    const log = createTenantLog({ prefix: '900', retentionMs: MINUTE, now: () => now });
    log.append(Array.from({ length: 1_500 }, (_, n) => ({ n })));
    now += 2 * MINUTE;
    const [kept] = log.append({ n: 1_500 });

    expect(log.after('', 10).map(({ log_id }) => log_id)).toEqual([kept]);
  });
});
