import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { MUTANTS } from './mutant-list.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

test('there are at least 12 guards', () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(12);
});

test.each(MUTANTS)('the sources still have the guard: $guard', ({ edits }) => {
  for (const [file, text, instead] of edits) {
    expect(readFileSync(`${ROOT}${file}`, 'utf8')).toContain(text);
    expect(instead).not.toBe(text);
  }
});
