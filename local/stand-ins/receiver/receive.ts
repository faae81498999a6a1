import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { jsonOrUndefined } from '../../../lambdas/shared/text/json.ts';
import type { AnsweredCall, Call, Calls } from './calls.ts';
import { readBody } from './read-body.ts';
import { single, type Verify } from './verify.ts';

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly delayMs?: number;
}

/** Decides how a call is answered. Undefined means 204, or 401 when the signature is not good. */
export type Respond = (call: Call) => Reply | 'reset' | 'hang' | undefined;

export interface Receiving {
  readonly log: Calls;
  readonly verify: Verify;
  readonly now: () => number;
  readonly respond: () => Respond | undefined;
  readonly onCall: ((call: AnsweredCall) => void) | undefined;
}

/** Takes one POST: verifies it, answers it, and records both. */
export async function receive(
  { log, verify, now, respond, onCall }: Receiving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const time = now();
  const closed = opened(log, response);
  const body = await readBody(request);
  const call = callOf(request, body, time, verify);
  const reply = body === undefined ? TOO_LARGE : (respond()?.(call) ?? usual(call));
  if (typeof reply === 'object' && reply.delayMs !== undefined) await delay(reply.delayMs);

  const answered = { ...call, status: typeof reply === 'string' ? reply : reply.status };
  log.add(answered);
  if (reply !== 'hang') closed();
  if (reply === 'reset') request.socket.destroy();
  else if (reply !== 'hang') response.writeHead(reply.status, reply.headers).end(reply.body);
  onCall?.(answered);
}

const TOO_LARGE: Reply = { status: 413 };

function usual({ problem }: Call): Reply {
  return { status: problem === undefined ? 204 : 401 };
}

/**
 * Counts a call as open until its answer is written, as the caller may start its next call then, or
 * until it goes away.
 */
function opened(log: Calls, response: ServerResponse): () => void {
  let isOpen = true;
  const closed = () => {
    if (isOpen) log.closed();
    isOpen = false;
  };
  log.opened();
  response.once('close', closed);
  return closed;
}

function callOf(
  { headers, url = '/' }: IncomingMessage,
  body: Buffer | undefined,
  time: number,
  verify: Verify,
): Call {
  const text = body?.toString() ?? '';
  const timestamp = single(headers['webhook-timestamp']);
  return {
    time,
    webhookId: single(headers['webhook-id']),
    attemptTime: /^\d{1,15}$/.test(timestamp) ? Number(timestamp) : undefined,
    problem: body === undefined ? 'The body is too large' : verify(text, headers),
    path: url,
    headers,
    bytes: text.length,
    body: jsonOrUndefined(text),
  };
}
