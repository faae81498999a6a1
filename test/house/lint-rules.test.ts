import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const { overrides } = z
  .object({ overrides: z.array(z.object({ includes: z.array(z.string()) })) })
  .parse(JSON.parse(readFileSync('biome.json', 'utf8')));
const included = new Set(overrides.flatMap(({ includes }) => includes.map((path) => path.replace(/^!/, ''))));

/** Rooms for which the rules stand before their first file does. */
const TO_COME = ['cli/**', 'bench/**'];

const LONG_FUNCTION = `export function long() {\n${'void 0;\n'.repeat(61)}}`;

const REFUSED = [
  ['lambdas/poller/reading/a.ts', "import '../../deliverer/deliver.ts';", 'noRestrictedImports'],
  ['lambdas/poller/b.ts', "import '@aws-sdk/client-sqs';", 'noRestrictedImports'],
  ['lambdas/poller/c.ts', 'export const at = Date.now();', 'noJsRestrictedProperties'],
  ['lambdas/poller/d.ts', 'export const name = process.env.NAME;', 'noProcessEnv'],
  ['lambdas/deliverer/a.ts', "import '../poller/poll.ts';", 'noRestrictedImports'],
  ['lambdas/deliverer/b.ts', "import 'node:http';", 'noRestrictedImports'],
  ['lambdas/deliverer/c.ts', 'export const half = Math.random();', 'noJsRestrictedProperties'],
  ['lambdas/shared/a.ts', "import '../poller/poll.ts';", 'noRestrictedImports'],
  ['lambdas/shared/b.ts', "import { Stack } from 'aws-cdk-lib';", 'noRestrictedImports'],
  ['lambdas/shared/ledger/c.ts', "import '../../../local/run.ts';", 'noRestrictedImports'],
  ['infra/a.ts', "import '../lambdas/shared/logger.ts';", 'noRestrictedImports'],
  ['infra/monitoring/b.ts', "import '../../local/run.ts';", 'noRestrictedImports'],
  ['infra/c.ts', 'export default 1;', 'noDefaultExport'],
  ['infra/d.ts', "export * from './names.ts';", 'noReExportAll'],
  ['infra/e.ts', "export { names } from './names.ts';", 'noBarrelFile'],
  ['infra/f.ts', LONG_FUNCTION, 'noExcessiveLinesPerFunction'],
  ['infra/g.ts', 'void 0;\n'.repeat(151), 'noExcessiveLinesPerFile'],
  ['infra/h.ts', "import type { I } from './i.ts';\nexport type H = I | 1;", 'noImportCycles'],
  ['infra/i.ts', "import type { H } from './h.ts';\nexport type I = H | 2;", 'noImportCycles'],
  ['test/a.test.ts', "import { test } from 'vitest';\ntest('a', () => {});", 'useConsistentTestIt'],
  ['local/a.ts', "import '../test/support/log-event.ts';", 'noRestrictedImports'],
] as const;

const TAKEN = [
  ['infra/good.ts', "import { Metric } from '../lambdas/shared/contract.ts';\nexport const metric = Metric;"],
  [
    'lambdas/poller/handler.ts',
    "import { SQSClient } from '@aws-sdk/client-sqs';\nexport const now = [SQSClient, Date.now()];",
  ],
  ['test/long.test.ts', LONG_FUNCTION],
] as const;

const report = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});
let complaints: z.infer<typeof report>['diagnostics'];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'planted-'));
  copyFileSync('biome.json', join(folder, 'biome.json'));
  for (const [path, source] of [...REFUSED, ...TAKEN]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${source}\n`);
  }
  const biome = resolve('node_modules/.bin/biome');
  const { stdout } = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none'], {
    cwd: folder,
    encoding: 'utf8',
  });
  complaints = report.parse(JSON.parse(stdout)).diagnostics;
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Names of the rules that such a file breaks. */
function rulesBrokenBy(path: string): readonly string[] {
  return complaints
    .filter(({ location }) => location.path === path)
    .map(({ category }) => category.split('/').at(-1) ?? '');
}

describe('biome.json', () => {
  it.each([...included].filter((path) => !TO_COME.includes(path)))(
    'has rules for %s, which exists',
    (path) => {
      const files = globSync(path, { exclude: ['node_modules/**', 'cdk.out/**'] });

      expect(files.length).toBeGreaterThan(0);
    },
  );

  it.each(REFUSED)('refuses in %s: %.60s', (path, _, rule) => {
    expect(rulesBrokenBy(path)).toContain(rule);
  });

  it.each(TAKEN)('takes in %s: %.60s', (path) => {
    expect(rulesBrokenBy(path)).toEqual([]);
  });
});
