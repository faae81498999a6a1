import { createPrivateKey, X509Certificate } from 'node:crypto';
import { pemBlocks } from './pem-text.ts';

/** Parses one or more X.509 certificates. Undefined when one of them cannot be read. */
export function certificates(value: string): string | undefined {
  const blocks = pemBlocks(value) ?? [];
  if (blocks.length === 0 || !blocks.every(({ label }) => label.endsWith('CERTIFICATE'))) return undefined;
  return isReadable(() => blocks.map(({ text }) => new X509Certificate(text)))
    ? blocks.map(({ text }) => text).join('')
    : undefined;
}

/** Parses a private key without a passphrase. Undefined for any other text. */
export function privateKey(value: string): string | undefined {
  const key = keyBlock(value);
  return key && !key.isEncrypted && isReadable(() => createPrivateKey(key.text)) ? key.text : undefined;
}

/**
 * Says what is wrong with a text that is no private key. For an encrypted one it says how to
 * decrypt it.
 */
export function expectedKey(expected: string): (value: string) => string {
  return (value) =>
    keyBlock(value)?.isEncrypted
      ? `${expected}; this one is encrypted: take the passphrase off with "openssl pkey -in key.pem"`
      : expected;
}

/**
 * False when both can be read but the key is another certificate's. Every connection would fail
 * then.
 */
export function belongTogether(certificate: unknown, key: unknown): boolean {
  if (typeof certificate !== 'string' || typeof key !== 'string') return true;
  const [readableCertificate, readableKey] = [certificates(certificate), privateKey(key)];
  if (readableCertificate === undefined || readableKey === undefined) return true; // a fault of its own
  return new X509Certificate(readableCertificate).checkPrivateKey(createPrivateKey(readableKey));
}

/** Finds the one private key of the text. EC parameters may stand before it. */
function keyBlock(value: string) {
  const keys = pemBlocks(value)?.filter(({ label }) => label.endsWith('PRIVATE KEY')) ?? [];
  return keys.length === 1 ? keys[0] : undefined;
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
