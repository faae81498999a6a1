import { createPrivateKey, X509Certificate } from 'node:crypto';
import * as z from 'zod/mini';
import type { Fault } from '../logger.ts';
import {
  optional,
  type Parsed,
  parseJson,
  parseSettings,
  required,
  wholeNumber,
  yesOrNo,
} from './setting.ts';

export interface WebhookSettings {
  readonly url: URL;
  /** Names in lower case; the `authorization` header is among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Base64, without `whsec_`; the first is the newest. Every one signs. */
  readonly signingSecrets: readonly string[];
  readonly timeoutSeconds: number;
  readonly allowPrivate: boolean;
  readonly sendAsBatch: boolean;
  /** PEM. */
  readonly ca?: string;
  readonly clientCertificate?: { readonly cert: string; readonly key: string };
}

/** Ours, and those that belong to the connection, not to the request (RFC 9110 §7.6.1). */
const RESERVED = [
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'user-agent',
  'content-type',
  'content-length',
  'host',
  'authorization',
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
];

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Visible ASCII and inner spaces: what every server takes; no CR or LF, so that no header can be smuggled in. */
const HEADER_VALUE = /^[\x20-\x7e]+$/;

const fields = z.object({
  WEBHOOK_URL: required('an https URL without user name or fragment', url),
  WEBHOOK_ALLOW_HTTP: optional('"true" or "false"', yesOrNo, false),
  WEBHOOK_ALLOW_PRIVATE: optional('"true" or "false"', yesOrNo, false),
  WEBHOOK_AUTHORIZATION: optional('a header value of visible ASCII characters', headerValue, ''),
  WEBHOOK_HEADERS: optional(
    `a JSON object of header names and text values, none of them ${RESERVED.slice(0, 4).join(', ')} or one of the connection's own`,
    headers,
    {},
  ),
  WEBHOOK_SIGNING_SECRET: required(
    'base64 of 24 to 64 bytes, with or without "whsec_"; several separated by spaces while rotating',
    signingSecrets,
  ),
  WEBHOOK_TIMEOUT_SECONDS: optional('a whole number of seconds from 1 to 30', wholeNumber(1, 30), 15),
  SEND_AS_BATCH: optional('"true" or "false"', yesOrNo, false),
  WEBHOOK_CA: optional('one or more certificates in PEM', certificates, ''),
  WEBHOOK_CLIENT_CERT: optional('a certificate in PEM', certificates, ''),
  WEBHOOK_CLIENT_KEY: optional('a private key in PEM', privateKey, ''),
});

const schema = z.pipe(
  fields,
  z.transform(
    (key): WebhookSettings => ({
      url: key.WEBHOOK_URL,
      headers: {
        ...key.WEBHOOK_HEADERS,
        ...(key.WEBHOOK_AUTHORIZATION ? { authorization: key.WEBHOOK_AUTHORIZATION } : {}),
      },
      signingSecrets: key.WEBHOOK_SIGNING_SECRET,
      timeoutSeconds: key.WEBHOOK_TIMEOUT_SECONDS,
      allowPrivate: key.WEBHOOK_ALLOW_PRIVATE,
      sendAsBatch: key.SEND_AS_BATCH,
      ...(key.WEBHOOK_CA ? { ca: key.WEBHOOK_CA } : {}),
      ...(key.WEBHOOK_CLIENT_CERT
        ? { clientCertificate: { cert: key.WEBHOOK_CLIENT_CERT, key: key.WEBHOOK_CLIENT_KEY } }
        : {}),
    }),
  ),
);

function disagreements(values: Readonly<Record<string, unknown>>): readonly Fault[] {
  const isHttp = lower(values.WEBHOOK_URL).startsWith('http:');
  const hasCertificate = values.WEBHOOK_CLIENT_CERT !== undefined;
  const hasKey = values.WEBHOOK_CLIENT_KEY !== undefined;
  const isPair = belongTogether(values.WEBHOOK_CLIENT_CERT, values.WEBHOOK_CLIENT_KEY);
  return [
    ...(isPair ? [] : [{ key: 'WEBHOOK_CLIENT_KEY', expected: 'the private key of WEBHOOK_CLIENT_CERT' }]),
    ...(isHttp && lower(values.WEBHOOK_ALLOW_HTTP) !== 'true'
      ? [{ key: 'WEBHOOK_URL', expected: 'an https URL (http only with WEBHOOK_ALLOW_HTTP=true)' }]
      : []),
    ...(hasCertificate === hasKey
      ? []
      : [
          {
            key: hasKey ? 'WEBHOOK_CLIENT_CERT' : 'WEBHOOK_CLIENT_KEY',
            expected: 'missing: certificate and key go together',
          },
        ]),
  ];
}

/** False when both can be read but the key is another certificate's: every connection would fail. */
function belongTogether(certificate: unknown, key: unknown): boolean {
  if (typeof certificate !== 'string' || typeof key !== 'string') return true;
  try {
    return new X509Certificate(lines(certificate)).checkPrivateKey(createPrivateKey(lines(key)));
  } catch {
    return true; // one of them is no PEM, which is a fault of its own
  }
}

function lower(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

/** Parses the secret `<name>/webhook` (DESIGN §5); every fault is named. */
export function parseWebhookSettings(secret: string): Parsed<WebhookSettings> {
  return parseSettings(secret, schema, disagreements);
}

function url(value: string): URL | undefined {
  if (!URL.canParse(value)) return undefined;
  const parsed = new URL(value);
  const isHttp = parsed.protocol === 'https:' || parsed.protocol === 'http:';
  return isHttp && parsed.username === '' && parsed.password === '' && parsed.hash === ''
    ? parsed
    : undefined;
}

function headerValue(value: string): string | undefined {
  return HEADER_VALUE.test(value) ? value : undefined;
}

function headers(value: string): Readonly<Record<string, string>> | undefined {
  const parsed = parseJson(value);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const entries: [string, string][] = [];
  for (const [name, text] of Object.entries(parsed)) {
    const key = name.toLowerCase();
    if (!HEADER_NAME.test(name) || RESERVED.includes(key)) return undefined;
    if (typeof text !== 'string' || headerValue(text) === undefined) return undefined;
    entries.push([key, text]);
  }
  return Object.fromEntries(entries);
}

/** Standard Webhooks 1.0: 24 to 64 random bytes. */
function signingSecrets(value: string): readonly string[] | undefined {
  const secrets = value.split(/\s+/).map((secret) => secret.replace(/^whsec_/, ''));
  const isKey = (secret: string) => {
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(secret) || secret.replace(/=+$/, '').length % 4 === 1) return false;
    const { length } = Buffer.from(secret, 'base64');
    return length >= 24 && length <= 64;
  };
  return secrets.every(isKey) ? secrets : undefined;
}

/** The console's editor keeps one line: there `\\n` may stand for a line break. */
function lines(pemText: string): string {
  return pemText.replaceAll('\\n', '\n');
}

function pem(value: string, check: (text: string) => unknown): string | undefined {
  const text = lines(value);
  try {
    check(text);
    return text;
  } catch {
    return undefined;
  }
}

function certificates(value: string): string | undefined {
  return pem(value, (text) => new X509Certificate(text));
}

function privateKey(value: string): string | undefined {
  return pem(value, createPrivateKey);
}
