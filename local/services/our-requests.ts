import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { isCalledByUs, UNKNOWN_CALLER } from './identity.ts';

/**
 * Lets a server see only requests that came whole and have this run's key. When a client goes away
 * in the middle of its request dynalite throws, which ends the process. Our clients are killed on
 * purpose. What dynalite gets is no stream but its two events, for a seventh of the work.
 */
export function answerOurRequests(server: Server): void {
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    response.on('error', () => {}); // nobody is left to answer
    text(request).then(
      (body) => {
        if (!isCalledByUs(request)) return refuse(response);
        const { method, url, headers } = request;
        const whole = Object.assign(new EventEmitter(), { method, url, headers });
        for (const listener of listeners) Reflect.apply(listener, server, [whole, response]);
        whole.emit('data', Buffer.from(body));
        whole.emit('end');
      },
      () => response.destroy(),
    );
  });
}

function refuse(response: ServerResponse): void {
  const { status, body } = UNKNOWN_CALLER;
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}
