import { generateKeyPairSync } from 'node:crypto';
import { certificate } from '../../local/stand-ins/tenant/x509.ts';

export interface Identity {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  /** PEM. */
  readonly ca: string;
  /** A certificate for localhost and 127.0.0.1; `life` (epoch milliseconds) in place of two days around now. */
  issue(subject: string, life?: { readonly notBefore: number; readonly notAfter: number }): Identity;
}

const DAY_MS = 86_400_000;
const now = () => ({ notBefore: Date.now() - DAY_MS, notAfter: Date.now() + DAY_MS });

/** A certificate authority of the tests' own. */
export function authority(name: string): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = { name, ...keys };
  return {
    ca: certificate({ subject: name, publicKey: keys.publicKey, issuer, use: 'ca', ...now() }),
    issue(subject, life = now()) {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return {
        cert: certificate({ subject, publicKey: own.publicKey, issuer, use: 'server', ...life }),
        key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}
