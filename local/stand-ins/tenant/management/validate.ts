import type * as z from 'zod';
import { jsonOrUndefined } from '../../../../lambdas/shared/text/json.ts';
import { type Answer, apiError } from '../answer.ts';

/** The body as the API's schema has it, or the answer that refuses it in the API's own words. */
export function validated<T>(
  schema: z.ZodType<T>,
  body: string,
): { readonly data: T } | { readonly refusal: Answer } {
  const json = jsonOrUndefined(body);
  if (json === undefined) return { refusal: apiError(400, 'Invalid request payload JSON format') };
  const result = schema.safeParse(json);
  if (result.success) return { data: result.data };
  const [issue] = result.error.issues;
  return { refusal: invalidBody(issue ? words(issue) : 'Invalid body') };
}

export function invalidBody(what: string): Answer {
  return apiError(400, `Payload validation error: '${what}'.`, 'invalid_body');
}

function words(issue: z.core.$ZodIssue): string {
  const property = issue.path.join('.');
  if (issue.code === 'unrecognized_keys')
    return `Additional properties not allowed: ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return `Missing required property: ${property}`;
  if (issue.code === 'invalid_type') return `Expected type ${issue.expected} on property ${property}`;
  return `${issue.message} on property ${property}`;
}
