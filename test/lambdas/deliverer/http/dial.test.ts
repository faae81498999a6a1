import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { dial } from '../../../../lambdas/deliverer/http/dial.ts';
import { deafListener } from '../../../support/deaf-listener.ts';
import { clientOfPort } from '../../../support/webhook-call.ts';

const V4 = { address: '127.0.0.1', family: 4 };
const SECOND_V4 = { address: '127.0.0.2', family: 4 };
/** A multicast address. The kernel has no route to it for TCP, as on a network without IPv6. */
const UNROUTED_V6 = { address: 'ff0e::1', family: 6 };
const never = () => new AbortController().signal;

async function listening(host: string, port = 0): Promise<number> {
  const server = createServer((_request, response) => response.end()).listen(port, host);
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

it('reaches a host that takes longer than a quarter of a second, beside an address without a route', async () => {
  const port = await deafListener('127.0.0.1', 500);

  for (const addresses of [
    [V4, UNROUTED_V6],
    [UNROUTED_V6, V4],
  ]) {
    const socket = await dial(addresses, port, never());
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
  }
});

it('does not wait for an address that never answers', async () => {
  const port = await deafListener('127.0.0.2', 60_000);
  await listening('127.0.0.1', port);
  const startedAt = performance.now();

  const socket = await dial([SECOND_V4, V4], port, never());

  expect(socket.remoteAddress).toBe('127.0.0.1');
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  socket.destroy();
});

it('goes on with the slow one when the other refuses', async () => {
  const port = await deafListener('127.0.0.1', 800); // nobody listens at 127.0.0.2

  const socket = await dial([V4, SECOND_V4], port, never());

  expect(socket.remoteAddress).toBe('127.0.0.1');
  socket.destroy();
});

it('ends with the signal', async () => {
  const port = await deafListener('127.0.0.1', 60_000);
  const over = new Error('over');

  await expect(dial([V4], port, AbortSignal.abort(over))).rejects.toBe(over);
  const aborting = new AbortController();
  setTimeout(() => aborting.abort(over), 50);

  await expect(dial([V4], port, aborting.signal)).rejects.toBe(over);
});

it.each([
  ['refused', [V4]],
  ['refused', [UNROUTED_V6, V4]],
  ['ipv6-only', [UNROUTED_V6]],
])('%s is told of %j', async (detail, addresses) => {
  const client = clientOfPort(1, { url: new URL('http://name.example:9/') }, 1, async () => addresses);

  expect(await client.attempt('900', '{}')).toEqual({ kind: 'retry', reason: 'connection', detail });
});

it('gives a connection the time-out of connecting, however many addresses there are', async () => {
  const port = await deafListener('127.0.0.1', 60_000);
  const url = new URL(`http://name.example:${port}/`);
  const client = clientOfPort(1, { url, timeoutSeconds: 1 }, 1, async () => [V4, V4, V4]);
  const startedAt = performance.now();

  expect(await client.attempt('900', '{}')).toEqual({ kind: 'retry', reason: 'timeout-connect' });
  expect(performance.now() - startedAt).toBeLessThan(1_500);
});
