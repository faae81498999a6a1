import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  belongTogether,
  certificates,
  privateKey,
} from '../../../../lambdas/shared/settings/pem-settings.ts';
import { parseWebhookSettings } from '../../../../lambdas/shared/settings/webhook-settings.ts';
import { authority } from '../../../support/certificates.ts';
import { SIGNING_SECRET } from '../../../support/settings.ts';

const ours = await authority('Ours');
const client = await ours.issue('client');
const chain = [client.cert, ours.ca].map((cert) => cert.trim()).join('\n');
const oneLine = (pem: string) => pem.trim().replace(/\r?\n/g, ' ');

/** The forms in which a PEM text comes out of a browser, a shell or another secret. */
const PASTED: [string, (pem: string) => string][] = [
  ['as it is', (pem) => pem],
  ['with CRLF', (pem) => pem.replace(/\r?\n/g, '\r\n')],
  ['with spaces for line breaks', oneLine],
  ['without line breaks', (pem) => pem.replace(/\r?\n/g, '')],
  ['with \\n written out', (pem) => pem.replace(/\r?\n/g, '\\n')],
  ['with \\r\\n written out', (pem) => pem.replace(/\r?\n/g, '\\r\\n')],
  ['in base64', (pem) => Buffer.from(pem).toString('base64')],
  ['in base64 with lines', (pem) => Buffer.from(pem).toString('base64').replace(/.{76}/g, '$&\n')],
  ['in base64 of a single line', (pem) => Buffer.from(oneLine(pem)).toString('base64')],
  ['in quotes', (pem) => `"${pem.replace(/\r?\n/g, '\\n')}"`],
  ['indented', (pem) => pem.replace(/^/gm, '    ')],
  ['after a comment', (pem) => `subject=CN = client\n${pem}`],
  ['without any space', (pem) => pem.replace(/\s/g, '')],
];

describe('PEM that was pasted', () => {
  it.each(PASTED)('%s: certificates are read', (_, pasted) => {
    const text = certificates(pasted(chain)) ?? '';

    const [first = '', second = ''] = text.split(/(?<=-----END CERTIFICATE-----\n)/);

    expect(new X509Certificate(first).fingerprint256).toBe(new X509Certificate(client.cert).fingerprint256);
    expect(new X509Certificate(second).fingerprint256).toBe(new X509Certificate(ours.ca).fingerprint256);
  });

  it.each(PASTED)('%s: a key is read, and belongs to its certificate', (_, pasted) => {
    const text = privateKey(pasted(client.key)) ?? '';

    expect(createPrivateKey(text).equals(createPrivateKey(client.key))).toBe(true);
    expect(belongTogether(pasted(client.cert), pasted(client.key))).toBe(true);
    expect(belongTogether(pasted(ours.ca), pasted(client.key))).toBe(false);
  });

  it.each(['pkcs1', 'sec1'] as const)('keys in the form of %s are read', (type) => {
    const pem =
      type === 'pkcs1'
        ? generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ type, format: 'pem' })
        : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type, format: 'pem' });

    for (const [, pasted] of PASTED) expect(privateKey(pasted(String(pem)))).toBeDefined();
  });
});

describe('an encrypted key', () => {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const passphrase = { cipher: 'aes-256-cbc', passphrase: 'secret' } as const;

  it.each(['pkcs8', 'pkcs1'] as const)('says so (%s)', (type) => {
    const pem = String(key.export({ type, format: 'pem', ...passphrase }));

    for (const [, pasted] of PASTED.filter(([form]) => form !== 'without any space')) {
      const parsed = parseWebhookSettings(
        JSON.stringify({
          WEBHOOK_URL: 'https://example.com/',
          WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
          WEBHOOK_CLIENT_CERT: client.cert,
          WEBHOOK_CLIENT_KEY: pasted(pem),
        }),
      );
      expect(parsed).toMatchObject({
        faults: [{ key: 'WEBHOOK_CLIENT_KEY', expected: expect.stringContaining('encrypted') }],
      });
    }
  });
});
