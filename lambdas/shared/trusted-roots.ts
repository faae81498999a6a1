import tls from 'node:tls';

/**
 * The root certificates that Node 24.22.1 no longer trusts, as keys of their intermediates leaked.
 * Lambda's Node, and npm's, may be older. Each is named by how it begins: its size and its serial
 * number, in base64. To parse 120 certificates, or to hash them, would take longer than most else
 * at a cold start.
 */
const DROPPED: readonly string[] = [
  'MIICTjCCAdOgAwIBAgIKPPYHqWhwDtqLhDAKBggqhkjO', // emSign ECC Root CA - G3
  'MIIDczCCAlugAwIBAgILAK7PALrEzzL4Q7IwDQYJKoZI', // emSign Root CA - C1
  'MIICKzCCAbGgAwIBAgIKe3G2gla4EnycqDAKBggqhkjO', // emSign ECC Root CA - C3
];

/** Stops trusting them in this process. Call it before the first connection is made. */
export function distrustDroppedRoots(): void {
  // Node before 24.5 cannot do this. Local mode on Apple Silicon has 24.0, the newest on npm.
  if (typeof tls.setDefaultCACertificates !== 'function') return;
  const trusted = tls.getCACertificates('default');
  const kept = trusted.filter((pem) => !DROPPED.some((start) => pem.includes(start)));
  if (kept.length < trusted.length) tls.setDefaultCACertificates(kept);
}
