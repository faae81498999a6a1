import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { projectContext } from './project-context.ts';
import { createWebhookApp } from './webhook-app.ts';

export interface SynthesiseProps {
  /** Folder for the assembly (template and bundled code). */
  readonly outdir: string;
  /** Context as `-c` gives it, which wins over cdk.json. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** A template as JSON: `Resources` by logical id. */
export type Template = z.infer<typeof templateSchema>;

export interface Synthesised {
  /** Template of the first webhook. */
  readonly template: Template;
  readonly stackName: string;
  /**
   * Folder of the assembly. It holds `asset.<hash>/index.mjs` for a function whose `Code.S3Key` is
   * `<hash>.zip`.
   */
  readonly assemblyDirectory: string;
}

const templateSchema = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});

/**
 * Makes the very stack that `cdk deploy` would deploy, bundled for real, in this process. It needs
 * neither credentials nor Docker.
 *
 * @throws {ConfigError} naming every fault of the context
 */
export function synthesise({ outdir, context = {} }: SynthesiseProps): Synthesised {
  const { app, stacks } = createWebhookApp({
    outdir,
    context: { ...projectContext(), ...context },
    analyticsReporting: false,
  });
  const [stack] = stacks;
  // `parseConfig` has refused that before.
  if (stack === undefined) throw new Error('the configuration has no webhook');
  const assembly = app.synth();
  const text = readFileSync(join(assembly.directory, stack.templateFile), 'utf8');
  return {
    template: templateSchema.parse(JSON.parse(text)),
    stackName: stack.stackName,
    assemblyDirectory: assembly.directory,
  };
}
