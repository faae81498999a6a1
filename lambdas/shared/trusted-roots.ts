import { createHash } from 'node:crypto';
import tls from 'node:tls';

/**
 * SHA-256 of the root certificates that Node 24.22.1 no longer trusts, as keys of their
 * intermediates leaked. Lambda's Node, and npm's, may be older.
 */
const DROPPED: readonly string[] = [
  '86a1ecba089c4a8d3bbe2734c612ba341d813e043cf9e8a862cd5c57a36bbe6b', // emSign ECC Root CA - G3
  '125609aa301da0a249b97a8239cb6a34216f44dcac9f3954b14292f2e8c8608f', // emSign Root CA - C1
  'bc4d809b15189d78db3e1d8cf4f9726a795da1643ca5f1358e1ddb0edc0d7eb3', // emSign ECC Root CA - C3
];

/** Stops trusting them in this process. Call it before the first connection is made. */
export function distrustDroppedRoots(): void {
  // Node before 24.5 cannot do this. Local mode on Apple Silicon has 24.0, the newest on npm.
  if (typeof tls.setDefaultCACertificates !== 'function') return;
  const trusted = tls.getCACertificates('default');
  const kept = trusted.filter((pem) => !DROPPED.includes(fingerprintOf(pem)));
  if (kept.length < trusted.length) tls.setDefaultCACertificates(kept);
}

/**
 * Names a certificate by its bytes. Parsing 120 certificates would take longer than everything else
 * at a cold start.
 */
function fingerprintOf(pem: string): string {
  const [, base64 = ''] = /-----BEGIN [^-]+-----([^-]+)/.exec(pem) ?? [];
  return createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
}
