import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { certificates } from '../../../../local/stand-ins/tenant/certificates.ts';

describe('certificates', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'certificates-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('makes a CA and a certificate of it for localhost and 127.0.0.1', async () => {
    const { ca, cert, caFile } = await certificates(directory);

    const authority = new X509Certificate(ca);
    const server = new X509Certificate(cert);

    expect(authority.ca).toBe(true);
    expect(server.ca).toBe(false);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.checkIssued(authority)).toBe(true);
    expect(server.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
    expect(await readFile(caFile, 'utf8')).toBe(ca);
  });

  it('keeps only the server key, readable by its owner alone', async () => {
    await certificates(directory);

    expect((await stat(join(directory, 'server-key.pem'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(directory, 'ca.pem'), 'utf8')).not.toContain('PRIVATE KEY');
  });

  it('uses those that are there again', async () => {
    const first = await certificates(directory);

    expect(await certificates(directory)).toEqual(first);
  });

  it('replaces a damaged one and one of another CA', async () => {
    const first = await certificates(directory);
    await writeFile(join(directory, 'server.pem'), first.cert.slice(0, 100));
    const second = await certificates(directory);
    await writeFile(join(directory, 'ca.pem'), first.ca);
    const third = await certificates(directory);

    expect(second.cert).not.toBe(first.cert);
    expect(third.ca).not.toBe(first.ca);
    expect(new X509Certificate(third.cert).verify(new X509Certificate(third.ca).publicKey)).toBe(true);
  });
});
