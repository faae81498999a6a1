import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';

const policy = z.object({
  Statement: z.array(z.object({ Action: z.union([z.string(), z.array(z.string())]) })),
});

const [look = [], , asking = []] = [
  ...readFileSync('docs/operators.md', 'utf8').matchAll(/^```json\n([\s\S]*?)^```$/gm),
].map(([, json = '']) => policy.parse(JSON.parse(json)).Statement.flatMap(({ Action }) => Action));

/**
 * Rights for the calls in docs/operations.md and docs/operations.sh, such as `aws logs
 * start-query`.
 */
const asked = ['docs/operations.md', 'docs/operations.sh'].flatMap((path) =>
  [...readFileSync(path, 'utf8').matchAll(/\baws ([a-z]+) ((?:describe|list|get|start)-[a-z-]+)/g)].map(
    ([, service, command = '']) =>
      `${service}:${command.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}`,
  ),
);

it('docs/operators.md allows who may look what the runbook asks, and no more', () => {
  expect(asked.filter((action) => !look.includes(action) && !asking.includes(action))).toEqual([]);
  expect(asking.filter((action) => !asked.includes(action))).toEqual([]);
});
