import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { isCalledByUs, UNKNOWN_CALLER } from './identity.ts';

/**
 * Lets a server see only requests that came whole and have this run's key. When a client goes away
 * in the middle of its request dynalite throws, which ends the process. Our clients are killed on
 * purpose.
 */
export function answerOurRequests(server: Server): void {
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    response.on('error', () => {}); // nobody is left to answer
    buffer(request).then(
      (body) => {
        if (!isCalledByUs(request)) return refuse(response);
        const { method, url, headers } = request;
        const whole = Object.assign(Readable.from([body], { objectMode: false }), { method, url, headers });
        for (const listener of listeners) Reflect.apply(listener, server, [whole, response]);
      },
      () => response.destroy(),
    );
  });
}

function refuse(response: ServerResponse): void {
  const { status, body } = UNKNOWN_CALLER;
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}
