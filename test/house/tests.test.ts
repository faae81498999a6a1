import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { separateAsserts, TESTS } from './separate-asserts.ts';

const CROWDED = [
  "it('adds', () => {",
  '  const sum = add(1, 2);',
  '  // as everybody knows',
  '  expect(sum).toBe(3);',
  '  expect(add(2, 2)).toBe(4);',
  '});',
];

it('has a blank line between act and assert: `npm run fix` puts it there', () => {
  const crowded = TESTS.filter((path) => {
    const source = readFileSync(path, 'utf8');
    return separateAsserts(source) !== source;
  });

  expect(TESTS.length).toBeGreaterThan(150);
  expect(crowded).toEqual([]);
});

it('puts it before the comment of an assertion, and none between two assertions', () => {
  const separated = separateAsserts(CROWDED.join('\n'));

  expect(separated.split('\n')).toEqual([...CROWDED.slice(0, 2), '', ...CROWDED.slice(2)]);
});

it.each([
  ["it('is so', () => {", '  expect(1).toBe(1);', '});'],
  [
    "it('is so', () => {",
    '  for (const one of all) {',
    '    const two = one;',
    '    expect(two).toBe(1);',
    '  }',
    '});',
  ],
])('leaves alone: %s %s', (...lines) => {
  expect(separateAsserts(lines.join('\n'))).toBe(lines.join('\n'));
});
