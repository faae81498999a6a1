import { isObject } from '../../shared/text/json.ts';

/**
 * SQS takes 1 MiB for body and attributes together. Our attributes stay under 1 kB; the rest of the
 * 8 KiB is for those that a redrive adds.
 */
export const BODY_LIMIT_BYTES = 1024 * 1024 - 8 * 1024;

/** This field is never left out: the receiver can fetch the rest by it. */
const KEPT = 'log_id';

/**
 * Serialises a value in at most 1 MiB less 8 KiB. If it is larger, its largest parts are replaced
 * by `{"omitted":true,"bytes":n}`. Keys are never dropped. Characters that SQS refuses become JSON
 * escapes.
 */
export function fitted(
  value: Record<string, unknown>,
  limit = BODY_LIMIT_BYTES,
): { json: string; omitted: boolean } {
  const whole = serialised(value);
  if (whole !== undefined && Buffer.byteLength(whole) <= limit) return { json: whole, omitted: false };
  const copy: Record<string, unknown> = { ...value };
  for (let replaced = 0; replaced <= MOST_REPLACED; replaced++) {
    const json = serialised(copy);
    const excess = json === undefined ? undefined : Buffer.byteLength(json) - limit;
    if (json !== undefined && excess !== undefined && excess <= 0) return { json, omitted: true };
    if (!replaceLargest(copy, excess)) break;
  }
  return { json: JSON.stringify({ [KEPT]: value[KEPT], omitted: true }), omitted: true };
}

/**
 * How many parts are replaced at most. The whole is measured again after each, so a value of
 * thousands of small parts would take minutes.
 */
const MOST_REPLACED = 10;

/**
 * Replaces one large part. It takes the deepest one whose loss makes up for the excess, so that
 * little is lost.
 * @param excess bytes too many; undefined when the value is nested too deep to be measured
 * @returns false when no part is large enough
 */
function replaceLargest(root: Record<string, unknown>, excess: number | undefined): boolean {
  let parent = root;
  for (;;) {
    const [key, bytes] = largest(parent);
    if (bytes <= MARKER_BYTES || bytes * MOST_REPLACED < (excess ?? 0)) return false;
    const child = parent[key];
    if (excess !== undefined && isObject(child) && largest(child)[1] >= excess + MARKER_BYTES) {
      const copied = { ...child };
      parent[key] = copied;
      parent = copied;
      continue;
    }
    parent[key] = { omitted: true, ...(Number.isFinite(bytes) ? { bytes } : {}) };
    return true;
  }
}

/** Size of `{"omitted":true,"bytes":12345678}`. */
const MARKER_BYTES = 40;

function largest(parent: Record<string, unknown>): [key: string, bytes: number] {
  let found: [string, number] = ['', -1];
  for (const [key, child] of Object.entries(parent)) {
    if (key === KEPT) continue;
    const json = serialised(child);
    const bytes = json === undefined ? Number.POSITIVE_INFINITY : Buffer.byteLength(json);
    if (bytes > found[1]) found = [key, bytes];
  }
  return found;
}

/**
 * Serialises a value. Undefined when it is nested too deep for JSON.stringify (some thousand
 * levels); such a value counts as too large.
 */
function serialised(value: unknown): string | undefined {
  try {
    // SQS refuses U+FFFE and U+FFFF, and its documents have changed about characters beyond U+FFFF.
    // JSON.stringify itself escapes control characters and lone surrogates.
    return (JSON.stringify(value) ?? 'null').replace(
      /[\ud800-\udfff\ufffe\uffff]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16)}`,
    );
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
