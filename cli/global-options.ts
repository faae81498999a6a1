import * as z from 'zod/mini';

/**
 * Parses the options that every command has. It has its own file, so that `--help` does not load
 * it.
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
