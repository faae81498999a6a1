import type { Batch } from '../../lambdas/shared/ledger/items.ts';
import { timeOf } from '../../lambdas/shared/log-position.ts';
import type { Connection } from '../connect/connection.ts';
import { openLog } from './open-log.ts';

/** An event of an open batch that is neither delivered nor dismissed. */
export interface Undelivered {
  readonly logId: string;
  readonly resource: string;
  /** `failing`: attempted, and tried again. `waiting`: not attempted yet. */
  readonly kind: 'failing' | 'waiting' | 'dead' | 'unreadable';
  readonly attempts: number;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
}

export interface UndeliveredOptions {
  /** Ids of those that are known to be on the dead-letter queue. */
  readonly dead: ReadonlySet<string>;
  readonly limit: number;
  readonly accept: (event: Undelivered) => boolean;
  readonly progress: (count: number) => void;
}

const PAGE = 100;

/**
 * Names the events of open batches, oldest first. The ledger keeps only their places, so each
 * batch's range is read again from Auth0. A place is left out when the range no longer has an event
 * there, as after a change of the filter.
 */
export async function undelivered(
  connection: Connection,
  { dead, limit, accept, progress }: UndeliveredOptions,
): Promise<{ readonly events: readonly Undelivered[]; readonly isComplete: boolean }> {
  const log = await openLog(connection);
  const { ledger } = connection.operations;
  const events: Undelivered[] = [];
  let after: string | undefined;
  for (;;) {
    const batches: readonly Batch[] = await ledger.openBatchesAfter(after, PAGE);
    for (const batch of batches) {
      const ids: { readonly logId: string; readonly resource: string }[] = [];
      for await (const page of log.range(batch.from, batch.to)) ids.push(...page);
      for (const event of ofBatch(batch, ids, dead)) {
        if (!accept(event)) continue;
        if (events.length === limit) return { events, isComplete: false };
        events.push(event);
      }
      progress(events.length);
    }
    after = batches.at(-1)?.id;
    if (batches.length < PAGE) return { events, isComplete: true };
  }
}

function ofBatch(
  { pending, failures, unreadable, oldestAt }: Batch,
  ids: readonly { readonly logId: string; readonly resource: string }[],
  dead: ReadonlySet<string>,
): readonly Undelivered[] {
  return [...pending]
    .toSorted((a, b) => a - b)
    .flatMap((ordinal): Undelivered[] => {
      const event = ids[ordinal];
      const attempts = failures.get(ordinal)?.attempts ?? 0;
      if (!event && !unreadable.has(ordinal)) return [];
      const { logId = `(place ${ordinal})`, resource = '' } = event ?? {};
      const isUnreadable = unreadable.has(ordinal);
      const tried = attempts > 0 ? 'failing' : 'waiting';
      const kind = isUnreadable ? 'unreadable' : dead.has(logId) ? 'dead' : tried;
      return [{ logId, resource, kind, attempts, at: timeOf(logId) ?? oldestAt }];
    });
}
