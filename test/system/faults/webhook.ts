import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { textField } from '../../../lambdas/shared/log-event.ts';
import { closeServer } from '../../../local/http-server.ts';
import type { Seen } from '../events.ts';

export interface WebhookCall {
  readonly id: string;
  readonly resource: string;
  /** Number of the attempt for this event, from 1. */
  readonly attempt: number;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Does with the call what it likes.
 * @returns what the caller got to see of it: a status, or another word for none
 */
export type Answer = (call: WebhookCall) => Seen['status'] | Promise<Seen['status']>;

export interface Webhook {
  readonly url: string;
  answer: Answer;
  /** Every call, in the order of the answers. */
  readonly seen: readonly Seen[];
  /** Number of calls that came in, answered or not. */
  readonly received: () => number;
  readonly mostAtOnce: () => number;
  close(): Promise<void>;
}

export const accept: Answer = ({ response }) => {
  response.writeHead(204).end();
  return 204;
};

export async function startWebhook(): Promise<Webhook> {
  const attempts = new Map<string, number>();
  const seen: Seen[] = [];
  const open = new Set<ServerResponse>();
  let received = 0;
  let most = 0;

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    open.add(response);
    most = Math.max(most, open.size);
    response.once('close', () => open.delete(response));
    const resource = textField(await json(request), 'request', 'path') ?? '';
    const id = String(request.headers['webhook-id']);
    received++;
    const attempt = (attempts.get(id) ?? 0) + 1;
    attempts.set(id, attempt);
    const status = await webhook.answer({ id, resource, attempt, request, response });
    if (typeof status === 'number') open.delete(response); // the caller may start its next call now
    seen.push({ id, resource, status });
  }

  const server = createServer((request, response) => {
    request.on('error', () => {}); // broken connections are the purpose
    response.on('error', () => {});
    take(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the webhook has no port');
  const webhook: Webhook = {
    url: `http://127.0.0.1:${address.port}/hook`,
    answer: accept,
    seen,
    received: () => received,
    mostAtOnce: () => most,
    close: () => closeServer(server),
  };
  return webhook;
}
