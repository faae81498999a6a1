import { X509Certificate } from 'node:crypto';
import { TLSSocket, type TlsOptions } from 'node:tls';
import { expect, it } from 'vitest';
import { createWebhookClient } from '../../../lambdas/deliverer/webhook-client.ts';
import { parseWebhookSettings } from '../../../lambdas/shared/settings/webhook-settings.ts';
import { authority } from '../../support/certificates.ts';
import { httpAnswer, rawServer } from '../../support/raw-server.ts';
import { SIGNING_SECRET } from '../../support/settings.ts';

const ours = await authority('Ours');
const others = await authority('Others');
const server = await ours.issue('localhost');
const client = await ours.issue('client');

/** Makes one attempt on a TLS server. The settings are as they stand in the secret. */
async function attempted(tls: TlsOptions, keys: Readonly<Record<string, string>> = {}, host = 'localhost') {
  const shown: (string | undefined)[] = [];
  const of = await rawServer(
    (socket) => {
      if (socket instanceof TLSSocket) shown.push(socket.getPeerCertificate().fingerprint256);
      socket.write(httpAnswer(200));
    },
    { ...server, ...tls },
  );
  const secret = {
    WEBHOOK_URL: `https://${host}:${of.port}/`,
    WEBHOOK_ALLOW_PRIVATE: 'true',
    WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
    ...keys,
  };
  const parsed = parseWebhookSettings(JSON.stringify(secret));
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
  const outcome = await createWebhookClient(parsed.settings, 1, Date.now).attempt('900', '{}');
  return { outcome, requests: of.requests.length, shown };
}

const DELIVERED = { outcome: { kind: 'delivered', status: 200 }, requests: 1 };
const REFUSED = { outcome: { kind: 'retry', reason: 'tls' }, requests: 0 };

it('a certificate of an unknown authority is refused', async () => {
  expect(await attempted({})).toMatchObject(REFUSED);
  expect(await attempted({}, { WEBHOOK_CA: others.ca })).toMatchObject(REFUSED);
});

it('an extra authority is accepted, one of several, also with \\n for its line breaks', async () => {
  expect(await attempted({}, { WEBHOOK_CA: ours.ca })).toMatchObject(DELIVERED);
  expect(await attempted({}, { WEBHOOK_CA: `${others.ca}\n${ours.ca}` })).toMatchObject(DELIVERED);
  expect(await attempted({}, { WEBHOOK_CA: ours.ca.replaceAll(/\r?\n/g, '\\n') })).toMatchObject(DELIVERED);
});

it('a certificate of another name, or one that is over, is refused', async () => {
  const over = await ours.issue('localhost', { notBefore: 0, notAfter: 1_000 });

  expect(await attempted(over, { WEBHOOK_CA: ours.ca })).toMatchObject(REFUSED);
  expect(await attempted({}, { WEBHOOK_CA: ours.ca }, '[::ffff:127.0.0.1]')).toMatchObject(REFUSED);
});

it('TLS 1.1 is refused', async () => {
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;

  expect(await attempted(old, { WEBHOOK_CA: ours.ca })).toMatchObject({
    outcome: { kind: 'retry' },
    requests: 0,
  });
});

it('a client certificate is shown to a receiver that asks for it', async () => {
  // The receiver decides who may come in. Here it looks at what it was shown.
  const asking = { requestCert: true, rejectUnauthorized: false };
  const keys = { WEBHOOK_CA: ours.ca, WEBHOOK_CLIENT_CERT: client.cert, WEBHOOK_CLIENT_KEY: client.key };
  const { fingerprint256 } = new X509Certificate(client.cert);

  expect(await attempted(asking, keys)).toMatchObject({ ...DELIVERED, shown: [fingerprint256] });
  expect(await attempted(asking, { WEBHOOK_CA: ours.ca })).toMatchObject({
    ...DELIVERED,
    shown: [undefined],
  });
});

it('a client key that is of another certificate is a fault of the settings', async () => {
  const keys = { WEBHOOK_CLIENT_CERT: client.cert, WEBHOOK_CLIENT_KEY: server.key };

  await expect(attempted({}, keys)).rejects.toThrow(/WEBHOOK_CLIENT_KEY/);
});
