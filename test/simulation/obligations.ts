import type { Entry } from './auth0-log.ts';
import { matches } from './letters.ts';
import type { PromiseOptions } from './promise-options.ts';
import type { Receipt } from './receipt.ts';

/** What a run owes to the webhook, and what became of it. */
export class Obligations {
  readonly receipts = new Map<string, Receipt[]>();
  readonly sent = new Set<string>();
  readonly deadLettered = new Set<string>();
  readonly dismissed = new Set<string>();
  /**
   * Events whose messages were purged or expired. They are read again, perhaps out of order, or
   * reported as abandoned.
   */
  readonly purged = new Set<string>();
  /**
   * Events whose message may stand behind a later one's: SQS refused it in a call that took the
   * later one, or it was sent anew.
   */
  readonly disordered = new Set<string>();
  readonly filters = new Set<'wide' | 'narrow'>();
  /**
   * True when events are read again on purpose: after a rewind, a purge or the loss of the table.
   */
  reread = false;
  /** True when a process may have read the state of one table and the batches of the next. */
  tableLost = false;
  /** True when batches of a restored table may wait for messages that were delivered since. */
  restored = false;
  /** The step at which the ledger recorded the end of an event, by place. */
  readonly recordedAt = new Map<string, number>();
  protected readonly claims = new Map<string, readonly string[]>();
  protected readonly batchOf = new Map<string, string>();
  protected readonly options: PromiseOptions;
  /**
   * Events before the position at which a new table began to read. What was not sent by then is
   * nobody's any more.
   */
  protected readonly forgotten = new Set<string>();
  protected beganAt = 0;
  /** True from a rebind to another tenant until a poll has begun there. */
  protected beginsElsewhere = false;
  /**
   * Events of which the restored table has no batch. Once Auth0 has lost them, too, their messages
   * still arrive, but nothing holds the checkpoint for them.
   */
  protected readonly unseen = new Set<string>();

  constructor(options: PromiseOptions) {
    this.options = options;
  }

  /** Forgets the claims of the old table, as the new one knows nothing about them. */
  loseTable(): void {
    this.beginAnew();
    this.forget();
  }

  /**
   * Takes note that the ledger is bound to another tenant's log. It begins there as on the first
   * day, with all that this log still has, or at its end. Of the former log only what was sent by
   * then is owed.
   */
  protected rebind(): void {
    for (const { logId } of this.options.log().entries) this.forgotten.delete(logId);
    this.beginsElsewhere = true;
    this.beginAnew();
    this.forget();
  }

  private beginAnew(): void {
    this.reread = true;
    this.tableLost = true;
    this.batchOf.clear();
  }

  /**
   * Takes note that the restored table is older than the queue. What happened since is read and
   * delivered again.
   */
  restoreTable(): void {
    this.reread = true;
    this.tableLost = true;
    this.restored = true;
    this.beginsElsewhere = this.options.table().items.get('state')?.startsAnew !== undefined;
    this.recordedAt.clear();
    for (const [id, receipts] of this.receipts)
      this.receipts.set(
        id,
        receipts.map((receipt) => ({ ...receipt, place: undefined })),
      );
    // A batch that was claimed and never sent is unread again, as far as the restored table knows.
    for (const [id, batch] of this.batchOf) {
      if (!this.sent.has(id)) this.batchOf.delete(id);
      else if (!this.options.table().items.has(batch)) this.unseen.add(id);
    }
  }

  protected forget(): void {
    if (!this.tableLost || !this.options.beginsAtTheEnd) return;
    for (const { logId } of this.options.log().entries) this.forgotten.add(logId);
  }

  /**
   * True when every filter that was in force takes the event, and it was there to be read once the
   * table was in use.
   */
  isObliged(entry: Entry): boolean {
    const { id, logId, letter, at } = entry;
    const log = this.options.log();
    const isForgotten = this.forgotten.has(logId) || !log.has(entry);
    if (isForgotten && (!this.sent.has(logId) || this.purged.has(logId))) return false;
    const cursor = this.options.table().items.get('state')?.cursor?.S ?? '';
    if (at + log.keptMs < (cursor === '' ? this.options.now() : this.beganAt)) return false;
    // An entry without an id is taken together with the next one that has one.
    if (letter === '=' && id > cursor) return false;
    return [...this.filters].every((filter) => matches(letter, filter === 'narrow'));
  }

  isDone(entry: Entry): boolean {
    return this.receipts.has(entry.logId) || this.dismissed.has(entry.logId);
  }

  /**
   * True when nobody can deliver the event any more. It left Auth0's log before any poll claimed
   * it, or after its message was purged.
   */
  isBeyondReach(entry: Entry): boolean {
    return (
      this.options.log().isGone(entry) && (!this.batchOf.has(entry.logId) || this.purged.has(entry.logId))
    );
  }

  /** Entries with that id: one, but for those that have none of their own. */
  protected entriesOf(logId: string): readonly Entry[] {
    return this.options.logs.flatMap(({ entries }) => entries.filter((entry) => entry.logId === logId));
  }

  /** The events of a claimed batch, by ordinal. */
  idsOf(batch: string): readonly string[] {
    return this.claims.get(batch) ?? [];
  }
}
