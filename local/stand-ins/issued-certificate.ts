import { randomUUID } from 'node:crypto';

/** A certificate and its private key, both PEM. */
export interface IssuedCertificate {
  readonly cert: string;
  readonly key: string;
}

/** Epoch milliseconds between which a certificate is valid. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Makes a certificate authority that may sign servers and clients, but no other authority. */
export async function issueAuthority(name: string, validity: Validity): Promise<IssuedCertificate> {
  // selfsigned writes no key identifiers. Without them OpenSSL mistakes two authorities of one name
  // for each other.
  const unique = `${name} ${randomUUID().slice(0, 8)}`;
  return await issued(unique, validity, undefined, [
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, critical: true },
  ]);
}

/** Makes a certificate for localhost and 127.0.0.1, which also serves as a client's. */
export async function issueCertificate(
  subject: string,
  authority: IssuedCertificate,
  validity: Validity,
): Promise<IssuedCertificate> {
  return await issued(subject, validity, authority, [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
    {
      name: 'subjectAltName',
      altNames: [
        { type: 2, value: 'localhost' },
        { type: 7, ip: '127.0.0.1' },
      ],
    },
  ]);
}

type Generate = typeof import('selfsigned')['generate'];
type Extensions = NonNullable<NonNullable<Parameters<Generate>[1]>['extensions']>;

async function issued(
  subject: string,
  validity: Validity,
  authority: IssuedCertificate | undefined,
  extensions: Extensions,
): Promise<IssuedCertificate> {
  // It is loaded when it is needed, as it takes 0.2 s, and most starts find their certificates
  // made.
  const { generate } = await import('selfsigned');
  const { cert, private: key } = await generate([{ name: 'commonName', value: subject }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(validity.notBefore),
    notAfterDate: new Date(validity.notAfter),
    extensions,
    ...(authority && { ca: authority }),
  });
  return { cert, key };
}
