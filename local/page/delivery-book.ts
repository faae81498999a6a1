import * as z from 'zod';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import type { DeliveryAttempted } from '../output/log-line.ts';

export interface Attempt {
  /** Epoch milliseconds of its end. */
  readonly at: number;
  readonly number: number;
  readonly outcome: DeliveryAttempted['outcome'];
  readonly status: number | undefined;
  readonly reason: string | undefined;
  readonly durationMs: number;
}

/** One event on its way to the webhook, as the page shows it. */
export interface Delivery {
  readonly logId: string;
  readonly resource: string;
  readonly type: string;
  readonly method: string;
  readonly path: string;
  readonly description: string;
  readonly state: 'waiting' | DeliveryAttempted['outcome'];
  /** When it was first handed to the delivery function, epoch milliseconds. */
  readonly seenAt: number;
  /** When it is tried again, epoch milliseconds. */
  readonly nextAt: number | undefined;
  readonly attempts: readonly Attempt[];
  /** The exact text that is POSTed. */
  readonly body: string;
}

export interface DeliveryBook {
  /** A message that the queue handed out. */
  handedOut(message: { readonly logId: string; readonly resource: string; readonly body: string }): void;
  attempted(line: DeliveryAttempted): void;
  /** The newest first. */
  latest(most: number): readonly Delivery[];
  get(logId: string): Delivery | undefined;
}

/** As many as a page can show; older ones are forgotten, so that a long run does not grow. */
const MOST = 10_000;
/** A body may have a megabyte; the newest keep theirs. */
const MOST_BODY_BYTES = 64 * 2 ** 20;

const shape = z.object({
  type: z.string().catch(''),
  description: z.string().catch(''),
  request: z
    .object({ method: z.string().catch(''), path: z.string().catch('') })
    .catch({ method: '', path: '' }),
});

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
  return {
    handedOut({ logId, resource, body }) {
      if (deliveries.has(logId)) return;
      const { type = '', description = '', request } = shape.safeParse(jsonOrUndefined(body)).data ?? {};
      const told = { type, description, method: request?.method ?? '', path: request?.path ?? '' };
      bodyBytes += body.length;
      put({
        logId,
        resource,
        ...told,
        state: 'waiting',
        seenAt: now(),
        nextAt: undefined,
        attempts: [],
        body,
      });
      forget();
    },
    attempted({ logId, outcome, attempt, status, reason, durationMs, retryDelaySeconds }) {
      const known = deliveries.get(logId);
      if (!known) return;
      const made: Attempt = { at: now(), number: attempt, outcome, status, reason, durationMs };
      const nextAt = retryDelaySeconds === undefined ? undefined : now() + retryDelaySeconds * 1000;
      put({ ...known, state: outcome, nextAt, attempts: [...known.attempts, made].slice(-100) });
    },
    latest: (most) => [...deliveries.values()].slice(-most).reverse(),
    get: (logId) => deliveries.get(logId),
  };
}
