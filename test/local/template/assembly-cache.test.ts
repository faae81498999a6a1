import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cachedAssembly, cacheFolder } from '../../../local/template/assembly-cache.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** Makes an assembly of one file, and counts how often. */
function maker() {
  let made = 0;
  return {
    count: () => made,
    make: async (folder: string) => {
      made++;
      await writeFile(join(folder, 'manifest.json'), '{}');
      return 'the-stack';
    },
  };
}

describe('cachedAssembly', () => {
  it('makes an assembly once for the same sources and context', async () => {
    const cache = await temporaryDirectory();
    const { make, count } = maker();

    const first = await cachedAssembly('{}', make, cache);
    const second = await cachedAssembly('{}', make, cache);
    const other = await cachedAssembly('{"concurrentCalls":7}', make, cache);

    expect(second).toEqual(first);
    expect(first.stackName).toBe('the-stack');
    expect(await readdir(first.folder)).toContain('manifest.json');
    expect(other.folder).not.toBe(first.folder);
    expect(count()).toBe(2);
  });

  it('serves runs that begin at the same time', async () => {
    const cache = await temporaryDirectory();
    const { make } = maker();

    const all = await Promise.all([1, 2, 3].map(() => cachedAssembly('{}', make, cache)));

    expect(new Set(all.map(({ folder }) => folder)).size).toBe(1);
    expect((await readdir(cache)).filter((name) => name.startsWith('draft-'))).toEqual([]);
  });

  it('does not take what a killed run left unfinished', async () => {
    const cache = await temporaryDirectory();
    const { make, count } = maker();
    const { folder } = await cachedAssembly('{}', make, cache);
    const unfinished = await temporaryDirectory();
    await mkdir(join(unfinished, folder.slice(cache.length)), { recursive: true });

    await cachedAssembly('{}', make, unfinished);

    expect(count()).toBe(2);
  });

  it('leaves nothing behind when making fails', async () => {
    const cache = await temporaryDirectory();
    const fails = async () => {
      throw new Error('the bundler says no');
    };

    await expect(cachedAssembly('{}', fails, cache)).rejects.toThrow('the bundler says no');

    expect(await readdir(cache)).toEqual([]);
  });
});

describe('cacheFolder', () => {
  it('falls back where node_modules cannot be written', async () => {
    const file = join(await temporaryDirectory(), 'file');
    await writeFile(file, ''); // not even the superuser makes a folder in a file

    expect(await cacheFolder('/data/assembly', join(file, 'cache'))).toBe('/data/assembly');
    expect(await cacheFolder('/data/assembly', dirname(file))).toBe(dirname(file));
  });
});
