import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { COPIED } from './copied.ts';
import { MUTANTS } from './mutant-list.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

it('there are at least 12 guards', () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(12);
});

it.each(MUTANTS)('the sources still have the guard: $guard', ({ edits }) => {
  for (const [file, text, instead] of edits) {
    expect(readFileSync(`${ROOT}${file}`, 'utf8')).toContain(text);
    expect(instead).not.toBe(text);
  }
});

it('the copy in which a mutant is made has all that the simulator imports', () => {
  const files = globSync('test/simulation/**/*.ts', { cwd: ROOT }).filter(
    (file) => !file.endsWith('.test.ts'),
  );

  const imported = files.flatMap((file) =>
    [...readFileSync(`${ROOT}${file}`, 'utf8').matchAll(/ from '(\..+)';/g)].map(([, path = '']) =>
      join(dirname(file), path),
    ),
  );

  expect(imported.filter((path) => !COPIED.some((copied) => path.startsWith(copied)))).toEqual([]);
  expect(imported.length).toBeGreaterThan(100);
});
