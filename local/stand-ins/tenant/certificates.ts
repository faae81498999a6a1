import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { issueAuthority, issueCertificate } from '../issued-certificate.ts';

export interface Certificates {
  /** Path of the CA's certificate, for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  /** PEM. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const DAY_MS = 24 * 3600 * 1000;
const LIFE_MS = 365 * DAY_MS;
/**
 * How long before its end a certificate is made anew. A run that starts now must not outlive it.
 */
const RENEW_BEFORE_MS = 30 * DAY_MS;

/**
 * The CA and server certificate (localhost, 127.0.0.1) in `directory`. They are made when absent,
 * damaged or soon to expire.
 */
export async function certificates(directory: string): Promise<Certificates> {
  await mkdir(directory, { recursive: true });
  const caFile = join(directory, 'ca.pem');
  const certFile = join(directory, 'server.pem');
  const keyFile = join(directory, 'server-key.pem');
  const [ca, cert, key] = await Promise.all([caFile, certFile, keyFile].map(textOf));
  if (ca !== undefined && cert !== undefined && key !== undefined && usable(ca, cert, key)) {
    return { caFile, ca, cert, key };
  }
  const made = await generate();
  await writeFile(keyFile, made.key, { mode: 0o600 });
  await writeFile(certFile, made.cert);
  await writeFile(caFile, made.ca);
  return { caFile, ...made };
}

/**
 * Makes both. The CA's private key is never stored, so nobody can sign another certificate for
 * those who trust this CA.
 */
async function generate(): Promise<Omit<Certificates, 'caFile'>> {
  const validity = { notBefore: Date.now() - DAY_MS, notAfter: Date.now() + LIFE_MS };
  const authority = await issueAuthority('Simulated Auth0 tenant CA', validity);
  return { ca: authority.cert, ...(await issueCertificate('localhost', authority, validity)) };
}

function usable(ca: string, cert: string, key: string): boolean {
  try {
    const authority = new X509Certificate(ca);
    const server = new X509Certificate(cert);
    const expiry = Math.min(authority.validToDate.getTime(), server.validToDate.getTime());
    const isOurs = server.verify(authority.publicKey) && server.checkPrivateKey(createPrivateKey(key));
    return isOurs && expiry - Date.now() > RENEW_BEFORE_MS;
  } catch {
    return false; // a half-written file is replaced
  }
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
