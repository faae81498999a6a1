import * as z from 'zod';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import type { Attempt, DeliveryState, OnItsWay, Row } from './shapes.ts';

/** One event on its way to the webhook, as the page keeps it. */
export interface Delivery extends OnItsWay {
  readonly attempts: readonly Attempt[];
  /** The exact text that is POSTed. */
  readonly body: string;
}

/** A message as the queue hands it out. */
export interface HandedOut {
  readonly logId: string;
  readonly resource: string;
  readonly body: string;
}

const shape = z.object({
  type: z.string().catch(''),
  description: z.string().catch(''),
  request: z
    .object({ method: z.string().catch(''), path: z.string().catch('') })
    .catch({ method: '', path: '' }),
});

export function newDelivery(
  { logId, resource, body }: HandedOut,
  state: DeliveryState,
  now: number,
): Delivery {
  const { type = '', description = '', request } = shape.safeParse(jsonOrUndefined(body)).data ?? {};
  const { method = '', path = '' } = request ?? {};
  const begun = { state, seenAt: now, nextAt: undefined, attempts: [], dismissedFor: undefined };
  return { logId, resource, type, description, method, path, ...begun, body };
}

export function rowOf({ body: _, attempts, ...delivery }: Delivery): Row {
  return { ...delivery, attempts: attempts.length, last: attempts.at(-1) };
}
