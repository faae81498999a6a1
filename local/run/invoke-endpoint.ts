import { createServer, type ServerResponse } from 'node:http';
import type { HostedFunction } from '../host/function.ts';
import type { InvocationResult } from '../host/invocation.ts';
import { closeServer, listenOnLoopback, type Service } from '../http-server.ts';
import { isCalledByUs, UNKNOWN_CALLER } from '../services/identity.ts';

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/**
 * Serves Lambda's Invoke for the functions of this run, so that the command line can run the poller
 * as on AWS.
 */
export async function startInvokeEndpoint(functions: readonly HostedFunction[]): Promise<Service> {
  const server = createServer(async (request, response) => {
    if (!isCalledByUs(request)) return answer(response, UNKNOWN_CALLER.status, UNKNOWN_CALLER.body);
    const name = INVOKE.exec(new URL(request.url ?? '/', 'http://localhost').pathname)?.[1];
    const hosted = functions.find(({ definition }) => definition.name === name);
    if (!hosted || request.method !== 'POST')
      return answer(response, 404, {
        __type: 'ResourceNotFoundException',
        message: 'There is no such function.',
      });
    request.resume();
    respond(response, await hosted.invoke('{}'));
  });
  return { url: await listenOnLoopback(server), close: () => closeServer(server) };
}

function respond(response: ServerResponse, result: InvocationResult): void {
  switch (result.kind) {
    case 'success':
      response.end(result.payload);
      return;
    case 'error':
      response.setHeader('x-amz-function-error', 'Unhandled');
      answer(response, 200, { errorType: result.errorType, errorMessage: result.message });
      return;
    case 'throttled':
      response.setHeader('x-amzn-errortype', 'TooManyRequestsException');
      answer(response, 429, { message: 'Rate Exceeded.' });
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}
