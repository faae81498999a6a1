import { CommanderError } from 'commander';
import { LogReadError } from '../lambdas/poller/reading/log-read-error.ts';
import { OperationError } from '../lambdas/shared/operations/operation-error.ts';
import { awsReason } from './connect/aws-reason.ts';

/** 0: fine. 1: something is wrong. 2: the command line makes no sense. */
export type ExitCode = 0 | 1 | 2;

/**
 * An error that a person can mend. Its message says what is wrong and what to do, and holds no
 * secret.
 */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof CliError) return error.exitCode;
  if (error instanceof OperationError) return error.reason === 'argument' ? 2 : 1;
  return 1;
}

/** The part of a terminal that explains errors. */
interface Teller {
  print(line: string): void;
  note(line: string): void;
  style(tone: 'bad', text: string, on: 'errors'): string;
}

/**
 * Prints one line that says what to do, never a stack trace. Prints nothing for commander's own
 * errors, which commander has printed already.
 */
export function explain(error: unknown, { terminal, asJson }: { terminal: Teller; asJson: boolean }): void {
  if (error instanceof CommanderError) {
    if (asJson && error.exitCode !== 0)
      terminal.print(JSON.stringify({ error: error.message.replace(/^error: /, '') }));
    return;
  }
  const message = messageOf(error);
  if (asJson) terminal.print(JSON.stringify({ error: message }));
  else terminal.note(`${terminal.style('bad', 'error:', 'errors')} ${message}`);
}

export function messageOf(error: unknown): string {
  if (error instanceof CliError || error instanceof OperationError) return error.message;
  if (error instanceof LogReadError) return `${error.message} (${error.reason})`;
  return (
    awsReason(error) ?? `this broke: ${error instanceof Error ? `${error.name}: ${error.message}` : error}`
  );
}
