import type { DeliveryAttempted } from '../output/log-line.ts';
import { type Delivery, type HandedOut, newDelivery } from './delivery.ts';
import type { Attempt } from './shapes.ts';

/** What is known about each event since the run began. */
export interface DeliveryBook {
  /** Takes note of a message that the queue handed out. */
  handedOut(message: HandedOut): void;
  attempted(line: DeliveryAttempted): void;
  /** Takes note of a message on the dead-letter queue, perhaps from a run before. */
  foundDead(message: HandedOut): void;
  dismissed(logId: string, why: string): void;
  /** Takes note that an event is back on the queue: neither dead nor done. */
  sentAgain(logId: string): void;
  /** All deliveries, oldest first. */
  all(): Iterable<Delivery>;
  get(logId: string): Delivery | undefined;
}

/**
 * Deliveries that are kept: as many as a page can show. Older ones are forgotten, so that a long
 * run does not grow.
 */
const MOST = 10_000;
/** Bytes of bodies that are kept; one may have a megabyte. The newest deliveries keep theirs. */
const MOST_BODY_BYTES = 64 * 2 ** 20;
const MOST_ATTEMPTS = 100;

export function createDeliveryBook(changed: (delivery: Delivery) => void, now = Date.now): DeliveryBook {
  const deliveries = new Map<string, Delivery>();
  let bodyBytes = 0;

  const put = (delivery: Delivery) => {
    deliveries.set(delivery.logId, delivery);
    changed(delivery);
  };
  const forget = () => {
    for (const [logId, { body }] of deliveries) {
      if (deliveries.size <= MOST && bodyBytes <= MOST_BODY_BYTES) return;
      deliveries.delete(logId);
      bodyBytes -= body.length;
    }
  };
  const add = (delivery: Delivery) => {
    bodyBytes += delivery.body.length;
    put(delivery);
    forget();
  };
  const change = (logId: string, changes: Partial<Delivery>) => {
    const known = deliveries.get(logId);
    if (known) put({ ...known, ...changes });
  };
  return {
    handedOut(message) {
      if (!deliveries.has(message.logId)) add(newDelivery(message, 'waiting', now()));
    },
    foundDead(message) {
      if (!deliveries.has(message.logId)) add(newDelivery(message, 'dead-lettered', now()));
    },
    attempted({ logId, attempt, retryDelaySeconds, event: _, ...line }) {
      const known = deliveries.get(logId);
      if (!known) return;
      const made: Attempt = {
        at: now(),
        number: attempt,
        outcome: line.outcome,
        status: line.status,
        reason: line.reason,
        detail: line.detail,
        redirectHost: line.redirectHost,
        excerpt: line.excerpt,
        durationMs: line.durationMs,
      };
      const nextAt = retryDelaySeconds === undefined ? undefined : now() + retryDelaySeconds * 1000;
      const attempts = [...known.attempts, made].slice(-MOST_ATTEMPTS);
      put({ ...known, state: line.outcome, nextAt, attempts, dismissedFor: undefined });
    },
    dismissed: (logId, why) => change(logId, { state: 'dismissed', dismissedFor: why, nextAt: undefined }),
    sentAgain: (logId) => change(logId, { state: 'waiting', dismissedFor: undefined, nextAt: undefined }),
    all: () => deliveries.values(),
    get: (logId) => deliveries.get(logId),
  };
}
