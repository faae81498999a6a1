import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { webhookFields } from '../../infra/config-fields.ts';
import { Metric } from '../../lambdas/shared/contract.ts';
import { parsesAsCommand } from '../monitoring/support/parses-as-command.ts';

const README = readFileSync('README.md', 'utf8');
const OPERATIONS = readFileSync('docs/operations.md', 'utf8');

/** What stands in backticks in the first cells of the table whose first row begins so. */
function firstCells(document: string, firstRow: string): readonly string[] {
  const [, rest = ''] = document.split(`\n${firstRow}`);
  const [table = ''] = rest.split('\n\n');
  return `${firstRow}${table}`
    .split('\n')
    .flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ''));
}

it('README has every key of the configuration, and no other', () => {
  const keys = [...Object.keys(webhookFields.shape), 'webhooks'];

  expect(firstCells(README, '| `name` |').toSorted()).toEqual(keys.toSorted());
});

it('README tells the defaults of the configuration', () => {
  const { concurrentCalls, schedule, memory } = webhookFields.parse({});

  expect(README).toContain(`| \`concurrentCalls\` | ${concurrentCalls} |`);
  expect(README).toContain(`| \`schedule\` | \`${schedule}\` |`);
  expect(README).toMatch(new RegExp(`\`memory\`.*\\b${memory}\\b`));
});

it('docs/operations.md tells every metric of ours', () => {
  const [, section = ''] = OPERATIONS.split('\n## Metrics\n');

  for (const name of Object.values(Metric)) expect(section).toContain(`\`${name}\``);
});

it.each(
  [README, readFileSync('CONTRIBUTING.md', 'utf8'), OPERATIONS].flatMap((document) =>
    [...document.matchAll(/`npx auth0-webhooks ([^`\n]+)`/g)].map(([, typed]) => typed ?? ''),
  ),
)('the command line takes: npx auth0-webhooks %s', async (typed) => {
  await expect(parsesAsCommand(typed.split(' '))).resolves.toBe('');
});
