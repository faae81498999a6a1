import { readFileSync } from 'node:fs';
import { z } from 'zod';

const shapeOf = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('structure'),
    required: z.array(z.string()),
    members: z.record(z.string(), z.string()),
  }),
  z.object({ type: z.literal('list'), member: z.string() }),
  z.object({ type: z.literal('map'), key: z.string(), value: z.string() }),
  z.object({ type: z.literal('string'), enum: z.array(z.string()).optional() }),
  z.object({ type: z.enum(['integer', 'long', 'float', 'double', 'boolean', 'timestamp', 'blob']) }),
]);
export type Shape = z.infer<typeof shapeOf>;

const argumentOf = z.object({
  name: z.string(),
  required: z.boolean(),
  positional: z.boolean(),
  type: z.string(),
  /** Name of the option in the API. The CLI's own options have none. */
  member: z.string().optional(),
  shape: z.string().optional(),
});
export type Argument = z.infer<typeof argumentOf>;

const operationOf = z.object({
  api: z.string(),
  arguments: z.array(argumentOf),
  output: z.string().optional(),
});
export type Operation = z.infer<typeof operationOf>;

const serviceOf = z.object({
  operations: z.record(z.string(), operationOf),
  shapes: z.record(z.string(), shapeOf),
});
export type Service = z.infer<typeof serviceOf>;

const recorded = z.object({
  globals: z.record(z.string(), z.object({ takesValue: z.boolean() })),
  services: z.record(z.string(), serviceOf),
});

/** The commands of the AWS CLI as record-commands.py took them from the real one. */
export const MODEL = recorded.parse(
  JSON.parse(readFileSync(new URL('commands.json', import.meta.url), 'utf8')),
);

/**
 * Options of version 2 alone, by its reference. The recording is of version 1, whose API models are
 * the same.
 */
const GLOBALS_OF_V2 = {
  'no-cli-pager': { takesValue: false },
  'cli-auto-prompt': { takesValue: false },
  'no-cli-auto-prompt': { takesValue: false },
  'cli-binary-format': { takesValue: true },
};

export const GLOBALS: Readonly<Record<string, { readonly takesValue: boolean }>> = {
  ...MODEL.globals,
  ...GLOBALS_OF_V2,
};

/** `aws logs tail` is no call of the API but code of the CLI. Version 2 alone has it. */
export const LOGS_TAIL: Operation = {
  api: 'Tail',
  arguments: [
    { name: 'group_name', required: true, positional: true, type: 'string', member: 'group_name' },
    ...['since', 'format', 'filter-pattern', 'log-stream-name-prefix', 'log-stream-names'].map((name) => ({
      name,
      required: false,
      positional: false,
      type: 'string',
      member: name,
    })),
    { name: 'follow', required: false, positional: false, type: 'boolean', member: 'follow' },
  ],
};
