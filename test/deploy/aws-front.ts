import { createServer, type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../../local/http-server.ts';
import { actionOf, resourceOf, serviceOf } from './aws-call.ts';
import { type Refusal, refusalIn } from './aws-refusal.ts';

/** One call of a client. */
export interface AwsCall {
  /** The right, by IAM's names, such as `sqs:SendMessage`. */
  readonly action: string;
  /** The resource's ARN, without the random end of a secret's; `*` where the call names none. */
  readonly resource: string;
}

/**
 * Stands before the emulator. It knows who calls what, refuses calls, and answers what moto cannot.
 */
export interface AwsFront {
  readonly url: string;
  readonly calls: readonly AwsCall[];
  refuse: (call: AwsCall) => Refusal | undefined;
  readonly answers: Map<string, (response: ServerResponse, body: Buffer) => void | Promise<void>>;
  stop(): Promise<void>;
}

export async function startAwsFront(emulatorUrl: string): Promise<AwsFront> {
  const calls: AwsCall[] = [];
  const answers: AwsFront['answers'] = new Map();
  const front = { refuse: (_: AwsCall): Refusal | undefined => undefined };
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const service = serviceOf(request);
    const call = { action: actionOf(service, request, body), resource: resourceOf(service, request, body) };
    calls.push(call);
    const refusal = front.refuse(call);
    if (refusal) return refusalIn(service, refusal, response);
    const own = answers.get(call.action);
    if (own) return await own(response, body);
    forward(emulatorUrl, request, body, response);
  });
  const url = await listenOnLoopback(server);
  return Object.assign(front, {
    url: url.replace('127.0.0.1', 'localhost'),
    calls,
    answers,
    stop: () => closeServer(server),
  });
}

function forward(base: string, request: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const { method, headers, url = '/' } = request;
  const passed = requestHttp(new URL(url, base), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => response.destroy());
  passed.end(body);
}
