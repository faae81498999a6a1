import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { throwAwayFunction } from '../support/throw-away-function.ts';

const HOST = fileURLToPath(new URL('../../../local/host/function.ts', import.meta.url));

/**
 * Starts a host, waits until its function says that it runs, and kills the host.
 * @returns the function's process id
 */
async function orphan(handler: string): Promise<number> {
  const definition = await throwAwayFunction(handler, { timeoutSeconds: 60 });
  const script = `import { hostFunction } from ${JSON.stringify(HOST)};
    const hosted = hostFunction(${JSON.stringify(definition)}, { variables: {}, onLine: (line) => console.log(line) });
    await hosted.invoke('{}');
    await new Promise((resolve) => setTimeout(resolve, 60_000));`;
  const host = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [pid] = await once(host.stdout, 'data');
  host.kill('SIGKILL');
  await once(host, 'exit');
  return Number(String(pid));
}

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 250; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await sleep(20);
  }
  return false;
}

describe('a function whose host is killed', () => {
  it('ends while it waits for its next event', async () => {
    const pid = await orphan('export const handler = async () => console.log(process.pid);');

    expect(await isGone(pid)).toBe(true);
  });

  it('ends in the middle of an invocation, even in a loop without end', async () => {
    const pid = await orphan(`import { writeSync } from 'node:fs';
      export const handler = async () => { writeSync(1, process.pid + '\\n'); for (;;) {} };`);

    expect(await isGone(pid)).toBe(true);
  });
});
