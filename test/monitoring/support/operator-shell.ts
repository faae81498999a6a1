import { dirname } from 'node:path';
import { runShell, type Shell, type ShellRun } from '../../support/aws-cli/shell.ts';
import { type StandIn, startStandIn } from '../../support/aws-cli/stand-in.ts';
import { LAMBDA_LINES } from './lambda-lines.ts';
import { operatorAnswers } from './operator-answers.ts';
import { parsesAsCommand } from './parses-as-command.ts';

/**
 * Programs of the runbook beside `aws`. Of the command line only the parser runs; the others only
 * keep their words.
 */
const PROGRAMS = {
  npx: ([program = '', ...words]: readonly string[]) =>
    program === 'auth0-webhooks' ? parsesAsCommand(words) : '',
  npm: () => '',
  git: () => '',
  auth0: () => '[]\n',
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

export const STACK = 'auth0-webhooks';

export interface OperatorShell {
  readonly standIn: StandIn;
  /** Runs what a person types after sourcing docs/operations.sh. */
  run(shell: Shell, typed: string): Promise<ShellRun>;
}

/** A person with the runbook before a deployed stack. */
export async function operatorShell(): Promise<OperatorShell> {
  const lines = [...OUR_LINES, ...Object.values(LAMBDA_LINES)];
  const standIn = await startStandIn(operatorAnswers({ stack: STACK, lines }), PROGRAMS);
  const variables = {
    ...standIn.variables,
    PATH: [standIn.folder, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    AWS_REGION: 'us-east-1',
  };
  return {
    standIn,
    run: (shell, typed) => runShell(shell, `. docs/operations.sh ${STACK}\n${typed}`, variables),
  };
}
