import {
  type IssuedCertificate,
  issueAuthority,
  issueCertificate,
  type Validity,
} from '../../local/stand-ins/issued-certificate.ts';

export interface Authority {
  /** PEM. */
  readonly ca: string;
  /** A certificate for localhost and 127.0.0.1; `life` in place of two days around now. */
  issue(subject: string, life?: Validity): Promise<IssuedCertificate>;
}

const DAY_MS = 86_400_000;
const now = () => ({ notBefore: Date.now() - DAY_MS, notAfter: Date.now() + DAY_MS });

/** A certificate authority of the tests' own. */
export async function authority(name: string): Promise<Authority> {
  const own = await issueAuthority(name, now());
  return { ca: own.cert, issue: (subject, life = now()) => issueCertificate(subject, own, life) };
}
