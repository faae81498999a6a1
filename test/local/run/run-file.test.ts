import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const MODULE = fileURLToPath(new URL('../../../local/run/run-file.ts', import.meta.url));

describe('writeRunFile', () => {
  it('is there for its owner alone as long as the process runs', async () => {
    const path = join(await temporaryDirectory(), 'run.json');
    const script = `import { writeRunFile } from ${JSON.stringify(MODULE)};
      await writeRunFile(${JSON.stringify(path)}, { pid: process.pid });
      console.log('written');
      process.stdin.resume().on('end', () => process.exit());`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');

    const { mode } = await stat(path);
    const written = await readFile(path, 'utf8');
    child.stdin.end();
    await once(child, 'exit');

    expect(mode & 0o777).toBe(0o600);
    expect(JSON.parse(written)).toEqual({ pid: child.pid });
    expect(existsSync(path)).toBe(false);
  });
});
