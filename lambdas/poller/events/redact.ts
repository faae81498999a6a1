import { ANY_DEPTH, ANY_KEY, type KeyPath } from '../../shared/settings/key-path.ts';
import { isObject } from '../../shared/text/json.ts';

const REDACTED = '[redacted]';
const REDACTED_WHOLE = 'redacted';

/**
 * Copies a body without the values at the paths. Paths are written as in the compact body
 * (`request.body.email`). The same paths also find what the full body has under `details`. `log_id`
 * always stays, as receivers ignore duplicates by it.
 */
export function redacted(body: Record<string, unknown>, paths: readonly KeyPath[]): Record<string, unknown> {
  if (paths.length === 0) return body;
  try {
    const { log_id, ...rest } = body;
    const hidden = withoutValues(rest, paths);
    const details = isObject(rest.details) ? { details: detailsOf(hidden, paths) } : {};
    return orderedAs(body, { ...hidden, ...details, log_id });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { log_id: body.log_id, [REDACTED_WHOLE]: true }; // nested some thousand deep: rather all than too little
  }
}

function detailsOf({ details }: Record<string, unknown>, paths: readonly KeyPath[]): unknown {
  return isObject(details) ? withoutValues(details, paths) : details;
}

function orderedAs(
  { ...order }: Record<string, unknown>,
  values: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(Object.keys(order).map((key) => [key, values[key]]));
}

function withoutValues(object: Record<string, unknown>, paths: readonly KeyPath[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const rest = paths.flatMap((path) => after(path, key));
      if (value !== undefined && rest.some((path) => path.length === 0)) return [key, REDACTED];
      return [key, rest.length === 0 ? value : within(value, rest)];
    }),
  );
}

/**
 * Removes what the paths name below a value. A path goes through lists, so that a list of users
 * loses each one's e-mail. It may also name a place in a list.
 */
function within(value: unknown, paths: readonly KeyPath[]): unknown {
  if (Array.isArray(value))
    return value.map((entry, place) => {
      const named = paths.filter(([step]) => step === String(place)).map((path) => path.slice(1));
      return named.some((path) => path.length === 0) ? REDACTED : within(entry, [...paths, ...named]);
    });
  return isObject(value) ? withoutValues(value, paths) : value;
}

/** The rest of a path after a key; empty when the path does not go through the key. */
function after(path: KeyPath, key: string): readonly KeyPath[] {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  if (step === ANY_DEPTH) return [path, ...after(rest, key)]; // this key is one of those in between, or the next one
  return step === ANY_KEY || step === key ? [rest] : [];
}
