import type { DeadLetter } from '../../lambdas/shared/operations/dead-letters.ts';
import type { DeadLetterList } from '../../lambdas/shared/operations/list-dead-letters.ts';
import { CliError } from '../errors.ts';
import { table } from '../terminal/table.ts';
import { moment } from '../terminal/times.ts';

export function deadLetterRows(letters: readonly DeadLetter[], now: number): readonly string[] {
  return table(
    ['LOG_ID', 'RESOURCE', 'REASON', 'STATUS', 'ATTEMPTS', 'SINCE'],
    letters.map(({ logId, resource, reason, status, attempts, since }) => [
      logId,
      resource,
      reason,
      status === undefined ? '-' : String(status),
      attempts === undefined ? '-' : String(attempts),
      moment(since, now),
    ]),
  );
}

/** Counts by reason, most first: `12 status, 3 timeout-response`. */
export function byReason(letters: readonly Pick<DeadLetter, 'reason'>[]): string {
  return [...Map.groupBy(letters, ({ reason }) => reason)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([reason, own]) => `${own.length} ${reason}`)
    .join(', ');
}

/**
 * Says which events are there more than once, as they were read again. Each reading has to be
 * delivered or dismissed by itself, so whoever names the log_id means all of them.
 */
export function repeatedLines(letters: readonly Pick<DeadLetter, 'logId'>[]): readonly string[] {
  const repeated = [...Map.groupBy(letters, ({ logId }) => logId)].filter(([, own]) => own.length > 1);
  const [first] = repeated;
  if (!first) return [];
  const [logId, own] = first;
  const others = repeated.length === 1 ? '' : `, and so are ${repeated.length - 1} others`;
  return [
    `${logId} is there ${own.length} times${others}: read again, as after a rewind. Its log_id means all of them.`,
  ];
}

/**
 * Says how many would be changed, and why they are dead. SQS shows ten of a resource at most, and
 * 500 are looked at.
 */
export function howMany({ letters, total, seen }: DeadLetterList): string {
  if (letters.length === 0) return `what matches of the ${total - seen} dead letters that lie behind`;
  const these = letters.length === 1 ? 'this dead letter' : `these ${letters.length} dead letters`;
  const others = seen < total ? `, and what matches of the ${total - seen} others,` : '';
  return `${these}${others} (${byReason(letters)})`;
}

/** Lists the ones that match, and says what is not known of the others. */
export function matchingLines(list: DeadLetterList, now: number): readonly string[] {
  const { letters, total, seen } = list;
  return [
    `${letters.length} of ${total} dead letters match.`,
    ...(letters.length > 0 ? deadLetterRows(letters, now) : []),
    ...repeatedLines(letters),
    ...(seen < total
      ? [
          `${total - seen} were not looked at: they lie behind these, or another command has them in hand (five minutes at most).`,
        ]
      : []),
  ];
}

/** Throws a CliError for ids that are no dead letters, unless they may lie behind others. */
export function refuseUnknown(logIds: readonly string[], { seen, total }: DeadLetterList): void {
  if (logIds.length === 0 || seen < total) return;
  throw new CliError(
    `not on the dead-letter queue: ${logIds.join(', ')}. Nothing was changed; \`auth0-webhooks events show LOG_ID\` says where an event stands, and only what is dead can be redriven or dismissed`,
  );
}
