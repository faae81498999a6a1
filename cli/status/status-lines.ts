import { total } from '../../lambdas/shared/queue/count.ts';
import { numberOf } from '../connect/logged-line.ts';
import { byReason } from '../run/dead-letter-rows.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { duration, moment } from '../terminal/times.ts';
import type { Status } from './status.ts';

const LABEL = 12;

/** The status on one screen. */
export function statusLines(status: Status, terminal: Terminal, now: number): readonly string[] {
  const { problems, standing, lastPoll, lastDelivery } = status;
  const line = (label: string, text: string) => `  ${terminal.style('dim', label.padEnd(LABEL))}${text}`;
  const at = (time: number | undefined, none: string) => (time === undefined ? none : moment(time, now));
  const { visible, hidden } = standing.queued;
  return [
    problems.length === 0
      ? terminal.style('good', `● ${status.place}: flowing`)
      : terminal.style('bad', `● ${status.place}: ${headline(problems, now)}`),
    line('lag', status.lagSeconds === 0 ? 'nothing waits' : duration(status.lagSeconds)),
    line(
      'cursor',
      standing.cursor === undefined
        ? 'nothing was read yet'
        : `${standing.cursor}  ${at(status.cursorAt, '')}`,
    ),
    line('checkpoint', standing.checkpoint ?? 'not known now'),
    line(
      'undelivered',
      `${standing.isExact ? '' : 'about '}${standing.pending}${status.failing > 0 ? `, of which ${standing.isExact ? '' : 'at least '}${status.failing} failed and are tried again` : ''}`,
    ),
    line('queue', `${visible} waiting, ${hidden} in flight or held back (${total(standing.queued)} in all)`),
    line(
      'dead',
      `${standing.deadLettered}${status.deadLetters.length > 0 ? ` (${byReason(status.deadLetters)})` : ''}`,
    ),
    line('endpoint', endpointWords(status.endpoint)),
    line(
      'last poll',
      lastPoll ? `${at(lastPoll.at, '')}, ${numberOf(lastPoll, 'read') ?? 0} read` : 'none in the last hour',
    ),
    line('delivered', lastDelivery ? at(lastDelivery.at, '') : 'nothing in the last hour'),
    ...(status.alarms === undefined
      ? []
      : [
          line(
            'alarms',
            status.alarms.length === 0
              ? 'none fires'
              : status.alarms
                  .map(({ name, since }) => `${name} (since ${duration((now - since) / 1_000)})`)
                  .join(', '),
          ),
        ]),
    ...problems.flatMap(({ what, todo }) => ['', `${terminal.style('bad', '✗')} ${what}`, `  → ${todo}`]),
  ];
}

function headline(problems: Status['problems'], now: number): string {
  const count = `${problems.length === 1 ? 'one thing is' : `${problems.length} things are`} wrong`;
  const stopping = problems.filter(({ stopsAll }) => stopsAll);
  if (stopping.length === 0) return `${count}, the rest flows`;
  const since = stopping.flatMap((problem) => problem.since ?? []);
  return `${count}, not flowing${since.length > 0 ? ` since ${duration((now - Math.min(...since)) / 1_000)}` : ''}`;
}

function endpointWords(endpoint: Status['endpoint']): string {
  if (endpoint === 'unknown') return 'not known: its settings may not be read';
  if (!endpoint) return 'well';
  return endpoint.since === undefined
    ? 'held back at its own request'
    : `paused since ${new Date(endpoint.since).toISOString()}`;
}
