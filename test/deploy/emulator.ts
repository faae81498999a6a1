import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/free-port.ts';
import { type AwsCalls, startAwsCalls } from './aws-calls.ts';

export const REGION = 'eu-west-1';
/** The account of moto. */
export const ACCOUNT = '123456789012';

const PLUGIN = fileURLToPath(new URL('moto_plus.py', import.meta.url));
/**
 * How long moto may take to start: Python reads a few thousand of its modules, which takes time on
 * a busy machine.
 */
const START_MS = 60_000;

/** moto: the AWS services to which the stack is deployed. */
export interface Emulator extends Pick<AwsCalls, 'aws' | 'refusal'> {
  /**
   * Environment variables for SDK and CLI. The host is `localhost`, as only by that name moto knows
   * an S3 address as path style.
   */
  readonly variables: Readonly<Record<string, string>>;
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts moto.
 * @param concurrencyQuota executions of Lambda that the account may have at a time
 */
export async function startEmulator(concurrencyQuota = 1_000): Promise<Emulator> {
  const port = await freePort();
  const server = spawn('python3', [PLUGIN, String(port)], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, CONCURRENCY_QUOTA: String(concurrencyQuota) },
  });
  const complaints: string[] = [];
  server.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  const url = `http://localhost:${port}`;
  await answering(url, server, complaints);
  const calls = startAwsCalls(url, REGION);
  return {
    url,
    variables: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    aws: calls.aws,
    refusal: calls.refusal,
    async stop() {
      await calls.stop();
      const ended = once(server, 'exit');
      if (server.exitCode === null && server.kill('SIGKILL')) await ended;
    },
  };
}

async function answering(url: string, server: ChildProcess, complaints: readonly string[]): Promise<void> {
  const end = Date.now() + START_MS;
  while (server.exitCode === null && Date.now() < end) {
    const answered = await fetch(`${url}/moto-api/data.json`).catch(() => undefined);
    if (answered?.ok) return;
    await sleep(100);
  }
  server.kill('SIGKILL');
  throw new Error(`moto did not start: ${complaints.join('')}`);
}
