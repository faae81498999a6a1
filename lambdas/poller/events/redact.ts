import { isObject } from '../../shared/log-event.ts';
import { ANY_DEPTH, ANY_KEY, type KeyPath } from '../../shared/settings/key-path.ts';

const REDACTED = '[redacted]';
const REDACTED_WHOLE = 'redacted';

/**
 * A copy without the values at the paths. Paths are as in the compact body (`request.body.email`);
 * what is under `details` (request and response in the full body) is found by the same paths.
 * `log_id` stays: receivers ignore duplicates by it.
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
 * Paths go through lists, so that a list of users loses each one's e-mail; a place in the list may
 * be named, too.
 */
function within(value: unknown, paths: readonly KeyPath[]): unknown {
  if (Array.isArray(value))
    return value.map((entry, place) => {
      const named = paths.filter(([step]) => step === String(place)).map((path) => path.slice(1));
      return named.some((path) => path.length === 0) ? REDACTED : within(entry, [...paths, ...named]);
    });
  return isObject(value) ? withoutValues(value, paths) : value;
}

/** What is left of a path behind a key; nothing when the key is not on it. */
function after(path: KeyPath, key: string): readonly KeyPath[] {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  if (step === ANY_DEPTH) return [path, ...after(rest, key)]; // this key is one of those in between, or the next one
  return step === ANY_KEY || step === key ? [rest] : [];
}
