import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dataPathOf, openDataDirectory } from '../../../local/run/data-directory.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const MODULE = fileURLToPath(new URL('../../../local/run/data-directory.ts', import.meta.url));

describe('openDataDirectory', () => {
  it('makes a directory that only its owner reads', async () => {
    const path = join(await temporaryDirectory(), 'deep', 'data');

    await openDataDirectory(path, false);

    expect((await stat(path)).mode & 0o777).toBe(0o700);
  });

  it('starts empty with fresh, and leaves what is not its own', async () => {
    const path = await temporaryDirectory();
    await mkdir(join(path, 'queues'));
    await writeFile(join(path, 'secrets.json'), '{}');
    await writeFile(join(path, 'queues', 'queues.db'), 'old');
    await writeFile(join(path, 'thesis.txt'), 'mine');

    await openDataDirectory(path, true);

    expect(await readdir(path)).toContain('thesis.txt');
    expect(await readdir(path)).not.toContain('secrets.json');
    expect(await readdir(join(path, 'queues'))).toEqual([]);
  });

  it('lets nobody else look in, also where the directory existed', async () => {
    const path = await temporaryDirectory();
    await mkdir(join(path, 'queues'), { mode: 0o755 });
    await chmod(path, 0o755);

    await openDataDirectory(path, false);

    const modes = await Promise.all(
      ['', 'queues', 'dynamodb', 'tenant'].map((name) => stat(join(path, name))),
    );

    expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o700, 0o700, 0o700]);
  });

  it('leaves the mode of a directory that holds other things, and closes what is ours in it', async () => {
    const path = await temporaryDirectory();
    await writeFile(join(path, 'thesis.txt'), 'mine');
    await chmod(path, 0o755);

    await openDataDirectory(path, false);

    expect((await stat(path)).mode & 0o777).toBe(0o755);
    expect((await stat(join(path, 'queues'))).mode & 0o777).toBe(0o700);
  });

  it('keeps the state without fresh', async () => {
    const path = await temporaryDirectory();
    await writeFile(join(path, 'secrets.json'), '{}');

    await openDataDirectory(path, false);

    expect(await readdir(path)).toContain('secrets.json');
  });

  it('refuses a directory that another run is using, until that run is killed', async () => {
    const path = await temporaryDirectory();
    const script = `import { dataPathOf, openDataDirectory } from ${JSON.stringify(MODULE)};
      await openDataDirectory(${JSON.stringify(path)}, false);
      console.log('open');
      setTimeout(() => {}, 60_000);`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(other.stdout, 'data');

    await expect(openDataDirectory(path, false)).rejects.toThrow(`Another run is using ${path}`);

    other.kill('SIGKILL');
    await once(other, 'exit');

    await expect(openDataDirectory(path, false)).resolves.toMatchObject({
      secrets: join(path, 'secrets.json'),
    });
  });

  it('says so when the directory cannot be used', async () => {
    const file = join(await temporaryDirectory(), 'file');
    await writeFile(file, '');

    await expect(openDataDirectory(file, false)).rejects.toThrow(`The data directory ${file} cannot be used`);
  });
});

describe('dataPathOf', () => {
  it('keeps tenants apart, unless a directory is named', () => {
    const paths = [
      dataPathOf(undefined, undefined),
      dataPathOf(undefined, 'example.eu.auth0.com'),
      dataPathOf(undefined, 'localhost:8443'),
      dataPathOf('here', 'example.eu.auth0.com'),
    ];

    expect(paths).toEqual([
      '.local/simulated',
      '.local/example.eu.auth0.com',
      '.local/localhost_8443',
      'here',
    ]);
  });
});
