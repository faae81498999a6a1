import type { Batch } from '../ledger/items.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isEmpty } from '../queue/count.ts';
import { markDismissed } from './dismiss.ts';
import { OperationError } from './operation-error.ts';
import type { OnProgress, OperationsDeps } from './operations-deps.ts';

/** Events of one batch that could neither be sent nor read again. */
export interface UnreadableEvents {
  readonly batch: string;
  /** The two positions of the log between which they lie. */
  readonly from: string;
  readonly to: string;
  /** In order, as the table's sets have none. */
  readonly ordinals: readonly number[];
}

export interface DismissUnreadableArgs {
  /** Only this batch; all batches by default. */
  readonly batch?: string;
  /**
   * True to dismiss while messages wait, too. One of those may be such an event that was sent
   * before its poll died.
   */
  readonly force?: boolean;
}

const PAGE = 100;
/** SQS's counts are right about a minute after the last change. */
const COUNTS_RIGHT_AFTER_MS = 61_000;

/**
 * Finds the events that could neither be sent nor read again and hold the checkpoint. It reads a
 * page of batches at a time.
 */
export async function* unreadableEvents(
  ledger: Pick<Ledger, 'openBatchesAfter'>,
): AsyncGenerator<UnreadableEvents> {
  let after: string | undefined;
  for (;;) {
    const page: readonly Batch[] = await ledger.openBatchesAfter(after, PAGE);
    for (const { id, from, to, pending, unreadable } of page) {
      const ordinals = [...unreadable].filter((ordinal) => pending.has(ordinal)).toSorted((a, b) => a - b);
      if (ordinals.length > 0) yield { batch: id, from, to, ordinals };
    }
    after = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

/**
 * Gives up the events that Auth0 no longer keeps and that have no message, so that the checkpoint
 * moves on. A poll that died may have sent some of them, and their messages would then be dropped
 * without a request. So this is refused while anything waits, and what waits is counted twice, more
 * than a minute apart.
 */
export async function dismissUnreadable(
  deps: Pick<OperationsDeps, 'ledger' | 'queue' | 'deadLetterQueue' | 'sleep'> & {
    /** Keeps a note of what was given up. Its failure must not be one of the dismissal. */
    readonly note?: ((events: UnreadableEvents) => Promise<void>) | undefined;
  },
  { batch, force = false }: DismissUnreadableArgs = {},
  onProgress: OnProgress = () => {},
): Promise<{ readonly dismissed: number }> {
  let dismissed = 0;
  let isChecked = force;
  for await (const found of unreadableEvents(deps.ledger)) {
    if (batch !== undefined && found.batch !== batch) continue;
    if (!isChecked) await refuseWhileWaiting(deps);
    isChecked = true;
    await markDismissed(deps.ledger, found.batch, found.ordinals);
    await deps.note?.(found);
    dismissed += found.ordinals.length;
    onProgress(dismissed);
  }
  if (batch !== undefined && dismissed === 0)
    throw new OperationError(
      'argument',
      `"${batch}" is no batch with unreadable events: see the list of them`,
    );
  return { dismissed };
}

async function refuseWhileWaiting({
  queue,
  deadLetterQueue,
  sleep,
}: Pick<OperationsDeps, 'queue' | 'deadLetterQueue' | 'sleep'>): Promise<void> {
  const nothingWaits = async () => (await isEmpty(queue)) && (await isEmpty(deadLetterQueue));
  if (await nothingWaits()) {
    await sleep(COUNTS_RIGHT_AFTER_MS);
    if (await nothingWaits()) return;
  }
  throw new OperationError(
    'refused',
    'messages wait, and one of them may be an event that is marked unreadable but was sent: wait until both queues are empty, or force it',
  );
}
