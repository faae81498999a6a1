import { synthesise } from '../../../infra/synthesise.ts';
import { type Assembly, readAssembly } from '../../../local/template/assembly.ts';
import { cachedAssembly } from '../../../local/template/assembly-cache.ts';

/**
 * The stack as it would be deployed, bundled. Like local mode's it is kept as long as the sources
 * stay the same.
 */
export async function synthesisedAssembly(
  context: Readonly<Record<string, unknown>> = {},
): Promise<Assembly> {
  const make = async (outdir: string) => synthesise({ outdir, context }).stackName;
  const { folder, stackName } = await cachedAssembly(JSON.stringify(context), make);
  return await readAssembly(folder, stackName);
}
