import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

/**
 * What goes wrong with one request. An answer is sent instead of the real one (a text body as `text/html`); `reset`
 * breaks the connection; `hang` never answers; `truncate` sends half of the real body and calls it whole; `cut` breaks
 * the connection in the middle of the body; `delayMs` answers as usual, later.
 */
export type Fault = Answer | 'reset' | 'hang' | 'truncate' | 'cut' | { readonly delayMs: number };

export interface TenantRequest {
  readonly kind: 'token' | 'logs';
  readonly url: URL;
  /** Requests of that kind so far, this one included. */
  readonly count: number;
}

export function send(response: ServerResponse, answer: Answer, fault?: Fault): void {
  const isText = typeof answer.body === 'string';
  const body = Buffer.from(isText ? String(answer.body) : JSON.stringify(answer.body));
  const sent = fault === 'truncate' ? body.subarray(0, body.length >> 1) : body;
  response.writeHead(answer.status, {
    'content-type': isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    'content-length': sent.length,
    ...answer.headers,
  });
  if (fault !== 'cut') {
    response.end(sent);
    return;
  }
  response.write(body.subarray(0, body.length >> 1), () => response.destroy());
}

export function reset(request: IncomingMessage): void {
  request.socket.destroy();
}
