import { dirname } from 'node:path';
import { onTestFinished } from 'vitest';
import { runShell, type Shell, type ShellRun } from '../../support/aws-cli/shell.ts';
import { type StandIn, startStandIn } from '../../support/aws-cli/stand-in.ts';
import { type OnEnd, operationsWorld } from '../../support/operations-world.ts';
import { LAMBDA_LINES } from './lambda-lines.ts';
import { type OperatorAws, operatorAnswers } from './operator-answers.ts';

/** Programs of the runbook beside `aws` and `jq`: they only keep their words. */
const PROGRAMS = {
  npx: () => '',
  npm: () => '',
  git: () => '',
  auth0: () => '[]\n',
  curl: () => '200 after 0.1 s\n',
  sleep: () => '',
};

const OUR_LINES = [
  {
    level: 'info',
    event: 'poll.completed',
    time: '10:00',
    stoppedBy: 'caught-up',
    read: 3,
    pending: 0,
    lagSeconds: 0,
  },
  {
    level: 'error',
    event: 'poll.failed',
    time: '10:01',
    reason: 'auth0.scope',
    message: 'the scope is missing',
  },
  {
    level: 'error',
    event: 'settings.invalid',
    time: '10:02',
    secret: 'x/auth0',
    faults: [{ key: 'A', expected: 'b' }],
  },
  { level: 'error', event: 'gap.detected', time: '10:03', from: '1', to: '2' },
  {
    level: 'warn',
    event: 'delivery.attempted',
    time: '10:04',
    outcome: 'retry',
    reason: 'gone',
    resource: 'users/a',
  },
  {
    level: 'error',
    event: 'delivery.attempted',
    time: '10:05',
    outcome: 'dead-lettered',
    logId: '1',
    reason: 'status',
  },
  { level: 'error', event: 'delivery.not-started', time: '10:06', error: 'AccessDeniedException' },
];

export interface OperatorShell extends OperatorAws {
  readonly standIn: StandIn;
  /** Runs what a person types after having sourced docs/operations.sh. */
  run(shell: Shell, typed: string, input?: string): Promise<ShellRun>;
}

export const STACK = 'auth0-webhooks';

/** A person with the runbook before a stack whose table and queues are the embedded ones. */
export async function operatorShell(onEnd: OnEnd = onTestFinished): Promise<OperatorShell> {
  const aws: OperatorAws = {
    world: await operationsWorld(onEnd),
    stack: STACK,
    secrets: new Map([
      [
        `${STACK}/auth0`,
        JSON.stringify({ AUTH0_DOMAIN: 'a.eu.auth0.com', AUTH0_CLIENT_SECRET: 'old secret' }),
      ],
      [
        `${STACK}/webhook`,
        JSON.stringify({ WEBHOOK_URL: 'https://example.com/h', WEBHOOK_SIGNING_SECRET: 'kept' }),
      ],
    ]),
    lines: [...OUR_LINES, ...Object.values(LAMBDA_LINES)],
    questions: [],
  };
  const standIn = await startStandIn(operatorAnswers(aws), PROGRAMS);
  onEnd(() => standIn.close());
  const variables = {
    ...standIn.variables,
    PATH: [standIn.folder, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    AWS_REGION: 'us-east-1',
  };
  return {
    ...aws,
    standIn,
    run: (shell, typed, input) =>
      runShell(shell, `. docs/operations.sh ${STACK}\n${typed}`, variables, input),
  };
}
