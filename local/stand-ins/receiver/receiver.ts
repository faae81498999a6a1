import { createServer, type ServerResponse } from 'node:http';
import { closeServer, listenOnPort } from '../../http-server.ts';
import { type AnsweredCall, type CallCounts, createCalls } from './calls.ts';
import { type Respond, receive } from './receive.ts';
import { createVerify } from './verify.ts';

export interface ReceiverOptions {
  /**
   * Standard Webhooks secrets, base64 with or without `whsec_`. A signature by any of them is good.
   */
  readonly secrets: readonly string[];
  /** The port; 0, the default, is any free one. */
  readonly port?: number;
  /** Called with each call when it has been answered. */
  readonly onCall?: (call: AnsweredCall) => void;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** A webhook of our own: verifies every call and answers 204 (401 when the signature is wrong). */
export interface Receiver {
  /** Address to POST to. */
  readonly url: string;
  /** Asked how to answer each call. */
  respond?: Respond;
  /** The latest 1,000 calls, oldest first. */
  calls(): readonly AnsweredCall[];
  /** Counts since the start, of all calls. */
  counts(): Readonly<CallCounts>;
  /** Stops, and breaks open connections, hanging ones too. */
  stop(): Promise<void>;
}

export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { secrets, port = 0, onCall, now = Date.now } = options;
  const log = createCalls();
  const receiving = { log, verify: createVerify(secrets), now, respond: () => receiver.respond, onCall };

  const server = createServer((request, response) => {
    if (request.method !== 'POST') return refuse(response);
    receive(receiving, request, response).catch(() => response.destroy()); // the caller went away
  });
  const origin = `http://127.0.0.1:${await listenOnPort(server, port)}`;

  const receiver: Receiver = {
    url: `${origin}/webhook`,
    calls: log.calls,
    counts: log.counts,
    stop: () => closeServer(server),
  };
  return receiver;
}

function refuse(response: ServerResponse): void {
  response.writeHead(405, { allow: 'POST' }).end();
}
