import { createBacklog } from './backlog.ts';
import { describe } from './describe.ts';
import { shortResource } from './in-words.ts';
import type { DeliveryAttempted, LogLine, PollCompleted, Printed } from './log-line.ts';
import type { Printer } from './printer.ts';

/** Prints what happens: sums for a backlog, a line an event for all else. */
export type Narrate = (printed: Printed, functionName: string, stream: string) => void;

export interface CalmOptions {
  readonly printer: Pick<Printer, 'say'>;
  /** Words for what happened in an event that is being delivered. */
  readonly wordsOf: (logId: string) => string;
  readonly now: () => number;
  /** Called after a backlog, whose lines have pushed away what was said before. */
  readonly afterBacklog: () => void;
  /** Called when the webhook refuses the signature for the first time. */
  readonly onUnauthorised: () => void;
}

/**
 * Failures that are printed within so long a time; the others are counted. Failures of one webhook
 * are alike.
 */
const MOST_FAILURES = 5;
const FAILURES_MS = 30_000;

const WORDS = 26;
const RESOURCE = 31;

export function createCalm(options: CalmOptions): Narrate {
  const { printer, now } = options;
  const backlog = createBacklog(options);
  const failures: number[] = [];
  let unsaid = 0;
  let lastComplaint: string | undefined;
  let isRefusalTold = false;

  const attempted = (line: DeliveryAttempted) => {
    const isOver = line.outcome !== 'retry';
    const isCounted = backlog.took(line);
    if (line.outcome === 'delivered') {
      if (!isCounted) printer.say(eventLine('✓', line, options.wordsOf(line.logId)), 'good');
    } else if (mayTell()) {
      printer.say(eventLine('✗', line, options.wordsOf(line.logId)), isOver ? 'bad' : 'warn');
    } else unsaid++;
    if ((line.status === 401 || line.status === 403) && !isRefusalTold) {
      isRefusalTold = true;
      options.onUnauthorised();
    }
    backlog.endIfOver();
  };
  const mayTell = (): boolean => {
    while ((failures[0] ?? Number.POSITIVE_INFINITY) < now() - FAILURES_MS) failures.shift();
    if (failures.length >= MOST_FAILURES) return false;
    if (unsaid > 0) printer.say(`… ${unsaid} more failed like these`);
    unsaid = 0;
    failures.push(now());
    return true;
  };
  const polled = (line: PollCompleted) => {
    if (line.matched > 0) backlog.matched(line.read, line.matched);
    else if (line.stoppedBy === 'rate-limit') complain(describe({ kind: 'known', line }, now()));
    if (lastComplaint !== undefined && line.stoppedBy !== 'rate-limit') {
      lastComplaint = undefined;
      printer.say('polls work again', 'good');
    }
  };
  /** A poll that fails every two seconds is reported once. */
  const complain = (text: string | undefined) => {
    if (text === undefined || text === lastComplaint) return;
    lastComplaint = text;
    printer.say(`! ${text}`, 'warn');
  };
  const known = (line: LogLine) => {
    if (line.event === 'delivery.attempted') attempted(line);
    else if (line.event === 'poll.completed') polled(line);
    else if (line.event.startsWith('endpoint.'))
      printer.say(`! ${describe({ kind: 'known', line }, now())}`, 'warn');
    else complain(describe({ kind: 'known', line }, now()));
  };
  return (printed, functionName, stream) => {
    if (printed.kind === 'known') return known(printed.line);
    const text = describe(printed, now());
    if (text !== undefined)
      printer.say(printed.kind === 'text' ? `${functionName} ${stream}: ${text}` : `! ${text}`);
  };
}

/**
 * The line of an event: `✓ user deleted   auth0|123   204  9 ms`. For a failure it has the answer
 * and what comes next.
 */
function eventLine(mark: string, line: DeliveryAttempted, words: string): string {
  const { resource, status, reason, detail, excerpt, durationMs, attempt, outcome, retryDelaySeconds } = line;
  const why = reason === 'status' ? undefined : (detail ?? reason);
  const answer = [status, outcome === 'delivered' ? undefined : why].filter((part) => part !== undefined);
  const said = excerpt === undefined || excerpt.trim() === '' ? '' : `  “${excerpt.trim()}”`;
  const next =
    outcome === 'dead-lettered'
      ? '  moved to the dead-letter queue'
      : retryDelaySeconds === undefined
        ? ''
        : `  next try in ${Math.round(retryDelaySeconds)} s`;
  return [
    `${mark} ${words.padEnd(WORDS)} ${shortResource(resource).padEnd(RESOURCE)} ${answer.join(' ')}  ${durationMs} ms`,
    attempt > 1 ? `  attempt ${attempt}` : '',
    said,
    next,
  ].join('');
}
