import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { sendMessage } from '../../lambdas/shared/queue/send.ts';
import { toAttributes } from '../../lambdas/shared/queue/webhook-message.ts';
import { commandLine } from '../cli/support/command-line.ts';
import { type AwsFront, startAwsFront } from './aws-front.ts';
import type { Outputs } from './cdk.ts';
import type { DeployedSystem } from './deployed-system.ts';
import { frame } from './event-stream.ts';
import { type Life, startLife } from './life.ts';
import { operatorPolicies, type Policy, refusedBy } from './operator-policies.ts';
import { shipLines } from './printed-lines.ts';

const NAME = 'auth0-webhooks';
const SOON = { timeout: 40_000, interval: 300 };
const HOUR = ['--since', '1h', '--until', '0s'];

/**
 * A stand-in before the emulator serves what that lacks: Lambda's Invoke, CloudWatch's live tail,
 * drift, and refusals.
 */
describe.skipIf(!inject('hasMoto'))('the command line against AWS', () => {
  let life: Life;
  let system: DeployedSystem;
  let front: AwsFront;
  let outputs: Outputs;
  let shipped = 0;
  const run = (...args: string[]) => commandLine(['--name', NAME, ...args]);
  const ship = async () => {
    const fresh = system.lines.slice(shipped);
    shipped += fresh.length;
    await shipLines(life.emulator, outputs, fresh);
  };

  beforeAll(async () => {
    const authorities = getCACertificates('default');
    life = await startLife();
    front = await startAwsFront(life.emulator.url);
    for (const [name, value] of Object.entries(life.emulator.variables)) vi.stubEnv(name, value);
    vi.stubEnv('AWS_ENDPOINT_URL', front.url);
    setDefaultCACertificates([...authorities, await readFile(life.tenant.caFile, 'utf8')]);
    outputs = await life.cdk.deploy();
    await life.fillSettings(NAME);
    system = await life.run(outputs);
    front.answers.set('lambda:InvokeFunction', async (response) => {
      const before = system.lines.length;
      const result = await system.poll();
      const tail = system.lines.slice(before).join('\n').slice(-4_096);
      response.setHeader('x-amz-log-result', Buffer.from(tail).toString('base64'));
      if (result.kind === 'error') response.setHeader('x-amz-function-error', 'Unhandled');
      response.end(result.kind === 'error' ? JSON.stringify({ errorMessage: result.message }) : 'null');
    });
  });
  afterAll(async () => {
    await system?.stop();
    await front?.stop();
    await life?.stop();
    vi.unstubAllEnvs();
  });

  it('poll runs the poller and says what it read', async () => {
    life.happen(4);

    const { code, output } = await run('poll');

    expect(output).toBe('The poll has ended well: 4 log events read, 4 matched.');
    expect(code).toBe(0);
  });

  it('logs shows polls and attempts, and verify accounts for each event', async () => {
    system.deliver();

    await expect.poll(() => system.standing(), SOON).toMatchObject({ pending: 0 });
    await ship();

    const logs = await run('logs', '--since', '1h');
    const verified = await run('verify', ...HOUR);
    const exported = await run('export', '--since', '1h');

    expect(logs.output).toMatch(/poll +4 read, 4 matched/);
    expect(logs.output.match(/delivered +users\/auth0\|\d /g)).toHaveLength(4);
    expect(verified.output).toMatch(/ 4 {2}delivered/);
    expect(verified.output).toMatch(/✓ nothing is missing/);
    expect(exported.output.split('\n')).toHaveLength(4);
  });

  it('verify names the events whose attempts are nowhere', async () => {
    const [first = '', second = ''] = life.happen(2);
    await run('poll');

    await expect.poll(() => system.standing(), SOON).toMatchObject({ pending: 0 });
    const own = system.lines.findIndex((line) => line.includes(`"logId":"${second}"`));
    await shipLines(
      life.emulator,
      outputs,
      system.lines.slice(shipped).filter((line) => !line.includes(first)),
    );
    shipped = system.lines.length;

    const { code, output } = await run('verify', ...HOUR);

    expect(own).toBeGreaterThan(0);
    expect(output).toMatch(/ 5 {2}delivered/);
    expect(output).toMatch(new RegExp(`✗ 1 events are missing:\nLOG_ID.*\n${first}`));
    expect(code).toBe(1);
  }, 120_000);

  it('logs --follow shows what comes, and ends with Ctrl-C', async () => {
    let push: ((line: object) => void) | undefined;
    front.answers.set('logs:StartLiveTail', (response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
      response.write(frame('initial-response', {}));
      response.write(frame('sessionStart', { requestId: '1', sessionId: '1', logGroupIdentifiers: [] }));
      push = (line) =>
        response.write(
          frame('sessionUpdate', {
            sessionMetadata: { sampled: false },
            sessionResults: [
              {
                logStreamName: 'stream',
                logGroupIdentifier: `123456789012:/aws/lambda/${outputs.DelivererName}`,
                message: JSON.stringify(line),
                timestamp: Date.now(),
                ingestionTime: Date.now(),
              },
            ],
          }),
        );
    });
    const following = run('logs', '--follow', '--since', '1s');

    await expect.poll(() => push !== undefined, SOON).toBe(true);
    push?.({
      event: 'delivery.attempted',
      logId: '900',
      resource: 'users/a',
      outcome: 'delivered',
      attempt: 1,
    });
    await new Promise((resolve) => setTimeout(resolve, 1_000));

    process.emit('SIGINT');

    const { code, output } = await following;

    expect(output).toMatch(/delivered +users\/a 900 \(attempt 1/);
    expect(code).toBe(0);
  });

  it('doctor names what was changed by hand', async () => {
    drifts(front, 'DRIFTED');

    const { code, output } = await run('doctor');

    expect(output).toMatch(/✗ 1 resources were changed by hand: Queue modified \(\/VisibilityTimeout\)/);
    expect(code).toBe(1);
  });

  it.each([
    ['AccessDenied', 403, /^error: AWS refuses this: .*docs\/operators\.md/],
    ['ExpiredToken', 403, /^error: the AWS credentials have expired: sign in again/],
    ['InvalidClientTokenId', 403, /^error: AWS does not know these credentials/],
    ['Throttling', 400, /^error: AWS asks for patience \(Throttling\)/],
  ])(
    '%s is one line that says what to do',
    async (code, status, words) => {
      front.refuse = ({ action }) =>
        action === 'cloudformation:DescribeStacks' ? { status, code, message: 'No.' } : undefined;

      const ended = await run('status').finally(() => {
        front.refuse = () => undefined;
      });

      expect(ended.errors).toMatch(words);
      expect(ended.errors.split('\n')).toHaveLength(1);
      expect(ended.code).toBe(1);
    },
    60_000,
  );

  it('a table that somebody deleted, a throttle of it and a refused secret are told', async () => {
    const answered = async (wanted: string, code: string, command: string) => {
      front.refuse = ({ action }) =>
        action.startsWith(wanted)
          ? { status: 400, code, message: 'Requested resource not found' }
          : undefined;
      const { errors, output } = await run(command);
      front.refuse = () => undefined;
      return `${errors}\n${output}`;
    };

    expect(await answered('dynamodb:', 'ResourceNotFoundException', 'status')).toMatch(
      /error: a part of the stack is not there/,
    );
    expect(await answered('dynamodb:', 'ThrottlingException', 'status')).toMatch(/asks for patience/);
    expect(await answered('secretsmanager:', 'AccessDeniedException', 'status')).toMatch(
      /endpoint +not known: its settings may not be read/,
    );
    expect(await answered('secretsmanager:', 'AccessDeniedException', 'doctor')).toMatch(
      /✗ the settings cannot be read\n {2}→ AWS refuses this/,
    );
  }, 60_000);

  describe('rights', () => {
    const LOOK: readonly (readonly string[])[] = [
      ['status'],
      ['doctor'],
      ['verify', ...HOUR],
      ['logs'],
      ['events', 'list'],
      ['events', 'list', '--dead'],
      ['export', '--since', '1h'],
      ['settings', 'get'],
      ['settings', 'check'],
      ['secret', 'show'],
      ['open', 'dashboard'],
      ['redrive', '--all', '--dry-run'],
      ['dismiss', '--all', '--dry-run'],
      ['rewind', '--to', '1h', '--dry-run'],
    ];
    const ACT: readonly (readonly string[])[] = [
      ['test'],
      ['poll'],
      ['pause', 'polls', '--reason', 'trial', '--yes'],
      ['resume', 'polls'],
      ['settings', 'set', 'WEBHOOK_TIMEOUT_SECONDS=7', '--yes'],
      ['rewind', '--to', '1h', '--yes'],
      ['redrive', idOf(1), '--yes'],
      ['dismiss', idOf(2), '--yes', '--reason-text', 'trial'],
      ['rebind', 'other.eu.auth0.com', '--force', '--yes'],
    ];
    let policies: readonly [look: Policy, act: Policy];

    beforeAll(async () => {
      policies = await operatorPolicies();
      await bury(outputs, [idOf(1), idOf(2)]);
      drifts(front, 'IN_SYNC');
    });

    it.each(LOOK)(
      'who may look may do %s %s',
      async (...args) => {
        front.refuse = refusedBy([policies[0]]);

        const { errors, output } = await run(...args);

        expect(`${errors}${output}`).not.toMatch(/AWS refuses/);
      },
      60_000,
    );

    it.each(ACT)(
      'who may look may not do %s %s',
      async (...args) => {
        front.refuse = refusedBy([policies[0]]);

        const { code, errors } = await run(...args);

        expect(errors).toMatch(/AWS refuses this/);
        expect(code).toBe(1);
      },
      60_000,
    );

    it.each(ACT)(
      'who may act may do %s %s',
      async (...args) => {
        front.refuse = refusedBy(policies);

        const { errors, output } = await run(...args);

        expect(`${errors}${output}`).not.toMatch(/AWS refuses/);
      },
      60_000,
    );

    it('what was dismissed is kept in the log with its reason, and printed', async () => {
      front.refuse = () => undefined;

      const { output } = await run('logs', '--since', '1h');

      expect(output).toMatch(
        new RegExp(`dismissed +${idOf(2)} ${idOf(2)} \\(was dead-lettered: receives\\): trial`),
      );
    });

    it('neither policy allows what no command called', async () => {
      front.refuse = () => undefined;
      const called = new Set(front.calls.map(({ action }) => action));

      const idle = policies.flatMap(({ actions }) => actions).filter((action) => !called.has(action));

      expect(idle).toEqual([]);
    });
  });
});

function idOf(number: number): string {
  return `90020261125093012401${String(number).padStart(36, '0')}`;
}

/** Puts events of a table that was lost on the dead-letter queue. */
async function bury({ DeadLetterQueueUrl = '' }: Outputs, logIds: readonly string[]): Promise<void> {
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  for (const logId of logIds) {
    const message = {
      ledger: 'lost',
      batch: `batch#${logId}`,
      ordinal: 0,
      logId,
      resource: logId,
      body: '{}',
    };
    await sendMessage(
      { client, url: DeadLetterQueueUrl },
      { body: '{}', group: logId, deduplicationId: logId, attributes: toAttributes(message) },
    );
  }
  client.destroy();
}

/** Answers CloudFormation's drift detection, in the shapes of its API reference. */
function drifts({ answers }: AwsFront, status: 'DRIFTED' | 'IN_SYNC'): void {
  const xml = (name: string, result: string) => (response: { end(text: string): void }) =>
    response.end(
      `<${name}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${name}Result>${result}</${name}Result></${name}Response>`,
    );
  answers.set(
    'cloudformation:DetectStackDrift',
    xml('DetectStackDrift', '<StackDriftDetectionId>b78ac9b0</StackDriftDetectionId>'),
  );
  answers.set(
    'cloudformation:DescribeStackDriftDetectionStatus',
    xml(
      'DescribeStackDriftDetectionStatus',
      `<StackId>1</StackId><StackDriftDetectionId>b78ac9b0</StackDriftDetectionId><StackDriftStatus>${status}</StackDriftStatus><Timestamp>2026-11-25T09:00:00Z</Timestamp><DetectionStatus>DETECTION_COMPLETE</DetectionStatus><DriftedStackResourceCount>1</DriftedStackResourceCount>`,
    ),
  );
  answers.set(
    'cloudformation:DescribeStackResourceDrifts',
    xml(
      'DescribeStackResourceDrifts',
      '<StackResourceDrifts><member><StackId>1</StackId><LogicalResourceId>Queue</LogicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType><StackResourceDriftStatus>MODIFIED</StackResourceDriftStatus><PropertyDifferences><member><PropertyPath>/VisibilityTimeout</PropertyPath><ExpectedValue>540</ExpectedValue><ActualValue>30</ActualValue><DifferenceType>NOT_EQUAL</DifferenceType></member></PropertyDifferences><Timestamp>2026-11-25T09:00:00Z</Timestamp></member></StackResourceDrifts>',
    ),
  );
}
