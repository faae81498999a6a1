import { describe, expect, it } from 'vitest';
import { changes } from './events.ts';
import { createWorld, once, SIGNING_SECRET, start, until } from './local-run.ts';

describe("a user's mistakes", () => {
  it('names every faulty key of both secrets at once', async () => {
    const world = await createWorld();

    const { code, stdout, stderr } = await once(world, [], {
      AUTH0_CLIENT_ID: '',
      AUTH0_API_METHODS: 'FETCH',
      WEBHOOK_URL: 'ftp://example.com',
      WEBHOOK_TIMEOUT_SECONDS: '31',
      WEBHOOK_SIGNING_SECRET: 'short',
    });

    expect(code).toBe(1);
    for (const key of [
      'AUTH0_CLIENT_ID',
      'AUTH0_API_METHODS',
      'WEBHOOK_URL',
      'WEBHOOK_TIMEOUT_SECONDS',
      'WEBHOOK_SIGNING_SECRET',
    ]) {
      expect(stderr).toContain(key);
    }

    expect(stdout + stderr).not.toMatch(/\n\s+at /);
  });

  it('names client id and secret when Auth0 refuses them', async () => {
    const world = await createWorld({ source: changes(10, 10) });

    const { code, stdout, stderr } = await once(world, [], { AUTH0_CLIENT_SECRET: 'wrong-secret-value' });

    expect(code).toBe(1);
    expect(stderr).toContain('AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET');
    expect(stdout + stderr).not.toContain('wrong-secret-value');
    expect(stdout + stderr).not.toMatch(/\n\s+at /);
  }, 60_000);

  it("refuses a directory that holds another tenant's state, moves nothing, and names the ways out", async () => {
    const world = await createWorld({ source: changes(10, 10) });
    const other = await createWorld({ source: changes(10, 10) });
    const first = await once(world);

    const {
      AUTH0_DOMAIN = '',
      AUTH0_CLIENT_ID = '',
      AUTH0_CLIENT_SECRET = '',
      NODE_EXTRA_CA_CERTS = '',
    } = other.environment;
    const ofOther = { AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, NODE_EXTRA_CA_CERTS };
    const { code, stderr } = await once(world, [], ofOther);
    const back = await once(world);

    expect([first.code, code, back.code]).toEqual([0, 1, 0]);
    for (const way of ['AUTH0_DOMAIN', '--fresh', '--data']) expect(stderr).toContain(way);

    expect(back.result?.cursor).toBe(first.result?.cursor);
    expect(other.tenant.requests().pages).toBe(0);
  }, 60_000);

  it('names the scope that is missing', async () => {
    const world = await createWorld({ source: changes(10, 10), scope: 'read:users' });

    const { code, stderr } = await once(world);

    expect(code).toBe(1);
    expect(stderr).toContain('read:logs');
  }, 60_000);

  it('says at once that START_FROM makes no sense for this tenant', async () => {
    const world = await createWorld({ source: changes(10, 10) });

    const { code, stderr } = await once(world, [], { START_FROM: '2126-01-01T00:00:00Z' });

    expect(code).toBe(1);
    expect(stderr).toContain('START_FROM');
  }, 60_000);
});

describe('everything that is printed', () => {
  it('holds no secret, token, signature or payload', async () => {
    const world = await createWorld({ source: changes(60, 60) });
    const headers = {
      WEBHOOK_AUTHORIZATION: 'Bearer webhook-authorization-value',
      WEBHOOK_HEADERS: '{"x-key":"extra-header-value"}',
    };
    // The receiver echoes the whole request, as some answer an error.
    world.receiver.respond = (call) => ({
      status: world.seen.length < 10 ? 500 : 204,
      body: JSON.stringify(call),
    });
    const run = start(world, [], headers);
    await until(() => world.seen.length >= 60);

    run.child.kill('SIGINT');
    const { stdout, stderr } = await run.ended;
    const { stdout: onceOut, stderr: onceErr } = await once(world, [], headers);

    const printed = stdout + stderr + onceOut + onceErr;
    const secrets = [
      SIGNING_SECRET,
      world.tenant.clientSecret,
      'webhook-authorization-value',
      'extra-header-value',
      'payload-value',
      'simulated-token-',
      'v1,',
    ];
    for (const secret of secrets) expect(printed).not.toContain(secret);

    expect(printed).toContain('auth0|1');
  }, 90_000);
});
