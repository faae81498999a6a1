import { total } from '../../lambdas/shared/queue/count.ts';
import { numberOf } from '../connect/logged-line.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { duration, moment } from '../terminal/times.ts';
import type { Status } from './status.ts';

const LABEL = 12;

/** One screen. */
export function statusLines(status: Status, terminal: Terminal, now: number): readonly string[] {
  const { problems, standing, lastPoll, lastDelivery } = status;
  const line = (label: string, text: string) => `  ${terminal.style('dim', label.padEnd(LABEL))}${text}`;
  const at = (time: number | undefined, none: string) => (time === undefined ? none : moment(time, now));
  const { visible, hidden } = standing.queued;
  return [
    problems.length === 0
      ? terminal.style('good', `● ${status.place}: flowing`)
      : terminal.style(
          'bad',
          `● ${status.place}: ${problems.length === 1 ? 'one thing is' : `${problems.length} things are`} wrong`,
        ),
    line('lag', status.lagSeconds === 0 ? 'nothing waits' : duration(status.lagSeconds)),
    line(
      'cursor',
      standing.cursor === undefined
        ? 'nothing was read yet'
        : `${standing.cursor}  ${at(status.cursorAt, '')}`,
    ),
    line('checkpoint', standing.checkpoint ?? 'not known now'),
    line('undelivered', `${standing.isExact ? '' : 'about '}${standing.pending}`),
    line('queue', `${visible} waiting, ${hidden} in flight or held back (${total(standing.queued)} in all)`),
    line('dead', String(standing.deadLettered)),
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
            status.alarms.length === 0 ? 'none fires' : status.alarms.map(({ name }) => name).join(', '),
          ),
        ]),
    ...problems.flatMap(({ what, todo }) => ['', `${terminal.style('bad', '✗')} ${what}`, `  → ${todo}`]),
  ];
}
