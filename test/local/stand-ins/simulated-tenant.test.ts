import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { trustedCertificates } from '../../../local/run/trusted-certificates.ts';
import { startKeptTenant } from '../../../local/stand-ins/simulated-tenant.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const LOGS = { kind: 'logs', url: new URL('https://localhost/api/v2/logs'), count: 1 } as const;

async function start(directory: string) {
  const tenant = await startKeptTenant(directory, false);
  onTestFinished(() => tenant.stop());
  return tenant;
}

describe('startKeptTenant', () => {
  it('has the same log again after a restart, with what was appended meanwhile', async () => {
    const directory = await temporaryDirectory();
    const before = await start(directory);
    before.onRequest?.(LOGS);
    before.append({ type: 'sapi' });
    before.onRequest?.(LOGS);

    const after = await start(directory);

    expect(after.entries().length).toBe(301);
    expect(after.entries()).toEqual(before.entries());
  });

  it('drops a line that a kill cut off, and goes on behind it', async () => {
    const directory = await temporaryDirectory();
    const before = await start(directory);
    before.onRequest?.(LOGS);
    await appendFile(join(directory, 'log.ndjson'), '{"log_id":"9');

    const after = await start(directory);
    after.append({ type: 'sapi' });
    after.onRequest?.(LOGS);

    const lines = (await readFile(join(directory, 'log.ndjson'), 'utf8')).trimEnd().split('\n');

    expect(lines.map((line) => JSON.parse(line).log_id)).toEqual(after.entries().map(({ log_id }) => log_id));
  });
});

describe('trustedCertificates', () => {
  it("is the user's file, the tenant's, or both in one", async () => {
    const directory = await temporaryDirectory();
    const [users, tenants, combined] = ['users.pem', 'tenants.pem', 'both.pem'].map((name) =>
      join(directory, name),
    );
    await appendFile(String(users), 'USER');
    await appendFile(String(tenants), 'TENANT');

    expect(await trustedCertificates(undefined, undefined, String(combined))).toBeUndefined();
    expect(await trustedCertificates(users, undefined, String(combined))).toBe(users);
    expect(await trustedCertificates('', tenants, String(combined))).toBe(tenants);
    expect(await trustedCertificates(users, tenants, String(combined))).toBe(combined);
    expect(await readFile(String(combined), 'utf8')).toBe('USER\nTENANT');
  });

  it('says so when the file of the user is not there', async () => {
    await expect(trustedCertificates('/nowhere.pem', undefined, '/x')).rejects.toThrow(
      'NODE_EXTRA_CA_CERTS: /nowhere.pem',
    );
  });
});
