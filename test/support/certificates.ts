import { generate } from 'selfsigned';
import {
  type IssuedCertificate,
  issueAuthority,
  issueCertificate,
  type Validity,
} from '../../local/stand-ins/issued-certificate.ts';

export interface Authority {
  /** PEM. */
  readonly ca: string;
  /**
   * Makes a certificate for localhost and 127.0.0.1. It is valid for two days around now unless
   * `life` says otherwise.
   */
  issue(subject: string, life?: Validity): Promise<IssuedCertificate>;
}

const DAY_MS = 86_400_000;
const now = () => ({ notBefore: Date.now() - DAY_MS, notAfter: Date.now() + DAY_MS });

/** Makes a certificate authority for tests. */
export async function authority(name: string): Promise<Authority> {
  const own = await issueAuthority(name, now());
  return { ca: own.cert, issue: (subject, life = now()) => issueCertificate(subject, own, life) };
}

/** Makes a leaf for localhost under an intermediate authority under a root, all in PEM. */
export async function chained(): Promise<{ root: string; intermediate: string; leaf: IssuedCertificate }> {
  const signer = [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, critical: true },
  ] as const;
  const made = async (subject: string, extensions: object, ca?: IssuedCertificate) => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: subject }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [...Object.values(extensions)],
      ...(ca && { ca }),
    });
    return { cert, key };
  };
  const root = await made('Chain Root', signer);
  const intermediate = await made('Chain Intermediate', signer, root);
  const names = { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] };
  const leaf = await made('localhost', [names], intermediate);
  return { root: root.cert, intermediate: intermediate.cert, leaf };
}
