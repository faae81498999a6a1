import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { ALIASES, bundlingDefaults } from '../../infra/node-function.ts';

export const FUNCTIONS = ['poller', 'deliverer'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** The AWS clients that each function uses, and nothing else. */
const CLIENTS: Readonly<Record<FunctionName, string>> = {
  poller: clients("{ SendMessageBatchCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs'"),
  deliverer: clients(
    "{ SendMessageCommand, ChangeMessageVisibilityBatchCommand, DeleteMessageBatchCommand } from '@aws-sdk/client-sqs'",
  ),
};

function clients(sqs: string): string {
  return `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
export { GetItemCommand, QueryCommand, PutItemCommand, UpdateItemCommand, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
export { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
export ${sqs};
export const clients = [new DynamoDBClient({}), new SecretsManagerClient({}), new SQSClient({})];`;
}

export interface Bundle {
  readonly file: string;
  readonly bytes: number;
  /** Bytes of the output by package; `ours` is this repository. */
  readonly byPackage: Readonly<Record<string, number>>;
}

/** Bundles the function as it is deployed. */
export function bundleOf(name: FunctionName, folder: string): Promise<Bundle> {
  return bundled(
    { entryPoints: [`${PROJECT}lambdas/${name}/handler.ts`] },
    join(folder, `${name}.mjs`),
    true,
  );
}

/** Bundles only the SDK clients that the function uses, made as it makes them. */
export function clientsOf(name: FunctionName, folder: string): Promise<Bundle> {
  const stdin = { contents: CLIENTS[name], resolveDir: PROJECT, loader: 'ts' } as const;
  return bundled({ stdin }, join(folder, `${name}-clients.mjs`), false);
}

async function bundled(entry: object, outfile: string, isOurs: boolean): Promise<Bundle> {
  const { format, target, mainFields, minify, banner, externalModules } = bundlingDefaults;
  const { metafile } = await build({
    ...entry,
    outfile,
    bundle: true,
    platform: 'node',
    format,
    target,
    mainFields,
    minify,
    banner: { js: banner },
    external: externalModules,
    ...(isOurs ? { alias: { ...ALIASES } } : {}),
    metafile: true,
    logLevel: 'error',
    absWorkingDir: PROJECT,
  });
  return { file: outfile, bytes: statSync(outfile).size, byPackage: packagesIn(metafile) };
}

function packagesIn({ outputs }: Metafile): Readonly<Record<string, number>> {
  const bytes: Record<string, number> = {};
  for (const { inputs } of Object.values(outputs))
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const [, name = 'ours'] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
      bytes[name] = (bytes[name] ?? 0) + bytesInOutput;
    }
  return bytes;
}
