import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../user-error.ts';

/**
 * The file for the functions' NODE_EXTRA_CA_CERTS: the user's, the simulated tenant's, or both in
 * one file at `combined`. Undefined when there is neither.
 */
export async function trustedCertificates(
  users: string | undefined,
  tenants: string | undefined,
  combined: string,
): Promise<string | undefined> {
  if (users === undefined || users === '') return tenants;
  const own = await readFile(users, 'utf8').catch(() => {
    throw new UserError(`NODE_EXTRA_CA_CERTS: ${users} cannot be read.`);
  });
  if (tenants === undefined) return resolve(users); // the functions run in another directory
  await writeFile(combined, `${own}\n${await readFile(tenants, 'utf8')}`);
  return combined;
}
