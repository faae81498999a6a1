import { describe, expect, it } from 'vitest';
import { SAVED_QUERIES } from '../../infra/monitoring/queries.ts';
import { askInsights, flat } from '../support/aws-cli/insights.ts';
import { LAMBDA_LINES } from './support/lambda-lines.ts';
import { section } from './support/runbook.ts';

const OURS = {
  level: 'info',
  event: 'poll.completed',
  time: '2026-11-25T10:00:00.000Z',
  stoppedBy: 'caught-up',
};

/** The query that an article puts to a function's log. */
function questionOf(alarm: string, folder: 'poller' | 'deliverer'): string {
  const [, question] = new RegExp(`^ask ${folder} '(.*)'$`, 'm').exec(section(alarm, 3)) ?? [];
  if (question === undefined) throw new Error(`${alarm} asks the ${folder} nothing`);
  return question;
}

/** Number of rows that a query gives of one line of Lambda's and a good one of ours. */
const rowsOf = (question: string, line: object) => askInsights(question, [flat(OURS), flat(line)]).length;

const QUESTIONS = {
  'deliverer-crashing': questionOf('deliverer-crashing', 'deliverer'),
  'polls-failing': questionOf('polls-failing', 'poller'),
  'What went wrong, anywhere?': SAVED_QUERIES.troubles.lines.join(' | '),
};

describe.each(Object.entries(QUESTIONS))('%s', (_, question) => {
  it.each(['timedOut', 'outOfMemory'] as const)('finds an invocation that Lambda ended: %s', (line) => {
    expect(rowsOf(question, LAMBDA_LINES[line])).toBe(1);
  });

  it('does not show those that ended well', () => {
    expect(rowsOf(question, LAMBDA_LINES.ended)).toBe(0);
  });

  it.each(['uncaught', 'warning'] as const)("finds what Lambda's runtime says itself: %s", (line) => {
    expect(rowsOf(question, LAMBDA_LINES[line])).toBe(1);
  });
});

describe('the question of deliverer-crashing', () => {
  it('shows how long it ran, how much memory it used, and which error it was', () => {
    const [row = []] = askInsights(QUESTIONS['deliverer-crashing'], [flat(LAMBDA_LINES.outOfMemory)]);

    expect(Object.fromEntries(row.map(({ field, value }) => [field, value]))).toMatchObject({
      'record.status': 'error',
      'record.errorType': 'Runtime.OutOfMemory',
      'record.metrics.maxMemoryUsedMB': '512',
      'record.metrics.memorySizeMB': '512',
    });
  });
});
