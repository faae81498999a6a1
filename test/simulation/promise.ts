import type { Item } from '../../lambdas/shared/ledger/attribute-values.ts';
import { checkpointOf } from '../../lambdas/shared/ledger/ledger.ts';
import { parseBatch, parseState } from '../../lambdas/shared/ledger/parse-items.ts';
import { unexplained } from './duplicates.ts';
import { InOrder } from './in-order.ts';
import { ID_OF_TWINS } from './letters.ts';
import { placeOf, type Receipt } from './receipt.ts';

/**
 * Watches a run, and says when it breaks a line of the promise (docs/protocol.md). It knows what
 * the webhook got, whatever the ledger says.
 */
export class Promised extends InOrder {
  /**
   * True when SQS moved a message after its last receive, so that the ledger does not know of the
   * dead letter.
   */
  movedBySqs = false;
  /** Since when deliveries are paused, by the write of the item; the time in it may be older. */
  pausedAt: number | undefined;
  /** True when an operator has forced a rebind. */
  mayForget = false;
  private checked = '';

  onWrite(sk: string, before: Item | undefined, after: Item | undefined): void {
    if (sk === 'pause' && before?.deliveries === undefined) this.pausedAt = this.options.now();
    if (sk === 'pause' && after?.deliveries === undefined) this.pausedAt = undefined;
    if (sk === 'state') this.onState(before, after);
    else if (sk.startsWith('batch#')) this.onBatch(sk, before, after);
    else if (sk === 'checkpoint' && !this.tableLost)
      this.checkPosition(after?.position?.S ?? '', 'the written checkpoint');
    else return;
    if (sk !== 'checkpoint') this.checkCheckpoint();
  }

  onArrival(receipt: Receipt, logId: string): void {
    const earlier = this.receipts.get(logId) ?? [];
    const why = unexplained(receipt, earlier, this.recordedAt, this.reread || logId === ID_OF_TWINS);
    const entry = this.entriesOf(logId)[0];
    if (!entry) throw new Error(`the webhook got ${logId}, which is no event of the log`);
    if (why !== undefined) this.fail('P2', `event ${entry.number} was sent again: ${why}`);
    if (earlier.length === 0) this.checkOrder(entry);
    this.receipts.set(logId, [...earlier, receipt]);
    if (Number(entry.letter) > 0) this.options.meet('created by POST');
    if (entry.letter === '=') this.options.meet('entry without an id');
  }

  private onState(before: Item | undefined, after: Item | undefined): void {
    if (!after) return;
    if (before && before.tenant?.S !== after.tenant?.S) this.onRebound(before);
    // While the log was empty there was no position from which a gap could show.
    if (!before || this.beginsElsewhere) this.forget();
    if (!after.startsAnew) this.beginsElsewhere = false;
    if (!before?.cursor?.S) this.beganAt = this.options.now();
    const { last, cursor } = parseState(after);
    this.checkWhose(cursor);
    if (before && cursor < parseState(before).cursor) this.reread = true;
    if (!last || this.claims.has(last.id)) return;
    this.claims.set(last.id, last.ids);
    const { meet } = this.options;
    const log = this.options.log();
    const covered = log.entries.filter(({ id }) => id > last.from && id <= last.to);
    if (covered.length > log.pageSize) meet('batch of several pages');
    for (const id of last.ids) {
      if (this.entriesOf(id).every((entry) => !log.has(entry)))
        this.fail('P1', `${id.slice(-4)} of another tenant is in a claimed batch`);
      if (this.batchOf.has(id) && !this.reread && id !== ID_OF_TWINS)
        this.fail('P2', `${id.slice(-4)} is in two claimed batches`);
      this.batchOf.set(id, last.id);
      this.unseen.delete(id);
    }
  }

  private checkWhose(cursor: string): void {
    const entry = this.options.logs.flatMap(({ entries }) => entries).find(({ id }) => id === cursor);
    if (entry && !this.options.log().has(entry))
      this.fail('P1', `the cursor is at ${cursor.slice(-4)}, which is another tenant's`);
  }

  /** Checks that nothing open is forgotten, unless an operator forces it. */
  private onRebound(before: Item): void {
    const { ledger } = parseState(before);
    const batches = this.options.table().startingWith('batch#').map(parseBatch);
    const isForgotten = batches.some(
      (batch) => batch.ledger === ledger && this.claims.has(batch.id) && batch.pending.size > 0,
    );
    if (isForgotten && !this.mayForget) this.fail('P1', 'the ledger is rebound while a batch is open');
    this.rebind();
  }

  /** True when the event's batch is abandoned, and it lies after the cursor or in a newer batch. */
  private isReadAgain(sk: string, logId: string): boolean {
    const [state, batch] = ['state', sk].map((key) => this.options.table().items.get(key));
    if (!state || !batch) return false;
    const { abandoned, cursor } = parseState(state);
    const { from, seq } = parseBatch(batch);
    if (!abandoned || seq > abandoned.seq || sk < (abandoned.first ?? '')) return false;
    return cursor <= from || this.batchOf.get(logId) !== sk;
  }

  private onBatch(sk: string, before: Item | undefined, after: Item | undefined): void {
    const left = new Set(after?.pending?.NS);
    const ids = this.claims.get(sk);
    const known = new Set(before?.unreadable?.NS);
    for (const ordinal of after?.unreadable?.NS ?? [])
      if (!known.has(ordinal)) this.checkGivenUp(ids?.[Number(ordinal)] ?? '');
    if (!after && left.size === 0 && before?.pending?.NS) return; // never claimed, or read again
    for (const ordinal of before?.pending?.NS ?? []) {
      if (left.has(ordinal)) continue;
      this.recordedAt.set(placeOf(sk, ordinal), this.options.step());
      const id = ids?.[Number(ordinal)];
      if (id === undefined || this.receipts.has(id) || this.dismissed.has(id)) continue;
      if (!this.isReadAgain(sk, id))
        this.fail('P1', `the ledger says that ${id.slice(-4)} (${sk}) is done, but the webhook never got it`);
    }
  }

  private checkGivenUp(logId: string): void {
    const log = this.options.log();
    if (this.entriesOf(logId).some((entry) => !log.isGone(entry)))
      this.fail('P1', `${logId.slice(-4)} is given up, though Auth0 still has it`);
  }

  /** Checks the checkpoint by the ledger's own rule, at every write that could move it. */
  private checkCheckpoint(): void {
    const table = this.options.table();
    const state = table.items.get('state');
    if (state)
      this.checkPosition(
        checkpointOf(parseState(state), table.startingWith('batch#').map(parseBatch)),
        'the checkpoint',
      );
  }

  private checkPosition(position: string, what: string): void {
    if (position === this.checked) return;
    this.checked = position;
    const log = this.options.log();
    for (const entry of log.entries) {
      if (entry.id > position || this.isDone(entry) || !this.isObliged(entry) || this.isBeyondReach(entry))
        continue;
      if (this.forgotten.has(entry.logId)) continue;
      if (this.unseen.has(entry.logId) && log.isGone(entry)) continue;
      this.fail(
        'P1',
        `${what} is at ${position.slice(-4)}, past event ${entry.number}, which was not delivered`,
      );
    }
  }
}
