import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FifoQueue } from './fifo-queue.ts';

/** A queue as its requests need it. */
export interface ServedQueue {
  readonly fifo: FifoQueue;
  /** Emits `change` whenever a message may have become visible. */
  readonly changes: EventTarget;
  readonly attributes: Readonly<Record<string, string>>;
  readonly visibilitySeconds: number;
}

/** How often at least a queue is looked at, as a message becomes visible by the clock alone. */
const LOOK_MS = 1_000;

/** Waits until a message may have become visible, the time is over, or the caller is gone. */
export async function changed(
  { fifo, changes }: ServedQueue,
  until: number,
  gone: AbortSignal,
): Promise<void> {
  const next = Math.min(fifo.nextVisibleAt() ?? until, until, Date.now() + LOOK_MS);
  const waiting = new AbortController();
  const signal = AbortSignal.any([gone, waiting.signal]);
  const wakes = [
    once(changes, 'change', { signal }),
    sleep(Math.max(1, next - Date.now()), undefined, { signal }),
  ];
  await Promise.race(wakes).catch(() => {});
  waiting.abort();
  await Promise.allSettled(wakes);
}
