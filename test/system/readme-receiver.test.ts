import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import { freePort } from '../support/free-port.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOON = { timeout: 60_000, interval: 200 };

it("the README's receiver takes the events of a local run, by the command that the run prints", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'readme-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const [, receiver = ''] = /## Receiving[\s\S]*?```js\n([\s\S]*?)```/.exec(readme) ?? [];
  await writeFile(join(folder, 'receiver.mjs'), receiver);
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const env = { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, NODE_COMPILE_CACHE: COMPILE_CACHE };

  const run = started(
    spawn(process.execPath, [join(ROOT, 'local/main.ts'), '--data', 'the data', '--port', '0'], {
      cwd: folder,
      env: { ...env, WEBHOOK_URL: `http://localhost:${port}/` },
    }),
  );

  await expect.poll(() => run.printed(), SOON).toContain('The README');
  const [, command = ''] = /takes it so: (.*)/.exec(run.printed()) ?? [];
  const server = started(
    spawn(command, { cwd: folder, shell: '/bin/sh', env: { ...env, PORT: String(port) } }),
  );

  await expect.poll(() => server.printed(), SOON).toMatch(/^(post|patch|put|delete) \/api\/v2\/\S+ \d{56}$/m);
  await expect.poll(() => run.printed(), SOON).toMatch(/✓ .*(delivered| 204 )/);
  expect(run.printed()).not.toMatch(/ 401 /);
  expect(run.printed()).not.toContain(
    (await readFile(join(folder, 'the data/receiver.env'), 'utf8')).slice(23),
  );
}, 120_000);

function started(child: ChildProcess): { printed(): string } {
  onTestFinished(() => void child.kill());
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      printed += chunk;
    });
  }
  return { printed: () => printed };
}
