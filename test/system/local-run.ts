import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Receiver, startReceiver } from '../../local/stand-ins/receiver/receiver.ts';
import { startTenant, type Tenant } from '../../local/stand-ins/tenant/tenant.ts';
import type { TenantOptions } from '../../local/stand-ins/tenant/tenant-options.ts';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import { type Seen, seenOf } from './events.ts';

export const SIGNING_SECRET = Buffer.from('signing-secret-that-no-output-may-show').toString('base64');

const MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url));

/** The last line that `--once` prints. */
const resultLine = z.strictObject({
  read: z.number(),
  matched: z.number(),
  delivered: z.number(),
  attempts: z.number(),
  pending: z.number(),
  deadLettered: z.number(),
  checkpoint: z.string(),
  cursor: z.string(),
  ms: z.number(),
});

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined when the last line of the output is no such line. */
  readonly result: z.infer<typeof resultLine> | undefined;
}

/** A tenant, a receiver and a data directory that end with the test. */
export interface World {
  readonly tenant: Tenant;
  readonly receiver: Receiver;
  /** Every verified call, in the order of the answers. */
  readonly seen: readonly Seen[];
  readonly data: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly atEnd: AtEnd;
}

/**
 * Vitest's own `onTestFinished`. A test that runs beside others has to pass the one of its context.
 */
type AtEnd = (end: () => void | Promise<void>) => void;

export async function createWorld(
  options: Partial<TenantOptions> = {},
  atEnd: AtEnd = onTestFinished,
): Promise<World> {
  const root = await mkdtemp(join(tmpdir(), 'system-'));
  const tenant = await startTenant({ directory: join(root, 'tenant'), history: 0, ...options });
  const seen: Seen[] = [];
  const receiver = await startReceiver({
    secrets: [SIGNING_SECRET],
    onCall: (call) => seen.push(seenOf(call)),
  });
  atEnd(async () => {
    await tenant.stop();
    await receiver.stop();
    await rm(root, { recursive: true, force: true });
  });
  const environment = {
    AUTH0_DOMAIN: tenant.domain,
    AUTH0_CLIENT_ID: tenant.clientId,
    AUTH0_CLIENT_SECRET: tenant.clientSecret,
    NODE_EXTRA_CA_CERTS: tenant.caFile,
    START_FROM: 'earliest',
    WEBHOOK_URL: receiver.url,
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_SIGNING_SECRET: SIGNING_SECRET,
  };
  return { tenant, receiver, seen, environment, data: join(root, 'data'), atEnd };
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts `npm start -- ...` without npm in between, as its own process. */
export function start(
  world: World,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(process.execPath, [MAIN, '--data', world.data, ...args], {
    cwd: tmpdir(), // no .env of the developer's
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...world.environment,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  world.atEnd(() => void child.kill('SIGKILL')); // a test that gave up leaves nothing running
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr, result: resultOf(stdout) }));
  });
  return { child, ended };
}

export async function once(
  world: World,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return await start(world, ['--once', ...args], environment).ended;
}

function resultOf(stdout: string): Ended['result'] {
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  return last.startsWith('{') ? resultLine.parse(JSON.parse(last)) : undefined;
}

/** Resolves as soon as the condition holds. Fails when it does not within the time. */
export async function until(condition: () => boolean, milliseconds = 30_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!condition()) {
    if (Date.now() > end) throw new Error('the condition did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
