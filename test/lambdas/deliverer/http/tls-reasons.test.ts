import { createServer } from 'node:net';
import { TLSSocket, type TlsOptions } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { authority, chained } from '../../../support/certificates.ts';
import { httpAnswer, rawServer } from '../../../support/raw-server.ts';
import { clientOfPort } from '../../../support/webhook-call.ts';

const ours = await authority('Ours');
const others = await authority('Others');
const server = await ours.issue('localhost');
const chain = await chained();
const LOOPBACK = async () => [{ address: '127.0.0.1', family: 4 }];

/** Makes one attempt on a TLS server, under a name that resolves to it. */
async function attempted(tls: TlsOptions | undefined, settings = {}, host = 'localhost') {
  const names: unknown[] = [];
  const receiver = await rawServer((socket) => {
    if (socket instanceof TLSSocket) names.push(socket.servername);
    socket.write(httpAnswer(200));
  }, tls);
  const url = new URL(`https://${host}:${receiver.port}/`);
  const client = clientOfPort(1, { url, ca: ours.ca, ...settings }, 1, LOOPBACK);
  const outcome = await client.attempt('900', '{}');
  return { outcome, names, requests: receiver.requests.length, head: receiver.requests[0]?.head };
}

describe('a failed handshake says why', () => {
  const past = { notBefore: Date.now() - 2_000_000, notAfter: Date.now() - 1_000_000 };
  const future = { notBefore: Date.now() + 1_000_000, notAfter: Date.now() + 2_000_000 };
  const weak = { ciphers: 'DEFAULT@SECLEVEL=0' };

  it.each<[string, () => Promise<TlsOptions>, object?, string?]>([
    ['expired', async () => await ours.issue('localhost', past)],
    ['not-yet-valid', async () => await ours.issue('localhost', future)],
    ['wrong-name', async () => server, {}, 'other.example'],
    ['intermediate-missing-or-unknown-authority', async () => server, { ca: others.ca }],
    ['intermediate-missing-or-unknown-authority', async () => chain.leaf, { ca: chain.root }],
    [
      'unknown-authority',
      async () => ({ ...chain.leaf, cert: [chain.leaf.cert, chain.intermediate].join('\n') }),
    ],
    [
      'unknown-authority',
      async () => ({ ...chain.leaf, cert: [chain.leaf.cert, chain.intermediate, chain.root].join('\n') }),
    ],
    ['client-certificate-wanted', async () => ({ ...server, requestCert: true, ca: ours.ca })],
    ['old-version', async () => ({ ...server, ...weak, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })],
    [
      'client-certificate-wanted-or-no-common-cipher',
      async () => ({ ...server, maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }),
    ],
  ])('%s', async (detail, tls, settings = {}, host = 'localhost') => {
    const { outcome, requests } = await attempted(await tls(), settings, host);

    expect(outcome).toEqual({ kind: 'retry', reason: 'tls', detail });
    expect(requests).toBe(0);
  });

  it('delivers where the chain is whole', async () => {
    const whole = { ...chain.leaf, cert: [chain.leaf.cert, chain.intermediate].join('\n') };

    expect((await attempted(whole, { ca: chain.root })).outcome).toMatchObject({ kind: 'delivered' });
  });

  it.each([
    ['no-tls-there', 'HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n'],
    ['no-tls-there', '220 mail.example ESMTP\r\n'],
    ['handshake-broken-off', ''],
  ])('%s, where a server that speaks no TLS says %j', async (detail, answer) => {
    const plain = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(answer));
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const address = plain.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const url = new URL(`https://localhost:${port}/`);

    const outcome = await clientOfPort(1, { url }, 1, LOOPBACK).attempt('900', '{}');

    expect(outcome).toEqual({ kind: 'retry', reason: 'tls', detail });
    plain.close();
  });

  it('says what OpenSSL says of a client certificate that it does not take', async () => {
    const weakKey = { clientCertificate: { cert: server.cert, key: chain.leaf.key } };

    const { outcome } = await attempted(server, weakKey);

    expect(outcome).toMatchObject({ kind: 'retry', reason: 'tls', detail: expect.stringMatching(/^err-/) });
  });
});

it('sends the name without its final dot, and checks the certificate for that', async () => {
  const { outcome, names, head } = await attempted(server, {}, 'localhost.');

  expect(outcome).toMatchObject({ kind: 'delivered' });
  expect(names).toEqual(['localhost']);
  expect(head).toMatch(/\r\nhost: localhost\.:\d+\r\n/);
});

it('sends no name with an address', async () => {
  const { outcome, names } = await attempted(server, {}, '127.0.0.1');

  expect(outcome).toMatchObject({ kind: 'delivered' });
  expect(names).toEqual([false]);
});

it('closes the connection of a handshake that is given up', async () => {
  const closed = Promise.withResolvers<void>();
  const silent = createServer((socket) => socket.on('error', () => {}).on('close', () => closed.resolve()));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const url = new URL(`https://localhost:${typeof address === 'object' ? address?.port : 0}/`);
  silent.on('connection', (socket) => socket.resume());

  const outcome = await clientOfPort(1, { url, timeoutSeconds: 1 }, 1, LOOPBACK).attempt('900', '{}');

  expect(outcome).toEqual({ kind: 'retry', reason: 'timeout-connect' });
  await closed.promise;
  silent.close();
});
