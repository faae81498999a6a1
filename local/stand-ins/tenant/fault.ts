import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './answer.ts';

/**
 * What goes wrong with one request. An answer is sent instead of the real one (a text body as
 * `text/html`). `reset` breaks the connection. `hang` never answers. `truncate` sends half of the
 * real body and calls it whole. `cut` breaks the connection in the middle of the body. `delayMs`
 * answers as usual, later. `bytesPerSecond` answers over a slow line.
 */
export type TenantFault =
  | Answer
  | 'reset'
  | 'hang'
  | 'truncate'
  | 'cut'
  | { readonly delayMs: number }
  | { readonly bytesPerSecond: number };

export interface TenantRequest {
  readonly kind: 'token' | 'logs' | 'management';
  readonly url: URL;
  /** Number of requests of that kind so far, this one included. */
  readonly count: number;
}

/** A slow line's bytes come in so many parts a second. */
const PARTS_A_SECOND = 10;

export function send(response: ServerResponse, answer: Answer, fault?: TenantFault): void {
  const isText = typeof answer.body === 'string';
  const body = Buffer.from(isText ? String(answer.body) : (JSON.stringify(answer.body) ?? ''));
  const sent = fault === 'truncate' ? body.subarray(0, body.length >> 1) : body;
  response.writeHead(answer.status, {
    'content-type': isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    ...(answer.status === 204 ? {} : { 'content-length': sent.length }),
    ...answer.headers,
  });
  if (fault === 'cut') response.write(body.subarray(0, body.length >> 1), () => response.destroy());
  else if (typeof fault === 'object' && 'bytesPerSecond' in fault)
    drip(response, sent, fault.bytesPerSecond).catch(() => response.destroy());
  else response.end(sent);
}

async function drip(response: ServerResponse, body: Buffer, bytesPerSecond: number): Promise<void> {
  const part = Math.max(1, Math.floor(bytesPerSecond / PARTS_A_SECOND));
  for (let start = 0; start < body.length && !response.destroyed; start += part) {
    response.write(body.subarray(start, start + part));
    await sleep(1_000 / PARTS_A_SECOND);
  }
  response.end();
}

export function reset(request: IncomingMessage): void {
  request.socket.destroy();
}
