import { appendFileSync } from 'node:fs';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { wholeNumber } from '../../lambdas/shared/text/whole-number.ts';
import { onKept } from '../services/kept.ts';
import { startTenant, type Tenant } from './tenant/tenant.ts';
import type { TenantOptions } from './tenant/tenant-options.ts';

/**
 * The audience of the simulated tenant. It stays when the tenant gets another port, as the state is
 * bound to it.
 */
export const SIMULATED_AUDIENCE = 'https://simulated.localhost/api/v2/';
const PORT = 'port';
const entry = z.looseObject({ log_id: z.string() });

/**
 * Starts the simulated tenant with the log of the run before, if there was one. What it serves is
 * on disk first. After a kill -9 the same positions then still mean the same events, as in a real
 * tenant.
 */
export async function startKeptTenant(directory: string, live: boolean): Promise<Tenant> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, 'log.ndjson');
  const kept = await onKept("The simulated tenant's log", path, () => readLog(path));
  const past = kept.length > 0 ? { history: 0, seed: Date.now() } : {};
  const tenant = await startOnPort(await keptPort(directory), {
    directory,
    live,
    audience: SIMULATED_AUDIENCE,
    ...past,
  });
  await writeFile(join(directory, PORT), tenant.domain.slice(tenant.domain.indexOf(':') + 1));
  if (kept.length > 0) tenant.append(kept);

  let newest = kept.at(-1)?.log_id ?? '';
  tenant.onRequest = ({ kind }) => {
    if (kind === 'token') return undefined;
    const unwritten = tenant.entries().filter(({ log_id }) => log_id > newest);
    appendFileSync(path, unwritten.map((each) => `${JSON.stringify(each)}\n`).join(''));
    newest = unwritten.at(-1)?.log_id ?? newest;
    return undefined;
  };
  return tenant;
}

/**
 * The port of the run before; 0 when there was none. The state knows its tenant by that address.
 */
async function keptPort(directory: string): Promise<number> {
  return wholeNumber(await readFile(join(directory, PORT), 'utf8').catch(() => ''), 1, 65_535) ?? 0;
}

async function startOnPort(port: number, options: TenantOptions): Promise<Tenant> {
  try {
    return await startTenant({ ...options, port });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken) throw error;
    return await startTenant({ ...options, port: 0 });
  }
}

/** Reads the kept log. A last line that a kill cut off was not served yet, and is dropped. */
async function readLog(path: string): Promise<readonly z.infer<typeof entry>[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) await truncate(path, Buffer.byteLength(whole));
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => entry.parse(JSON.parse(line)));
}
