import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { OperationError } from '../../lambdas/shared/operations/operation-error.ts';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import { ACTIONS, type ActionDeps } from './actions.ts';
import type { Delivery } from './delivery-book.ts';
import { POLICY } from './guard.ts';

/** Of everything that is answered. */
export const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

export async function act(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  deps: ActionDeps,
): Promise<void> {
  const input = jsonOrUndefined(await text(request));
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action) return end(response, 404, 'No such action.');
  try {
    json(response, 200, { told: await action(input ?? {}, deps) });
  } catch (error) {
    const isTheirs = error instanceof OperationError || error instanceof z.ZodError;
    if (isTheirs)
      return json(response, 400, {
        told: error instanceof z.ZodError ? z.prettifyError(error) : error.message,
      });
    json(response, 500, { told: error instanceof Error ? error.message : String(error) });
  }
}

export function detail(response: ServerResponse, delivery: Delivery | undefined): void {
  if (!delivery) end(response, 404, 'This event is not known any more.');
  else json(response, 200, { ...delivery, body: jsonOrUndefined(delivery.body) });
}

export function withoutBody({ body: _, ...delivery }: Delivery): Omit<Delivery, 'body'> {
  return delivery;
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function end(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(message);
}
