import { jsonOrUndefined } from '../text/json.ts';

/**
 * Headers that we set ourselves, and those that belong to the connection and not to the request
 * (RFC 9110 §7.6.1).
 */
export const RESERVED = [
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'user-agent',
  'content-type',
  'content-encoding',
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
/** Visible ASCII with spaces inside, which every server takes. */
const HEADER_VALUE = /^[\x20-\x7e]+$/;

/**
 * Parses a header's value. It has no CR or LF, so that no further header can be smuggled in.
 * Undefined for any other text.
 */
export function headerValue(value: string): string | undefined {
  return HEADER_VALUE.test(value) ? value : undefined;
}

/**
 * Parses a JSON object of headers; names come in lower case. Undefined when one of them is no
 * header, is one of ours, or belongs to the connection.
 */
export function headers(value: string): Readonly<Record<string, string>> | undefined {
  const parsed = jsonOrUndefined(value);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const entries: [string, string][] = [];
  for (const [name, text] of Object.entries(parsed)) {
    const key = name.toLowerCase();
    if (!HEADER_NAME.test(name) || RESERVED.includes(key)) return undefined;
    if (entries.some(([other]) => other === key)) return undefined; // `X-A` and `x-a` are one header
    const plain = typeof text === 'number' || typeof text === 'boolean' ? String(text) : text;
    if (typeof plain !== 'string' || headerValue(plain) === undefined) return undefined;
    entries.push([key, plain]);
  }
  return Object.fromEntries(entries);
}
