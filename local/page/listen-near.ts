import type { Server } from 'node:http';
import { listenOnPort } from '../http-server.ts';

/** Ports that are tried after the first when it is taken, before any free one. */
const PORTS_TRIED = 10;

export async function listenNear(server: Server, first: number): Promise<number> {
  const ports = first === 0 ? [0] : [...Array.from({ length: PORTS_TRIED }, (_, index) => first + index), 0];
  for (const port of ports) {
    try {
      return await listenOnPort(server, port);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    }
  }
  throw new Error('No port is free for the page.');
}
