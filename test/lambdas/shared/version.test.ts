import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { VERSION } from '../../../lambdas/shared/version.ts';

test('the version is that of package.json', async () => {
  expect(JSON.parse(await readFile('package.json', 'utf8')).version).toBe(VERSION);
});
