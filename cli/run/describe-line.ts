import type { LoggedLine } from '../connect/connection.ts';
import { numberOf, textOf } from '../connect/logged-line.ts';
import type { Terminal, Tone } from '../terminal/terminal.ts';

/** One line of a function's log in words: when, what, about what, and how it ended. */
export function describeLine(logged: LoggedLine, terminal: Terminal): string {
  const { at, line } = logged;
  const time = terminal.style(
    'dim',
    new Date(at)
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z$/, 'Z'),
  );
  return `${time}  ${sentence(logged, terminal) ?? plain(line)}`;
}

function sentence(logged: LoggedLine, terminal: Terminal): string | undefined {
  const number = (key: string) => numberOf(logged, key) ?? 0;
  switch (logged.line.event) {
    case 'delivery.attempted':
      return attempt(logged, terminal);
    case 'poll.completed':
      return `poll         ${number('read')} read, ${number('matched')} matched, lag ${number('lagSeconds')} s, stopped by ${textOf(logged, 'stoppedBy')} (${number('durationMs')} ms)`;
    case 'poll.failed':
      return `${terminal.style('bad', 'poll failed')}  ${textOf(logged, 'message')} (${textOf(logged, 'reason')})`;
    case 'event.dismissed':
      return dismissal(logged, terminal);
    default:
      return undefined;
  }
}

function dismissal(logged: LoggedLine, terminal: Terminal): string {
  const status = numberOf(logged, 'status');
  const reason = textOf(logged, 'reason');
  const was = status === undefined ? reason : reason === 'status' ? `${status}` : `${status} ${reason}`;
  const why = textOf(logged, 'reasonText') || 'no reason given';
  return `${terminal.style('bold', 'dismissed'.padEnd(13))} ${textOf(logged, 'resource')} ${textOf(logged, 'logId')} (was dead-lettered: ${was}): ${why}`;
}

const TONES: Readonly<Record<string, Tone>> = { delivered: 'good', retry: 'warn', 'dead-lettered': 'bad' };

function attempt(logged: LoggedLine, terminal: Terminal): string {
  const outcome = textOf(logged, 'outcome');
  const why = textOf(logged, 'detail') || textOf(logged, 'reason');
  const answer = [String(numberOf(logged, 'status') ?? ''), why]
    .filter((part) => part !== '' && part !== 'status')
    .join(' ');
  const next = textOf(logged, 'nextAttemptAt');
  const replay = logged.line.replay === true ? ', resent' : '';
  return [
    terminal.style(TONES[outcome] ?? 'bold', outcome.padEnd(13)),
    `${textOf(logged, 'resource')} ${textOf(logged, 'logId')}`,
    `(attempt ${numberOf(logged, 'attempt') ?? '?'}${replay}, ${answer}, ${numberOf(logged, 'durationMs') ?? '?'} ms${next === '' ? '' : `, again at ${next}`})`,
  ].join(' ');
}

/** The line's own fields, without the context that every line has. */
function plain({
  event,
  type,
  level,
  time,
  webhook,
  requestId,
  _aws,
  ...fields
}: LoggedLine['line']): string {
  const parts = Object.entries(fields).flatMap(([key, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value) ? [`${key}=${value}`] : [],
  );
  const name = typeof event === 'string' ? event : typeof type === 'string' ? type : '';
  return `${[typeof level === 'string' ? level : '', name].filter((part) => part !== '').join(' ')}  ${parts.join(' ')}`;
}

/** True for a line about something that went wrong, also for one that Lambda wrote. */
export function isFailure(logged: LoggedLine): boolean {
  const { line } = logged;
  if (textOf(logged, 'outcome') === 'delivered') return false;
  return (
    /^(warn|error|fatal)$/i.test(textOf(logged, 'level')) ||
    line.status === 'timeout' ||
    line.event === 'poll.failed'
  );
}
