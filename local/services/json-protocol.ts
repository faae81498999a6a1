import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import { isCalledByUs, UNKNOWN_CALLER } from './identity.ts';

/** What a service answers; `body` is JSON. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

const REFUSED: Answer = { status: UNKNOWN_CALLER.status, body: JSON.stringify(UNKNOWN_CALLER.body) };

/**
 * Answers a request of AWS's JSON protocol 1.0. Only this run's own processes get an answer.
 *
 * @param answer gets the operation (`x-amz-target`), the body (undefined when it is no JSON), and
 * what tells that the caller waits no longer
 */
export function answerJson(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (target: string, input: unknown, gone: AbortSignal) => Answer | Promise<Answer>,
): void {
  const answered = async () => {
    if (!isCalledByUs(request)) return send(response, REFUSED); // whatever it sends is not kept
    const input = jsonOrUndefined(await text(request));
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    send(response, await answer(String(request.headers['x-amz-target']), input, gone.signal));
  };
  response.on('error', () => {}); // nobody is left to answer
  answered().catch(() => response.destroy()); // the client went away
}

/**
 * What a service answers when it fails itself. Log lines tell the name of an error only, and a full
 * disk is what its user can mend.
 */
export function faultOf(error: unknown): Answer {
  const message = String(error);
  const __type = /disk is full|ENOSPC|EDQUOT/.test(message) ? 'DiskFull' : 'InternalServerError';
  return { status: 500, body: JSON.stringify({ __type, message }) };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  // With its length the answer goes out in one piece, without in chunks, for five times the time.
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
  };
  response.writeHead(status, headers).end(body);
}
