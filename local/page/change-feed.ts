import type { Delivery } from './delivery.ts';
import { rowOf } from './delivery.ts';
import type { Changes, Counts } from './shapes.ts';

/**
 * How often changes are sent: often enough to look live, seldom enough that a backlog is not sent
 * event by event.
 */
const EVERY_MS = 200;
/** Changes that are sent at a time. Beyond these the page asks for the newest ones instead. */
const MOST = 100;

export interface ChangeFeed {
  changed(delivery: Delivery): void;
  close(): void;
}

/** Sends changed deliveries to the page, several at a time and each once. */
export function createChangeFeed(counts: () => Counts, tell: (changes: Changes) => void): ChangeFeed {
  let waiting = new Map<string, Delivery>();
  const timer = setInterval(() => {
    if (waiting.size === 0) return;
    const all = [...waiting.values()];
    waiting = new Map();
    tell({ rows: all.slice(-MOST).map(rowOf), counts: counts(), more: all.length > MOST });
  }, EVERY_MS);
  timer.unref();
  return {
    changed: (delivery) => void waiting.set(delivery.logId, delivery),
    close: () => clearInterval(timer),
  };
}
