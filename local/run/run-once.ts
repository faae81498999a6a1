import type { PollCompleted } from '../output/log-line.ts';
import type { Printer } from '../output/printer.ts';
import { UserError } from '../user-error.ts';
import type { Arguments } from './arguments.ts';
import { catchUp, untilDelivered } from './catch-up.ts';
import type { Journal } from './journal.ts';
import { outstanding } from './operations.ts';
import type { Running } from './running.ts';
import { countOfLetters } from './tell-dead-letters.ts';

/** Seconds between the polls that look for lost messages, unless --poll-seconds says otherwise. */
const REPAIR_POLL_SECONDS = 2;

export interface RunOptions {
  readonly args: Arguments;
  readonly running: Running;
  /** Makes one poll. Gives its log line, or undefined when it failed. */
  readonly poll: () => Promise<PollCompleted | undefined>;
  /**
   * Ends the run. Its reason is `interrupted`, `timeout`, or the mistake that only the user can
   * mend.
   */
  readonly stop: AbortController;
  readonly journal: Journal;
  readonly printer: Printer;
}

/**
 * Polls until it has caught up, waits until nothing is pending, and prints the line of JSON.
 * Resolves with the exit code.
 */
export async function runOnce({ args, running, poll, stop, journal, printer }: RunOptions): Promise<0 | 1> {
  const timeLeft = Math.max(0, args.timeoutSeconds * 1000 - performance.now()); // since the process began
  const timer = setTimeout(() => stop.abort('timeout'), timeLeft);
  await catchUp(poll, stop.signal);
  const pollSeconds = args.pollSeconds ?? REPAIR_POLL_SECONDS;
  const left = () => outstanding(running.operations);
  await untilDelivered({ poll, outstanding: left, pollSeconds, signal: stop.signal });
  clearTimeout(timer);
  const isDone = !stop.signal.aborted;

  await running.stopDelivering();
  if (stop.signal.reason instanceof UserError) return 1; // its message is all that is told
  const { queued: _, ...standing } = await left();
  if (stop.signal.reason === 'timeout')
    printer.error(`Not done within ${args.timeoutSeconds} s (--timeout).`);
  if (standing.deadLettered > 0)
    printer.error(`${countOfLetters(standing.deadLettered)} on the dead-letter queue: not delivered.`);
  printer.result({ ...journal.tally, ...standing, ms: Math.round(performance.now()) });
  // The exit code is not 0 with a dead letter, as a script that runs us must not take one for
  // delivered.
  return isDone && standing.deadLettered === 0 ? 0 : 1;
}
