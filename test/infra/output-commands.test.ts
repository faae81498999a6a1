import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resolveIntrinsics } from '../../local/template/intrinsics.ts';
import { runShell, SHELLS } from '../support/aws-cli/shell.ts';
import { type StandIn, startStandIn } from '../support/aws-cli/stand-in.ts';
import { webhookTemplate } from './template.ts';

const QUEUE = 'https://sqs.eu-west-1.amazonaws.com/123456789012/auth0-webhooks.fifo';
const outputs = webhookTemplate().findOutputs('*');
const VERSION = { ARN: 'arn', Name: 'n', VersionId: 'v', VersionStages: ['AWSCURRENT'] };

/** The command of an output, as CloudFormation prints it. */
function command(output: string): string {
  const references = {
    ref: (id: string) => (id === 'AWS::Region' ? 'eu-west-1' : id === 'EventQueue' ? QUEUE : id),
    attribute: (id: string) => id,
    condition: () => false,
  };
  return String(resolveIntrinsics(outputs[output]?.Value, references));
}

let secrets: Record<string, string>;
let standIn: StandIn;

beforeEach(async () => {
  secrets = {
    'auth0-webhooks/auth0': JSON.stringify({ AUTH0_DOMAIN: '', REDACT: 'request.ip', START_FROM: '' }),
    'auth0-webhooks/webhook': JSON.stringify({ WEBHOOK_URL: '', WEBHOOK_SIGNING_SECRET: 'c2lnbmluZw==' }),
  };
  standIn = await startStandIn(
    {
      'secretsmanager get-secret-value': (input) => ({
        ...VERSION,
        SecretString: secrets[z.string().parse(input.SecretId)],
      }),
      'secretsmanager put-secret-value': (input) => {
        secrets[z.string().parse(input.SecretId)] = z.string().parse(input.SecretString);
        return VERSION;
      },
      'sqs send-message': () => ({ MD5OfMessageBody: 'x', MessageId: 'm' }),
    },
    { npx: () => '' },
  );
});
afterEach(() => standIn.close());

describe.each(SHELLS)('the commands of the outputs, in %s', (shell) => {
  const run = (output: string, ...typed: readonly string[]) =>
    runShell(
      shell,
      command(output),
      { PATH: `${standIn.folder}:${process.env.PATH}`, ...standIn.variables },
      typed.map((line) => `${line}\n`).join(''),
    );
  const settings = (secret: string) => JSON.parse(secrets[`auth0-webhooks/${secret}`] ?? '');

  it('fill in the Auth0 application and keep every other setting', async () => {
    const { exitCode, stderr } = await run(
      'Begin1Auth0SettingsCommand',
      'acme.eu.auth0.com',
      'client id',
      `s'e"c$r\\et`,
    );

    expect({ exitCode, stderr: stderr.replaceAll('\n', '') }).toEqual({
      exitCode: 0,
      stderr: 'AUTH0_DOMAIN: AUTH0_CLIENT_ID: AUTH0_CLIENT_SECRET (not shown): ',
    });
    expect(settings('auth0')).toEqual({
      AUTH0_DOMAIN: 'acme.eu.auth0.com',
      AUTH0_CLIENT_ID: 'client id',
      AUTH0_CLIENT_SECRET: `s'e"c$r\\et`,
      REDACT: 'request.ip',
      START_FROM: '',
    });
  });

  it('hand a secret on through no argument, which would stand in the list of processes', () => {
    const text = command('Begin1Auth0SettingsCommand');

    // Only the shell's own test names its value. jq takes it from the environment, aws from a pipe.
    expect(text.match(/\$AUTH0_CLIENT_SECRET/g)).toEqual(['$AUTH0_CLIENT_SECRET']);
    expect(text).toContain('[ -n "$AUTH0_CLIENT_SECRET" ]');
    expect(text).toContain('--secret-string file:///dev/stdin');
  });

  it('change nothing when an answer is empty', async () => {
    const before = { ...secrets };

    const auth0 = await run('Begin1Auth0SettingsCommand', 'acme.eu.auth0.com', 'id', '');
    const webhook = await run('Begin2WebhookSettingsCommand', '');

    expect([auth0.exitCode, webhook.exitCode]).toEqual([1, 1]);
    expect(webhook.stderr).toContain('nothing was changed');
    expect(secrets).toEqual(before);
    expect(standIn.runs).toEqual([]);
  });

  it('change nothing when the secret cannot be read or is no JSON', async () => {
    secrets['auth0-webhooks/webhook'] = 'https://example.com';

    const { exitCode } = await run('Begin2WebhookSettingsCommand', 'https://example.com/hook');

    expect(exitCode).not.toBe(0);
    expect(secrets['auth0-webhooks/webhook']).toBe('https://example.com');
  });

  it('fill in the address and keep the signing secret, which another prints', async () => {
    const filled = await run('Begin2WebhookSettingsCommand', 'https://example.com/hook?a=b&c=d');
    const printed = await run('Begin2WebhookSigningSecretCommand');

    expect([filled.exitCode, printed.exitCode]).toEqual([0, 0]);
    expect(settings('webhook')).toEqual({
      WEBHOOK_URL: 'https://example.com/hook?a=b&c=d',
      WEBHOOK_SIGNING_SECRET: 'c2lnbmluZw==',
    });
    expect(printed.stdout).toBe('c2lnbmluZw==\n');
  });

  it('send a test event', async () => {
    const { exitCode } = await run('Begin3TestEventCommand');

    expect(exitCode).toBe(0);
    const [{ input } = { input: undefined }] = standIn.runs;
    const id = z.string().parse(input?.MessageDeduplicationId);

    expect(id).toMatch(/^test-\d+$/);
    expect(input).toMatchObject({ QueueUrl: QUEUE, MessageGroupId: id });
    expect(JSON.parse(z.string().parse(input?.MessageBody))).toMatchObject({ log_id: id, type: 'test' });
    expect(input?.MessageAttributes).toMatchObject({ log_id: { DataType: 'String', StringValue: id } });
  });

  it('adopt what an earlier stack left', async () => {
    await run('WhenDestroyedAdoptCommand');

    const [[program, cdk, act, name, option, mapping] = []] = standIn.otherRuns;

    expect([program, cdk, act, name, option]).toEqual([
      'npx',
      'cdk',
      'import',
      'auth0-webhooks',
      '--resource-mapping-inline',
    ]);
    expect(JSON.parse(mapping ?? '')).toMatchObject({ EventQueue: { QueueUrl: QUEUE } });
  });
});
