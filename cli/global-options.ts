import * as z from 'zod/mini';

/**
 * What commander gives for the options that every command has. A file of its own: `--help` needs
 * none of it.
 */
export const globalOptions = z.object({
  name: z.optional(z.string()),
  region: z.optional(z.string()),
  profile: z.optional(z.string()),
  local: z.optional(z.boolean()),
  data: z.optional(z.string()),
  json: z.optional(z.boolean()),
  yes: z.optional(z.boolean()),
});
