import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { synthesise } from '../../../infra/synthesise.ts';
import { type Assembly, readAssembly } from '../../../local/template/assembly.ts';

/** The stack as it would be deployed, bundled; it is gone after the tests of the file. */
export async function synthesisedAssembly(
  context: Readonly<Record<string, unknown>> = {},
): Promise<Assembly> {
  const outdir = mkdtempSync(join(tmpdir(), 'monitoring-assembly-'));
  afterAll(() => rmSync(outdir, { recursive: true, force: true }));
  const { assemblyDirectory, stackName } = synthesise({ outdir, context });
  return await readAssembly(assemblyDirectory, stackName);
}
