import * as z from 'zod';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import type { InvocationResult } from '../host/invocation.ts';

const response = z.nullable(
  z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() }),
);

/**
 * The message ids that return to the queue, by AWS's rules (AWS Lambda guide, "Handling errors for
 * an SQS event source"). No answer or an empty list is full success. An error, a malformed answer
 * or an id that was not in the batch returns the whole batch.
 */
export function returnedIds(
  result: InvocationResult,
  ids: ReadonlySet<string>,
  reportsBatchItemFailures: boolean,
): ReadonlySet<string> {
  if (result.kind !== 'success') return ids;
  if (!reportsBatchItemFailures) return new Set();
  const parsed = response.safeParse(jsonOrUndefined(result.payload));
  if (!parsed.success) return ids;
  const failed = (parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return failed.every((id) => ids.has(id)) ? new Set(failed) : ids;
}
