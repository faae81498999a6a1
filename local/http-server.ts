import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';

/** A part of local mode that listens. */
export interface Service {
  /** Its address, `http://127.0.0.1:<port>`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Binds a server to a port of the loopback interface, 0 for any free one; resolves with the port.
 */
export async function listenOnPort(server: Server | SecureServer, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** Binds a server to a free port of the loopback interface; resolves with its address. */
export async function listenOnLoopback(server: Server): Promise<string> {
  return `http://127.0.0.1:${await listenOnPort(server, 0)}`;
}

/**
 * Stops a server without waiting for kept-alive connections, whose other end may never close them.
 */
export async function closeServer(server: Server | SecureServer): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
