import * as z from 'zod/mini';
import { yesOrNo } from '../text/yes-or-no.ts';
import { endpointUrl, expectedUrl } from './endpoint-url.ts';
import { headers, headerValue, RESERVED } from './header-settings.ts';
import { belongTogether, certificates, expectedKey, privateKey } from './pem-settings.ts';
import { optional, type Parsed, parseSettings, required, wholeNumberFrom } from './setting.ts';
import type { SettingFault } from './setting-fault.ts';
import { signingSecrets } from './signing-secrets.ts';

export interface WebhookSettings {
  readonly url: URL;
  /** Headers by name in lower case, the `authorization` header among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Secrets in base64, without `whsec_`, the newest first. Every one signs. */
  readonly signingSecrets: readonly string[];
  readonly timeoutSeconds: number;
  readonly allowPrivate: boolean;
  readonly sendAsBatch: boolean;
  /** Requests a second over all invocations; 0 = no limit. */
  readonly mostPerSecond: number;
  /** Certificates in PEM. */
  readonly ca?: string;
  readonly clientCertificate?: { readonly cert: string; readonly key: string };
}

const keys = z.object({
  WEBHOOK_URL: required(expectedUrl, endpointUrl),
  WEBHOOK_ALLOW_HTTP: optional('"true" or "false"', yesOrNo, false),
  WEBHOOK_ALLOW_PRIVATE: optional('"true" or "false"', yesOrNo, false),
  WEBHOOK_AUTHORIZATION: optional('a header value of visible ASCII characters', headerValue, ''),
  WEBHOOK_HEADERS: optional(
    `a JSON object of header names and values, none of them ${RESERVED.slice(0, 4).join(', ')}, authorization (WEBHOOK_AUTHORIZATION has it), the content's or the connection's own; each name once`,
    headers,
    {},
  ),
  WEBHOOK_SIGNING_SECRET: required(
    'base64 of 24 to 64 bytes, with or without "whsec_"; several separated by spaces while rotating',
    signingSecrets,
  ),
  WEBHOOK_TIMEOUT_SECONDS: optional('a whole number of seconds from 1 to 30', wholeNumberFrom(1, 30), 15),
  WEBHOOK_MAX_PER_SECOND: optional(
    'a number of requests a second from 0.01 to 1000, such as 5 or 0.5',
    perSecond,
    0,
  ),
  SEND_AS_BATCH: optional('"true" or "false"', yesOrNo, false),
  WEBHOOK_CA: optional('one or more certificates in PEM', certificates, ''),
  WEBHOOK_CLIENT_CERT: optional('a certificate in PEM', certificates, ''),
  WEBHOOK_CLIENT_KEY: optional(expectedKey('a private key in PEM'), privateKey, ''),
});

/** Every key that the secret may have. */
export const WEBHOOK_KEYS: readonly string[] = Object.keys(keys.shape);

const schema = z.pipe(
  keys,
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
      mostPerSecond: key.WEBHOOK_MAX_PER_SECOND,
      ...(key.WEBHOOK_CA ? { ca: key.WEBHOOK_CA } : {}),
      ...(key.WEBHOOK_CLIENT_CERT
        ? { clientCertificate: { cert: key.WEBHOOK_CLIENT_CERT, key: key.WEBHOOK_CLIENT_KEY } }
        : {}),
    }),
  ),
);

function disagreements(values: Readonly<Record<string, unknown>>): readonly SettingFault[] {
  const { WEBHOOK_URL } = values;
  // The parsed URL is asked, as the text may hold tabs and line breaks.
  const isHttp = typeof WEBHOOK_URL === 'string' && endpointUrl(WEBHOOK_URL)?.protocol === 'http:';
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

function lower(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

/** Parses the secret `<name>/webhook` (docs/settings.md), and names every fault. */
export function parseWebhookSettings(secret: string): Parsed<WebhookSettings> {
  return parseSettings(secret, schema, { keys: WEBHOOK_KEYS, disagreements });
}

function perSecond(text: string): number | undefined {
  const value = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  return value >= 0.01 && value <= 1_000 ? value : undefined;
}
