import { afterEach, describe, expect, it } from 'vitest';
import { type Answers, runAws } from './aws-cli.ts';
import { ServiceError } from './refusal.ts';
import { runShell, SHELLS } from './shell.ts';
import { type StandIn, startStandIn } from './stand-in.ts';

const REGION = { AWS_REGION: 'eu-west-1' };
const QUEUE = 'https://sqs.eu-west-1.amazonaws.com/1/q';

/** Splits a command line without quotes into words. */
const words = (line: string) => line.split(' ');
const run = (line: string, answers: Answers = {}) => runAws(words(line), REGION, answers);

describe('what the AWS CLI refuses', () => {
  it.each([
    ['sqs receive-message', 'the following arguments are required: --queue-url'],
    [`sqs receive-message --queue-url ${QUEUE} --max-messages 3`, 'Unknown options: --max-messages'],
    [`sqs receive-message --queue-url ${QUEUE} extra`, 'Unknown options: extra'],
    [`sqs receive-message --queue-url ${QUEUE} --max-number-of-messages ten`, 'invalid int value'],
    ['sqs receive-messages', 'Invalid choice'],
    ['logs tail', 'the following arguments are required: group_name'],
    ['dynamodb get-item --table-name t --key {"pk":}', 'Invalid JSON'],
    ['dynamodb get-item --table-name t --key {"pk":{"X":"1"}}', 'Unknown parameter in Key.pk: "X"'],
    [`sqs get-queue-attributes --queue-url ${QUEUE} --attribute-names Size`, 'enum value set'],
  ])('%s', async (line, message) => {
    const { exitCode, stderr } = await run(line);

    expect(stderr).toContain(message);
    expect(exitCode).toBe(252);
  });

  it('a call without a region', async () => {
    const { exitCode, stderr } = await runAws(words('sts get-caller-identity'), {}, {});

    expect(stderr).toContain('You must specify a region');
    expect(exitCode).toBe(253);
  });

  it('a query that JMESPath does not know', async () => {
    const answers = { 'sts get-caller-identity': () => ({ Account: '1' }) };
    const { exitCode, stderr } = await run('sts get-caller-identity --query Account[', answers);

    expect(stderr).toContain('Bad value for --query');
    expect(exitCode).toBe(252);
  });
});

describe('an answer', () => {
  const answers: Answers = {
    'logs get-query-results': () => ({
      status: 'Complete',
      results: [
        [
          { field: 'time', value: '10:00' },
          { field: 'reason', value: 'dns' },
        ],
      ],
    }),
    'sqs receive-message': () => ({}),
    'sqs delete-message': () => {
      throw new ServiceError('ReceiptHandleIsInvalid', 'no such handle');
    },
    'sts get-caller-identity': () => ({ Account: '1', Nonsense: true }),
  };

  it.each([
    ['logs get-query-results --query-id 1 --query status', '"Complete"\n'],
    ['logs get-query-results --query-id 1 --query status --output text', 'Complete\n'],
    [
      'logs get-query-results --query-id 1 --query results[].[[].[field,value]] --output text',
      'None\nNone\n',
    ],
    [
      'logs get-query-results --query-id 1 --query results[].[field,value] --output text',
      'time\t10:00\nreason\tdns\n',
    ],
    ['logs get-query-results --query-id 1 --query results[*][*].value --output text', '10:00\tdns\n'],
    ['sqs receive-message --queue-url q --query Messages[0].Body --output text', 'None\n'],
    ['sqs receive-message --queue-url q', ''],
  ])('%s', async (line, expected) => {
    const { exitCode, stdout } = await run(line, answers);

    expect(exitCode).toBe(0);
    expect(stdout).toBe(expected);
  });

  it('that is a refusal ends with 254 and says which call', async () => {
    const { exitCode, stderr } = await run('sqs delete-message --queue-url q --receipt-handle r', answers);

    expect(stderr).toContain(
      '(ReceiptHandleIsInvalid) when calling the DeleteMessage operation: no such handle',
    );
    expect(exitCode).toBe(254);
  });

  it('is one that AWS gives, or the test is wrong', async () => {
    await expect(run('sts get-caller-identity', answers)).rejects.toThrow('AWS does not answer so');
  });

  it('gets the options as the API wants them', async () => {
    const attributes = 'ledger={DataType=String,StringValue=a},n={DataType=Number,StringValue=1}';
    const line = `sqs send-message --queue-url q --message-body b --delay-seconds 5 --message-attributes ${attributes}`;

    const { input } = await run(line, { 'sqs send-message': () => ({ MessageId: '1' }) });

    expect(input).toEqual({
      QueueUrl: 'q',
      MessageBody: 'b',
      DelaySeconds: 5,
      MessageAttributes: {
        ledger: { DataType: 'String', StringValue: 'a' },
        n: { DataType: 'Number', StringValue: '1' },
      },
    });
  });
});

it('runs in bash, and where CI runs in zsh as well', () => {
  const wanted = process.env.CI === 'true' ? ['bash', 'zsh'] : ['bash'];

  expect(SHELLS).toEqual(expect.arrayContaining(wanted));
});

describe.each(SHELLS)('in %s', (shell) => {
  let standIn: StandIn;
  afterEach(() => standIn.close());

  it('aws and other programs are found, and their words are kept', async () => {
    standIn = await startStandIn(
      { 'secretsmanager put-secret-value': () => ({ Name: 'x' }) },
      { npx: () => 'deployed\n' },
    );
    const script = `printf '{"a":"b c"}' | aws secretsmanager put-secret-value --secret-id x --secret-string file:///dev/stdin --query Name && npx cdk deploy`;
    const variables = { PATH: `${standIn.folder}:/usr/bin:/bin`, ...REGION, ...standIn.variables };

    const done = await runShell(shell, script, variables);

    expect(done).toEqual({ exitCode: 0, stdout: '"x"\ndeployed\n', stderr: '' });
    expect(standIn.runs[0]?.input).toEqual({ SecretId: 'x', SecretString: '{"a":"b c"}' });
    expect(standIn.otherRuns).toEqual([['npx', 'cdk', 'deploy']]);
  });
});
