import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenOnPort } from '../../http-server.ts';
import { type AnsweredCall, type CallCounts, createCallLog } from './call-log.ts';
import { callsView } from './calls-view.ts';
import { PAGE, PAGE_POLICY } from './page.ts';
import { type Respond, receive } from './receive.ts';
import { createVerify } from './verify.ts';

export interface ReceiverOptions {
  /** Standard Webhooks secrets, base64 with or without `whsec_`; a signature with any of them is good. */
  readonly secrets: readonly string[];
  /** 0, the default: any free port. */
  readonly port?: number;
  /** Told of each call when it has been answered. */
  readonly onCall?: (call: AnsweredCall) => void;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** A webhook of our own: verifies every call, answers 204 (401 when the signature is wrong), and shows what came. */
export interface Receiver {
  /** Where to POST. */
  readonly url: string;
  /** The page, for people. */
  readonly pageUrl: string;
  /** Asked how to answer each call. */
  respond?: Respond;
  /** The latest 1,000, oldest first. */
  calls(): readonly AnsweredCall[];
  /** Exact since the start. */
  counts(): Readonly<CallCounts>;
  /** Breaks open connections, hanging ones too. */
  stop(): Promise<void>;
}

export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { secrets, port = 0, onCall, now = Date.now } = options;
  const log = createCallLog();
  const receiving = { log, verify: createVerify(secrets), now, respond: () => receiver.respond, onCall };

  const server = createServer((request, response) => {
    if (request.method !== 'POST') return show(request, response);
    receive(receiving, request, response).catch(() => response.destroy()); // the caller went away
  });
  const pageUrl = `http://127.0.0.1:${await listenOnPort(server, port)}/`;

  function show({ method, url }: IncomingMessage, response: ServerResponse): void {
    if (method !== 'GET') response.writeHead(405, { allow: 'GET, POST' }).end();
    else if (url === '/') page(response);
    else if (url === '/calls.json') json(response, callsView(log));
    else response.writeHead(404).end();
  }

  const receiver: Receiver = {
    url: `${pageUrl}webhook`,
    pageUrl,
    calls: log.calls,
    counts: log.counts,
    stop: () => closeServer(server),
  };
  return receiver;
}

const NEVER_STORED = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

function page(response: ServerResponse): void {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY };
  response.writeHead(200, { ...NEVER_STORED, ...headers }).end(PAGE);
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { ...NEVER_STORED, 'content-type': 'application/json' }).end(JSON.stringify(body));
}
