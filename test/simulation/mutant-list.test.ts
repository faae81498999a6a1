import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
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
