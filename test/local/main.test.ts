import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import { temporaryDirectory } from './support/temporary-directory.ts';

const MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in an empty directory, without the settings of this machine's user. */
async function command(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const cwd = await temporaryDirectory();
  const env = { PATH: process.env.PATH, HOME: cwd, NODE_COMPILE_CACHE: COMPILE_CACHE, ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

describe('npm start', () => {
  it('explains itself', async () => {
    const { code, stdout, stderr } = await command(['--help']);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: npm start/);
  });

  it('refuses a wrong command line with exit code 2', async () => {
    expect(await command(['--onse'])).toEqual({
      code: 2,
      stdout: '',
      stderr: "Unknown option '--onse'. Try --help.\n",
    });
  });

  it('ends at once with every fault of the settings in one message', async () => {
    const { code, stdout, stderr } = await command(['--once'], {
      AUTH0_DOMAIN: 'x.auth0.com',
      WEBHOOK_URL: 'ftp://x',
    });

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/AUTH0_CLIENT_ID: .*\n.*AUTH0_CLIENT_SECRET: .*\n.*WEBHOOK_URL: /);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('ends with exit code 1 when Auth0 refuses the credentials', async () => {
    const { code, stdout, stderr } = await command(['--once', '--quiet'], {
      AUTH0_CLIENT_SECRET: 'not-the-one',
    });

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Auth0 refused the credentials.*AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET.*\n$/);
  });

  it('delivers the history of the simulated tenant to its own receiver', async () => {
    const { code, stdout, stderr } = await command(['--once', '--verbose']);

    const lines = stdout.trimEnd().split('\n');
    const result = JSON.parse(lines.at(-1) ?? '');

    expect([code, stderr]).toEqual([0, '']);
    expect(result).toMatchObject({ read: 300, pending: 0, deadLettered: 0, checkpoint: result.cursor });
    expect([result.matched > 100, result.delivered, result.attempts]).toEqual([
      true,
      result.matched,
      result.matched,
    ]);
    expect(lines.filter((line) => line.includes(' delivered: ')).length).toBe(result.matched);
  });
});
