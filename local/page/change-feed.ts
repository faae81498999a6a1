import type { Delivery } from './delivery.ts';
import { rowOf } from './delivery.ts';
import type { Changes, Counts } from './shapes.ts';

/** Often enough to look live, seldom enough that a backlog is not told event by event. */
const EVERY_MS = 200;
/** Beyond it the page asks for the newest ones instead. */
const MOST = 100;

export interface ChangeFeed {
  changed(delivery: Delivery): void;
  close(): void;
}

/** Tells of changed deliveries, several at a time and each once. */
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
