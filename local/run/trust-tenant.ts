import { readFile } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * The simulated tenant has an authority of its own: this process reads its log, too, to count what
 * a rewind would send again.
 */
export async function trustTenant(caFile: string): Promise<void> {
  setDefaultCACertificates([...getCACertificates('default'), await readFile(caFile, 'utf8')]);
}
