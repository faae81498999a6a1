import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import * as z from 'zod';

const manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ type: z.string(), properties: z.object({ templateFile: z.string().optional() }).optional() }),
  ),
});
const assets = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string() }) })),
});
const template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Parameters: z.record(z.string(), z.object({ Default: z.unknown() })).default({}),
});

export type Template = z.infer<typeof template>;

/** One stack as `cdk synth` wrote it. */
export interface Assembly {
  readonly template: Template;
  /** Folder of the asset that is uploaded as `<hash>.zip`. */
  assetFolder(s3Key: string): string;
}

/** Reads one stack of the cloud assembly in `folder`. */
export async function readAssembly(folder: string, stackName: string): Promise<Assembly> {
  const { artifacts } = manifest.parse(await json(join(folder, 'manifest.json')));
  const artifact = artifacts[stackName];
  const file = artifact?.properties?.templateFile;
  if (artifact?.type !== 'aws:cloudformation:stack' || file === undefined)
    throw new Error(`No stack ${stackName} in ${folder}.`);
  const { files } = assets.parse(await json(join(folder, file.replace(/\.template\.json$/, '.assets.json'))));
  return {
    template: template.parse(await json(join(folder, file))),
    assetFolder(s3Key) {
      const asset = files[basename(s3Key, '.zip')];
      if (!asset) throw new Error(`No asset ${s3Key} in ${folder}.`);
      return resolve(folder, asset.source.path);
    },
  };
}

async function json(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
