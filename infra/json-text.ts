import { jsonOrUndefined } from '../lambdas/shared/text/json.ts';

/** Text that is JSON becomes its value: `-c webhooks='[...]'` arrives as text. */
export function jsonText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return jsonOrUndefined(value) ?? value;
}
