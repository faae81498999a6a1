import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';

export interface RawRequest {
  readonly head: string;
  readonly body: string;
  /** Number of the request among all, from 1. */
  readonly count: number;
  /** Number of the request on this connection, from 1. */
  readonly onConnection: number;
}

export interface RawServer {
  readonly port: number;
  readonly requests: RawRequest[];
  readonly connections: number;
}

/**
 * Starts an HTTP server that works on bytes: `answer` writes what it likes once a request has come
 * whole. It ends with the test.
 */
export async function rawServer(
  answer: (socket: Socket, request: RawRequest) => void,
  tls?: TlsOptions,
): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const requests: RawRequest[] = [];
  let connections = 0;
  const onConnection = (socket: Socket) => {
    sockets.add(socket);
    connections++;
    let received = '';
    let own = 0;
    socket.on('error', () => {}); // the client may break off
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const end = received.indexOf('\r\n\r\n');
      if (end === -1) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (received.length < end + 4 + length) return;
      const request = { head: received.slice(0, end), body: received.slice(end + 4), onConnection: ++own };
      received = '';
      const counted = { ...request, count: requests.length + 1 };
      requests.push(counted);
      answer(socket, counted);
    });
  };
  const server: Server = tls ? createTlsServer(tls, onConnection) : createServer(onConnection);
  server.on('tlsClientError', () => {}); // a refused handshake is what some tests want
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    requests,
    get connections() {
      return connections;
    },
  };
}

/** Makes a whole answer. The connection stays open. */
export function httpAnswer(status: number, body = '', headers: Record<string, string> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Some Reason\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${lines.join('')}\r\n${body}`;
}
