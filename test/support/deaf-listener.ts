import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** Blocks its thread, so that only the kernel listens. Then it serves. */
const LISTENER = `
const server = require('node:http').createServer((request, response) => response.end());
const [host, port, deafMs] = process.argv.slice(1);
server.listen({ host, port: Number(port), backlog: 1 }, () => {
  process.stdout.write(server.address().port + '\\n', () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(deafMs));
  });
});
`;

/**
 * A port at which connections hang, as at a host far away or behind a firewall that drops. Its
 * queue of connections is full and nobody empties it, so the kernel drops what else comes until
 * `deafMs` are over.
 */
export async function deafListener(host: string, deafMs: number, port = 0): Promise<number> {
  const child = spawn(process.execPath, ['-e', LISTENER, host, String(port), String(deafMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    child.kill('SIGKILL');
  });
  const listening = await firstLine(child);
  for (let isFull = false; !isFull; ) {
    const socket = connect({ host, port: listening }).on('error', () => {});
    sockets.push(socket);
    isFull = await Promise.race([once(socket, 'connect').then(() => false), sleep(100, true)]);
  }
  return listening;
}

async function firstLine({ stdout }: ChildProcess): Promise<number> {
  if (!stdout) throw new Error('the listener has no output');
  const [line] = await once(stdout, 'data');
  return Number(String(line));
}
