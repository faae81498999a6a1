import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * Trusts the simulated tenant's own authority in this process, which reads the tenant's log to
 * count what a rewind would send again.
 */
export async function trustTenant(caFile: string): Promise<void> {
  setDefaultCACertificates([...getCACertificates('default'), await readFile(caFile, 'utf8')]);
}
