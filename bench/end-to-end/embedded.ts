import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { type Outside, startOutside } from '../support/outside.ts';
import type { Course } from './free.ts';
import type { Timed } from './plain-loop.ts';

const run = promisify(execFile);
const PLAIN = fileURLToPath(new URL('plain-child.ts', import.meta.url));
const LOCAL = fileURLToPath(new URL('../../local/main.ts', import.meta.url));
const timed = z.object({
  ms: z.number(),
  pageMs: z.number(),
  webhookMs: z.number(),
  pages: z.number(),
  events: z.number(),
});

export interface Embedded {
  readonly plain: Timed;
  /** Milliseconds from the request for the first page to the last call. */
  readonly ms: number;
  /** Calls at a time. */
  readonly most: number;
}

/**
 * Runs `npm start -- --once` and the plain loop on one tenant and one webhook. Each has a process
 * of its own.
 */
export async function embedded(course: Course): Promise<Embedded> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-outside-'));
  const outside = await startOutside({ directory, ...course });
  try {
    const plain = await plainLoopOn(outside, course);
    await outside.forget();
    await localRunOn(outside, course, join(directory, 'data'));
    const { firstPageAt, lastCallAt, distinct, most } = await outside.seen();
    if (distinct !== course.events) throw new Error(`${distinct} of ${course.events} events came`);
    return { plain, ms: lastCallAt - firstPageAt, most };
  } finally {
    outside.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function plainLoopOn(
  { domain, caFile, clientId, clientSecret, webhookUrl }: Outside,
  { calls }: Course,
) {
  const { stdout } = await run(
    process.execPath,
    [
      PLAIN,
      `--domain=${domain}`,
      `--id=${clientId}`,
      `--secret=${clientSecret}`,
      `--webhook=${webhookUrl}`,
      `--calls=${calls}`,
    ],
    { env: { NODE_EXTRA_CA_CERTS: caFile } },
  );
  return timed.parse(JSON.parse(stdout));
}

async function localRunOn(outside: Outside, { calls }: Course, data: string): Promise<void> {
  const options = ['--once', '--quiet', '--fresh', '--data', data, '--concurrent-calls', String(calls)];
  await run(process.execPath, [LOCAL, ...options], {
    env: {
      PATH: '/usr/bin:/bin',
      HOME: data,
      NODE_EXTRA_CA_CERTS: outside.caFile,
      AUTH0_DOMAIN: outside.domain,
      AUTH0_CLIENT_ID: outside.clientId,
      AUTH0_CLIENT_SECRET: outside.clientSecret,
      START_FROM: 'earliest',
      WEBHOOK_URL: outside.webhookUrl,
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOW_PRIVATE: 'true',
    },
  });
}
