import { DatabaseSync } from 'node:sqlite';
// By path, as fauxqs exports only a server that listens on every interface, and whose persistence has the fault below.
import { PersistenceManager } from '../../node_modules/fauxqs/dist/persistence.js';

interface Receive {
  readonly handle: string;
  readonly count: number;
  readonly firstAt: number | undefined;
}

/**
 * fauxqs 2.4.1's SQLite file, with two differences:
 * - A received message is written as ready: who holds it dies with this process, so after a restart it need not wait for
 *   its visibility time-out. A visibility time that was set on purpose (a retry delay) is kept.
 * - A message made visible again (`ChangeMessageVisibility` 0) keeps its receive count. fauxqs writes NULL into a
 *   NOT NULL column there, which throws half-way: the message disappears and its group stays blocked.
 */
export class QueuePersistence extends PersistenceManager {
  readonly #received = new Map<string, Receive>();

  constructor(folder: string) {
    super(folder);
    const database: unknown = Reflect.get(this, 'db');
    // In WAL mode this survives a kill; only a power cut may take the newest commits. An fsync a message costs 4 ms.
    if (database instanceof DatabaseSync) database.exec('PRAGMA synchronous = NORMAL');
  }

  override updateMessageInflight(
    id: string,
    handle: string,
    until: number,
    count: number,
    firstAt: number | undefined,
  ): void {
    const isReceive = this.#received.get(id)?.handle !== handle;
    this.#received.set(id, { handle, count, firstAt });
    if (isReceive) super.updateMessageInflight(id, '', 0, count, firstAt);
    else super.updateMessageInflight(id, handle, until, count, firstAt);
  }

  override updateMessageReady(id: string): void {
    const { count = 0, firstAt = undefined } = this.#received.get(id) ?? {};
    super.updateMessageInflight(id, '', 0, count, firstAt);
  }

  override deleteMessage(id: string): void {
    this.#received.delete(id);
    super.deleteMessage(id);
  }
}
