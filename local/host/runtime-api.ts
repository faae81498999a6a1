import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../http-server.ts';
import { handlerError, type Invocation, type InvocationResult } from './invocation.ts';

/** Calls of an execution environment to its Runtime API. */
export interface RuntimeEvents {
  /** The function has loaded or has ended its invocation, and asks for the next event. */
  idle(): void;
  /** The function has taken the event. From now on its time counts. */
  taken(invocation: Invocation): void;
  done(requestId: string, result: InvocationResult): void;
  /** The function's module could not be loaded. */
  initFailed(result: InvocationResult): void;
}

export interface RuntimeApi {
  /**
   * `host:port/key`, for AWS_LAMBDA_RUNTIME_API. Any program on this machine can connect to the
   * port. Without the key it could take an event, which holds personal data, and end it as
   * delivered.
   */
  readonly address: string;
  /** Hands the event over as soon as the function asks for one. */
  offer(invocation: Invocation): void;
  close(): Promise<void>;
}

const ANSWER = /^\/invocation\/([^/]+)\/(response|error)$/;

/** Serves Lambda's Runtime API to one execution environment. */
export async function startRuntimeApi(events: RuntimeEvents): Promise<RuntimeApi> {
  const key = randomBytes(20).toString('hex');
  const prefix = `/${key}/2018-06-01/runtime`;
  let offered: Invocation | undefined;
  let waiting: ServerResponse | undefined;

  const handOver = () => {
    if (!offered || !waiting) return;
    const [invocation, response] = [offered, waiting];
    offered = waiting = undefined;
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(invocation.payload), // else it would go out in chunks
      'lambda-runtime-aws-request-id': invocation.requestId,
      'lambda-runtime-deadline-ms': String(Date.now() + invocation.timeoutMs),
      'lambda-runtime-invoked-function-arn': invocation.functionArn,
    });
    response.end(invocation.payload);
    events.taken(invocation);
  };

  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url?.startsWith(prefix)) return void response.writeHead(404).end();
    const path = request.url.slice(prefix.length);
    if (request.method === 'GET' && path === '/invocation/next') {
      waiting = response;
      events.idle();
      handOver();
      return;
    }
    const body = await text(request);
    const [, requestId, kind] = ANSWER.exec(path) ?? [];
    response.writeHead(requestId || path === '/init/error' ? 202 : 404).end();
    if (path === '/init/error') events.initFailed(handlerError(body));
    if (requestId)
      events.done(requestId, kind === 'response' ? { kind: 'success', payload: body } : handlerError(body));
  };

  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    response.on('error', () => {}); // the process died; its exit tells
    receive(request, response).catch(() => response.destroy());
  });
  const url = await listenOnLoopback(server);
  return {
    address: `${new URL(url).host}/${key}`,
    offer(invocation) {
      offered = invocation;
      handOver();
    },
    close: () => closeServer(server),
  };
}
