import { describe, expect, it } from 'vitest';
import { HELP, parseArguments } from '../../../local/run/arguments.ts';
import { UserError } from '../../../local/user-error.ts';

function refusal(...args: string[]): UserError {
  try {
    parseArguments(args);
  } catch (error) {
    if (error instanceof UserError) return error;
  }
  throw new Error(`${args.join(' ')} was not refused`);
}

describe('parseArguments', () => {
  it('has a default for everything', () => {
    expect(parseArguments([])).toEqual({
      once: false,
      timeoutSeconds: 300,
      verbose: false,
      pollSeconds: undefined,
      concurrentCalls: undefined,
      retryWindowSeconds: undefined,
      data: undefined,
      fresh: false,
      port: 4280,
      open: false,
      quiet: false,
      help: false,
    });
  });

  it('reads every option', () => {
    const line =
      '--once --port 5000 --open --timeout 60 --poll-seconds 5 --concurrent-calls 10 --retry-window 30 --data /tmp/x --fresh --quiet --help';

    expect(parseArguments(line.split(' '))).toEqual({
      once: true,
      timeoutSeconds: 60,
      verbose: false,
      pollSeconds: 5,
      concurrentCalls: 10,
      retryWindowSeconds: 30,
      data: '/tmp/x',
      fresh: true,
      port: 5000,
      open: true,
      quiet: true,
      help: true,
    });
  });

  it.each([
    [['--chatty'], "Unknown option '--chatty'"],
    [['now'], "Unexpected argument 'now'"],
    [['--timeout'], '--timeout <value>'],
    [['--timeout', '0'], "--timeout takes a whole number from 1 to 86400, not '0'"],
    [['--timeout', '1.5'], "not '1.5'"],
    [['--poll-seconds=-1'], "--poll-seconds takes a whole number from 1 to 86400, not '-1'"],
    [['--concurrent-calls', '101'], "--concurrent-calls takes a whole number from 1 to 100, not '101'"],
    [['--retry-window', '1036801'], "--retry-window takes a whole number from 1 to 1036800, not '1036801'"],
    [['--once=yes'], "'--once'"],
    [['--data', ''], '--data needs a directory'],
  ])('refuses %j with exit code 2', (args, message) => {
    const refused = refusal(...args);

    expect(refused.message).toContain(message);
    expect(refused.message).toMatch(/Try --help\.$/);
    expect(refused.exitCode).toBe(2);
  });

  it('explains every option in the help', () => {
    const options = [
      'once',
      'timeout',
      'poll-seconds',
      'concurrent-calls',
      'retry-window',
      'data',
      'fresh',
      'quiet',
      'help',
    ];

    expect(options.filter((option) => !HELP.includes(`  --${option} `))).toEqual([]);
  });
});
