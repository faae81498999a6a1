import { appendFileSync } from 'node:fs';
import { mkdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { startTenant, type Tenant } from './tenant/tenant.ts';

const entry = z.looseObject({ log_id: z.string() });

/**
 * Starts the simulated tenant with the log of the run before, if there was one. What it serves is on disk first: after a
 * kill -9 the same positions still mean the same events, as in a real tenant.
 */
export async function startKeptTenant(directory: string, live: boolean): Promise<Tenant> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, 'log.ndjson');
  const kept = await readLog(path);
  const tenant = await startTenant({
    directory,
    live,
    ...(kept.length > 0 ? { history: 0, seed: Date.now() } : {}),
  });
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

/** A last line that a kill cut off was not served yet: it is dropped. */
async function readLog(path: string): Promise<readonly z.infer<typeof entry>[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) await truncate(path, Buffer.byteLength(whole));
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => entry.parse(JSON.parse(line)));
}
