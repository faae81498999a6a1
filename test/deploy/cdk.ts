import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { ACCOUNT, type Emulator, REGION } from './emulator.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const CLI = join(PROJECT, 'node_modules', 'aws-cdk', 'bin', 'cdk');

/**
 * Options for moto 5.2, which knows no outputs of a stack that a change set made, and answers 500
 * when a parameter keeps its previous value.
 */
const FOR_MOTO = ['--method', 'direct', '--no-previous-parameters'];

export type Context = Readonly<Record<string, string>>;
export type Outputs = Readonly<Record<string, string>>;

/**
 * The project's own `cdk` on the emulator, as `npx cdk` runs it. Each call rejects with what the
 * CLI printed.
 */
export interface Cdk {
  bootstrap(): Promise<void>;
  /** Deploys the stack, and gives its outputs. */
  deploy(context?: Context): Promise<Outputs>;
  /** Takes existing resources into a new stack, by their identifiers. */
  adopt(stack: string, identifiers: object): Promise<void>;
  destroy(context?: Context): Promise<void>;
}

/** Makes the commands. `folder` is for assemblies and outputs. */
export function createCdk({ variables }: Emulator, folder: string): Cdk {
  const environment = {
    ...variables,
    PATH: process.env.PATH,
    HOME: folder, // no configuration of the developer's
    CI: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  const assemblies = new Map<string, string>();

  async function run(args: readonly string[]): Promise<void> {
    await promisify(execFile)(process.execPath, [CLI, ...args], {
      cwd: PROJECT,
      env: environment,
      maxBuffer: 16 * 1024 * 1024,
    });
  }

  /**
   * Adds the app to the arguments. The first command of a context synthesises and bundles the app
   * of cdk.json; later ones take what that made.
   */
  async function withApp(args: readonly string[], context: Context): Promise<void> {
    const options = Object.entries(context).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const known = assemblies.get(options.join(' '));
    if (known !== undefined) return await run([...args, '--app', known]);
    const assembly = await mkdtemp(join(folder, 'cdk.out-'));
    await run([...args, ...options, '--output', assembly]);
    assemblies.set(options.join(' '), assembly);
  }

  return {
    bootstrap: () => run(['bootstrap', `aws://${ACCOUNT}/${REGION}`, '--output', join(folder, 'bootstrap')]),
    async deploy(context = {}) {
      const file = join(folder, 'outputs.json');
      const options = [...FOR_MOTO, '--require-approval', 'never', '--outputs-file', file];
      await withApp(['deploy', ...options], context);
      const [outputs = {}] = Object.values(outputsFile.parse(JSON.parse(await readFile(file, 'utf8'))));
      return outputs;
    },
    adopt: (stack, identifiers) =>
      withApp(['import', stack, '--resource-mapping-inline', JSON.stringify(identifiers)], {}),
    destroy: (context = {}) => withApp(['destroy', '--force'], context),
  };
}

const outputsFile = z.record(z.string(), z.record(z.string(), z.string()));
