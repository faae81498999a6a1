import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../node-version.mjs', import.meta.url));

it('runs everything on Node 24, the runtime of the functions', async () => {
  expect(process.version).toMatch(/^v24\./);
  await expect(promisify(execFile)(process.execPath, [SCRIPT])).resolves.toMatchObject({ stderr: '' });
});

it('says in one line which Node to install where npm has none', async () => {
  const lines: string[] = [];
  const codes: number[] = [];
  const old = {
    versions: { node: '20.20.2' },
    version: 'v20.20.2',
    platform: 'aix',
    arch: 'ppc64',
    exit: (code: number) => codes.push(code),
  };

  runInNewContext(await readFile(SCRIPT, 'utf8'), {
    process: old,
    console: { error: (line: string) => lines.push(line) },
  });

  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/Node 24.*aix-ppc64.*v20\.20\.2.*install Node 24/);
  expect(codes).toEqual([1]);
});
