import type { DeadLetter } from '../../lambdas/shared/operations/dead-letters.ts';
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

/** `12 status, 3 timeout-response`, the most first. */
export function byReason(letters: readonly Pick<DeadLetter, 'reason'>[]): string {
  return [...Map.groupBy(letters, ({ reason }) => reason)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([reason, own]) => `${own.length} ${reason}`)
    .join(', ');
}
