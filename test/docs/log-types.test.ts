import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LOG_TYPE_GROUPS, LOG_TYPES } from '../../lambdas/shared/settings/log-types.ts';

const PAGE = readFileSync('docs/log-api.md', 'utf8');
const codesIn = (text: string) => [...text.matchAll(/`([a-z][a-z0-9_]*)`/g)].map(([, code = '']) => code);

it.each(Object.entries(LOG_TYPE_GROUPS))('docs/log-api.md says what %s stands for', (name, codes) => {
  const row = PAGE.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? '';

  expect(codesIn(row)).toEqual([name, ...codes]);
});

it('the kinds of docs/log-api.md are types that Auth0 has', () => {
  const table = PAGE.split('## Groups of types')[0]?.split('| What | Type |')[1] ?? '';
  const types = table
    .split('\n')
    .map((row) => row.split('|')[2] ?? '')
    .flatMap(codesIn);

  expect(types.length).toBeGreaterThan(15);
  expect(types.filter((code) => !LOG_TYPES.has(code))).toEqual([]);
});
