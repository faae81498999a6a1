import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { commandLine, type Person } from '../cli/support/command-line.ts';
import type { DeployedSystem } from './deployed-system.ts';
import { type Life, startLife } from './life.ts';

const NAME = 'auth0-webhooks';
const SOON = { timeout: 40_000, interval: 300 };

/**
 * The commands run against a stack that the emulator deployed. Each test goes on where the one
 * before ended.
 */
describe.skipIf(!inject('hasMoto'))('the command line on a deployed stack', () => {
  let life: Life;
  let system: DeployedSystem;
  const run = (args: readonly string[], person: Person = {}) =>
    commandLine(['--name', NAME, ...args], person);
  const accepted = (id: string) => life.seen.filter((seen) => seen.id === id && seen.status === 204).length;

  beforeAll(async () => {
    const authorities = getCACertificates('default');
    life = await startLife();
    for (const [name, value] of Object.entries(life.emulator.variables)) vi.stubEnv(name, value);
    setDefaultCACertificates([...authorities, await readFile(life.tenant.caFile, 'utf8')]);
    const outputs = await life.cdk.deploy();
    system = await life.run(outputs);
  });
  afterAll(async () => {
    await system?.stop();
    await life?.stop();
    vi.unstubAllEnvs();
  });

  it('a stack that is not there is told, with those that are', async () => {
    const { code, errors } = await commandLine(['--name', 'users', 'status']);

    expect(errors).toBe(
      `error: there is no stack "users" in eu-west-1; webhooks there: ${NAME} (give one by --name)`,
    );
    expect(code).toBe(1);
  });

  it('settings are checked, and set beside what is there', async () => {
    const before = await run(['settings', 'check']);
    await life.fillSettings(NAME);

    const after = await run(['settings', 'check']);
    const set = await run(['settings', 'set', 'WEBHOOK_TIMEOUT_SECONDS=5', '--yes']);

    expect(before.output).toMatch(/✗ AUTH0_DOMAIN: missing/);
    expect(before.code).toBe(1);
    expect(after.output).toMatch(/✓ the settings of auth0-webhooks in eu-west-1 are right/);
    expect(set.output).toMatch(/Written/);
    expect((await run(['settings', 'get', 'WEBHOOK_TIMEOUT_SECONDS'])).output).toBe('5');
    expect((await run(['secret', 'show'])).output).toMatch(/^whsec_[A-Za-z0-9+/=]{32,}$/);
  });

  it('doctor says what AWS, Auth0 and the webhook say', async () => {
    const { output } = await run(['doctor']);

    expect(output).toMatch(/✓ signed in to account \d{12} as .*, region eu-west-1/);
    expect(output).toMatch(/✓ the stack auth0-webhooks is CREATE_COMPLETE/);
    expect(output).toMatch(/✓ Auth0 gives a token that may read the log/);
    expect(output).toMatch(/answers a HEAD with 405/);
  });

  it('status tells what waits and what to do', async () => {
    life.happen(4);
    await system.poll();

    const { code, output } = await run(['status']);

    expect(output).toMatch(/undelivered +4/);
    expect(output).toMatch(/→ auth0-webhooks doctor/);
    expect(code).toBe(1);
  });

  it('test, redrive and dismiss reach the queues', async () => {
    system.deliver();

    await expect.poll(() => system.standing(), SOON).toMatchObject({ pending: 0 });

    const { output } = await run(['test']);
    const id = /Sent as (\S+)\./.exec(output)?.[1] ?? '';

    await expect.poll(() => accepted(id), SOON).toBe(1);

    expect((await run(['events', 'list', '--dead'])).output).toMatch(/0 match of 0 dead letters/);
    expect((await run(['redrive', '--all'])).output).toMatch(/0 of 0 dead letters match/);
    expect((await run(['dismiss', '--all'])).output).toMatch(/0 of 0 dead letters match/);
  });

  it('resend and rewind send an event again under its id', async () => {
    const [id = ''] = life.tenant.entries().map(({ log_id }) => log_id);

    await run(['events', 'resend', id, '--yes']);

    await expect.poll(() => accepted(id), SOON).toBe(2);
    const rewound = await run(['rewind', '--to', '1h', '--yes']);
    await system.poll();

    await expect.poll(() => accepted(id), SOON).toBe(3);

    expect(rewound.errors).toMatch(/: 4 events are sent again/);
  });

  it('pause and resume are told by status', async () => {
    await run(['pause', 'deliveries', '--reason', 'trial', '--yes']);
    const paused = await run(['status']);
    await run(['resume', 'deliveries']);

    expect(paused.output).toMatch(/✗ deliveries are paused since \d+s: trial/);
    expect((await run(['status'])).output).not.toMatch(/paused/);
  });

  it('open prints the addresses of the console', async () => {
    const { output } = await run(['open', 'secrets']);

    expect(output.split('\n')).toHaveLength(2);
    expect(output).toMatch(/^https:\/\/eu-west-1\.console\.aws\.amazon\.com\/secretsmanager/);
  });
});
