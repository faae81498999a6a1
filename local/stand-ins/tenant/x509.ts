import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { bits, boolean, explicit, implicit, integer, octets, oid, sequence, set, text, time } from './der.ts';

export interface CertificateOptions {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly issuer: { readonly name: string; readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  /** Epoch milliseconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** `ca`: may sign others; `server`: answers as localhost and 127.0.0.1. */
  readonly use: 'ca' | 'server';
}

const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

/** An X.509 v3 certificate as PEM (RFC 5280), signed with the issuer's EC key. */
export function certificate(options: CertificateOptions): string {
  const { issuer, notBefore, notAfter } = options;
  const unsigned = sequence(
    explicit(0, integer(Buffer.from([2]))), // version 3
    integer(randomBytes(16).fill(0x40, 0, 1)), // a leading 0x40 keeps it positive and its encoding minimal
    ECDSA_WITH_SHA256,
    name(issuer.name),
    sequence(time(notBefore), time(notAfter)),
    name(options.subject),
    options.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions(options))),
  );
  const signature = sign('sha256', unsigned, issuer.privateKey);
  return pem(sequence(unsigned, ECDSA_WITH_SHA256, bits(signature)));
}

function extensions({ use, publicKey, issuer }: CertificateOptions): Buffer[] {
  const identifiers = [
    extension('2.5.29.14', octets(keyId(publicKey))),
    extension('2.5.29.35', sequence(implicit(0, keyId(issuer.publicKey)))),
  ];
  if (use === 'ca') {
    const canSign = extension('2.5.29.19', sequence(boolean(true), integer(Buffer.from([0]))), true);
    return [canSign, extension('2.5.29.15', bits(Buffer.from([0x04]), 2), true), ...identifiers]; // keyCertSign
  }
  return [
    extension('2.5.29.19', sequence(), true),
    extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true), // digitalSignature
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))), // serverAuth
    extension(
      '2.5.29.17',
      sequence(implicit(2, Buffer.from('localhost')), implicit(7, Buffer.from([127, 0, 0, 1]))),
    ),
    ...identifiers,
  ];
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return critical ? sequence(oid(id), boolean(true), octets(value)) : sequence(oid(id), octets(value));
}

function name(commonName: string): Buffer {
  return sequence(set(sequence(oid('2.5.4.3'), text(commonName))));
}

function keyId(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest(); // any stable digest will do
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
