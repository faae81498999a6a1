import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { UserError } from '../user-error.ts';
import { type Assembly, readAssembly } from './assembly.ts';
import { cachedAssembly, cacheFolder } from './assembly-cache.ts';

const SYNTHESIS = fileURLToPath(new URL('synthesis.ts', import.meta.url));

const answer = z.union([
  z.object({ assemblyDirectory: z.string(), stackName: z.string() }),
  z.object({ mistake: z.string() }),
]);

/**
 * Synthesises the stack that `cdk deploy` would deploy, bundled, with this run's concurrency.
 * Bundles are kept in `fallback` where node_modules cannot be written.
 *
 * @throws {UserError} when the context in cdk.json is wrong
 */
export async function synthesised(
  { concurrentCalls }: { readonly concurrentCalls: number | undefined },
  fallback?: string,
): Promise<Assembly> {
  const context = JSON.stringify({ concurrentCalls }); // an undefined one is left out
  const cache = await cacheFolder(fallback);
  const { folder, stackName } = await cachedAssembly(context, (outdir) => synthesise(outdir, context), cache);
  return await readAssembly(folder, stackName);
}

/**
 * Synthesises in a process of its own.
 * @returns the name of the stack
 */
async function synthesise(outdir: string, context: string): Promise<string> {
  // A bundler's complaints can be long. When it fails they are part of the error.
  const options = { maxBuffer: 16 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(process.execPath, [SYNTHESIS, outdir, context], options);
  const result = answer.parse(JSON.parse(stdout));
  if ('mistake' in result) throw new UserError(result.mistake);
  return result.stackName;
}
