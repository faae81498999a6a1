import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { type Receiver, startReceiver } from '../../local/stand-ins/receiver/receiver.ts';
import { startTenant, type Tenant } from '../../local/stand-ins/tenant/tenant.ts';
import { type Seen, seenOf, userChange } from '../system/events.ts';
import type { Outputs } from './cdk.ts';
import { type DeployedSystem, startDeployedSystem } from './deployed-system.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { editSettings } from './settings.ts';
import { runInShell } from './shell.ts';

const NAME = 'auth0-webhooks';
const SOON = { timeout: 60_000, interval: 200 };
const MINUTES = 60_000;
/** The quota of concurrent executions in a new account. AWS lets nobody reserve any of them. */
const NEW_ACCOUNT = 10;

const cdkJson = z.looseObject({ context: z.looseObject({}) });

/** The `sh` blocks of README's section Deploy, as written. */
function commandsOf(section: string): readonly string[] {
  const [, after = ''] = readFileSync('README.md', 'utf8').split(`\n## ${section}\n`);
  const text = after.slice(0, after.indexOf('\n## '));
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block.trim());
}

/**
 * Replaces what a person at a terminal has and this test has not: a y for CDK's question, an Auth0
 * account, and AWS. moto knows no outputs of a stack that a change set made.
 */
const PERSON = [
  'auth0() { printf "%s\\n" "auth0 $*"; }',
  'npx() { case "$2" in deploy) command npx "$@" --require-approval never --method direct --no-previous-parameters 2>&1;; *) command npx "$@";; esac; }',
].join('\n');

/**
 * Variables of the terminal in which `npm run test:deploy` was typed, without those that npm adds
 * for its scripts.
 */
function ownVariables(): Readonly<Record<string, string>> {
  const kept = Object.entries(process.env).flatMap(([key, value]) =>
    value === undefined || /^(npm_|NODE_ENV$|VITEST|INIT_CWD$)/.test(key) ? [] : [[key, value] as const],
  );
  const path = (process.env.PATH ?? '').split(delimiter);
  return {
    ...Object.fromEntries(kept),
    PATH: path.filter((entry) => !entry.includes('node_modules')).join(delimiter),
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}

/**
 * Goes from a clone to an event at the webhook, by the commands of the README and of the outputs.
 */
describe.skipIf(!inject('hasMoto') || !inject('hasCommands'))("README's Deploy", () => {
  const [identity = '', application = '', install = '', bootstrap = '', deploy = '', ...more] =
    commandsOf('Deploy');
  const seen: Seen[] = [];
  let folder: string;
  let emulator: Emulator;
  let tenant: Tenant;
  let receiver: Receiver;
  let outputs: Outputs;
  let system: DeployedSystem;
  const type = (command: string | undefined, ...typed: readonly string[]) =>
    runInShell(
      emulator,
      join(folder, 'clone'),
      `${PERSON}\n${command ?? 'exit 1'}`,
      typed.map((line) => `${line}\n`).join(''),
      ownVariables(),
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'readme-'));
    [emulator, tenant] = await Promise.all([
      startEmulator(NEW_ACCOUNT),
      startTenant({ directory: folder, history: 0 }),
    ]);
    execFileSync('git', ['clone', '--quiet', '.', join(folder, 'clone')]);
  });
  afterAll(async () => {
    await system?.stop();
    await Promise.all([tenant?.stop(), receiver?.stop(), emulator?.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  it('1. shows the account', async () => {
    expect(await type(identity)).toContain('123456789012');
  });

  it('2. asks Auth0 for an application that may read the log, and nothing else', async () => {
    const [create, grant] = (await type(application)).trim().split('\n');

    expect(create).toBe('auth0 apps create --name Management webhooks --type m2m --reveal-secrets');
    expect(JSON.parse(grant?.replace('auth0 api post client-grants --data ', '') ?? '')).toEqual({
      client_id: 'the id',
      audience: 'https://acme.eu.auth0.com/api/v2/',
      scope: ['read:logs'],
    });
  });

  it('3. installs', { timeout: 5 * MINUTES }, async () => {
    expect(await type(install)).toMatch(/added \d+ packages/);
  });

  it('4. writes the two keys into cdk.json that a new account needs', async () => {
    const [step = ''] = /\*\*4\. [\s\S]*?(?=\n\n)/.exec(readFileSync('README.md', 'utf8')) ?? [];
    const file = join(folder, 'clone/cdk.json');
    const settings = cdkJson.parse(JSON.parse(readFileSync(file, 'utf8')));

    expect(step).toContain('`alarmEmail`');
    expect(step).toContain('`"reserveConcurrency": false`');
    const context = { ...settings.context, alarmEmail: 'ops@example.com', reserveConcurrency: false };
    await writeFile(file, JSON.stringify({ ...settings, context }));
  });

  it('5. prepares the account', { timeout: 2 * MINUTES }, async () => {
    await type(bootstrap);

    expect(
      await emulator.aws('cloudformation', 'describe_stacks', { StackName: 'CDKToolkit' }),
    ).toMatchObject({ Stacks: [{ StackStatus: 'CREATE_COMPLETE' }] });
  });

  it('6. deploys, and prints what to do next, in order', { timeout: 3 * MINUTES }, async () => {
    const printed = await type(deploy);

    const lines = [...printed.matchAll(/^auth0-webhooks\.(\w+) = (.*)$/gm)];
    outputs = Object.fromEntries(lines.map(([, key, value]) => [key, value]));

    expect(Object.keys(outputs).filter((key) => key.endsWith('Command'))).toEqual([
      'Begin1Auth0SettingsCommand',
      'Begin2WebhookSettingsCommand',
      'Begin2WebhookSigningSecretCommand',
      'Begin3TestEventCommand',
      'WhenDestroyedAdoptCommand',
    ]);
    expect(more).toEqual([]); // every command of the section has its test
  });

  it('7. fills in both secrets, by the commands of the outputs', async () => {
    const secret = (await type(outputs.Begin2WebhookSigningSecretCommand)).trim();
    receiver = await startReceiver({ secrets: [secret], onCall: (call) => seen.push(seenOf(call)) });

    await type(outputs.Begin1Auth0SettingsCommand, tenant.domain, tenant.clientId, tenant.clientSecret);
    await type(outputs.Begin2WebhookSettingsCommand, receiver.url);

    // A test alone needs these: a receiver on this machine, and events that need not settle.
    await editSettings(emulator, `${NAME}/webhook`, {
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOW_PRIVATE: 'true',
    });
    await editSettings(emulator, `${NAME}/auth0`, { SETTLE_SECONDS: '0' });
    system = await startDeployedSystem({ emulator, outputs, folder, caFile: tenant.caFile });

    expect(await system.poll()).toMatchObject({ kind: 'success' });
    expect(JSON.parse(system.lines.at(-1) ?? '')).toMatchObject({ event: 'poll.completed' });
  });

  it('8. verifies, by a signed test event and by a real change', async () => {
    system.deliver();
    await type(outputs.Begin3TestEventCommand);

    await expect.poll(() => seen.map(({ id }) => id), SOON).toEqual([expect.stringMatching(/^test-\d+$/)]);

    const [changed = ''] = tenant.append([userChange(1, new Date().toISOString(), 1)]);
    await system.poll();

    await expect.poll(() => seen.map(({ id, status }) => [id, status]).at(-1), SOON).toEqual([changed, 204]);

    expect(receiver.counts().invalidSignatures).toBe(0);
  });
});
