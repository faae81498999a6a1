import { jsonOrUndefined } from '../lambdas/shared/text/json.ts';

/** The value of a text that is JSON. `-c webhooks='[...]'` comes as text. */
export function jsonText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return jsonOrUndefined(value) ?? value;
}
