import * as z from 'zod/mini';
import type { DeadLetterArgs } from '../../lambdas/shared/operations/dead-letters.ts';
import { parseTime } from '../../lambdas/shared/operations/times.ts';
import { CliError } from '../errors.ts';

export const choiceOptions = z.object({
  all: z.optional(z.boolean()),
  resource: z.optional(z.string()),
  reason: z.optional(z.string()),
  since: z.optional(z.string()),
  dryRun: z.optional(z.boolean()),
});

/** Says which dead letters are meant. Naming none is a mistake, and does not mean all of them. */
export function choiceOf(
  logIds: readonly string[],
  { all, resource, reason, since }: z.infer<typeof choiceOptions>,
  now: number,
): DeadLetterArgs {
  const isNamed = logIds.length > 0 || resource !== undefined || reason !== undefined || since !== undefined;
  if (all === true && isNamed)
    throw new CliError('--all means every dead letter: leave out either it or the log_ids and filters', 2);
  if (all !== true && !isNamed) {
    throw new CliError(
      'say which: log_ids, --resource, --reason, --since, or --all (auth0-webhooks events list --dead shows them)',
      2,
    );
  }
  // How long ago it is changes until the question is answered.
  const at = since === undefined ? undefined : new Date(parseTime('--since', since, now)).toISOString();
  return { ...(logIds.length > 0 ? { logIds } : {}), resource, reason, since: at };
}
