import { isObject } from '../../shared/log-event.ts';

/**
 * SQS takes 1 MiB for body and attributes together; our attributes stay under 1 kB, some room is
 * for a redrive's.
 */
export const BODY_LIMIT_BYTES = 1024 * 1024 - 8 * 1024;

/** Never left out: by it the receiver can fetch the rest. */
const KEPT = 'log_id';

/**
 * JSON of the value in at most 1 MiB less 8 KiB. What does not fit has its largest parts replaced
 * by `{"omitted":true,"bytes":n}`; nothing is dropped. Characters that SQS refuses travel as JSON
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
 * Each replacement measures the whole again: a size that lies in thousands of parts would take
 * minutes.
 */
const MOST_REPLACED = 10;

/**
 * Replaces the largest part: as deep as one part alone still makes up for the excess (bytes;
 * undefined when the value is too deep to be measured), so that little is lost. False when the
 * parts are too small for that.
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

/** Of `{"omitted":true,"bytes":12345678}`. */
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
 * Undefined when the value is nested too deep for JSON.stringify (some thousand levels): then it
 * counts as too large.
 */
function serialised(value: unknown): string | undefined {
  try {
    // SQS takes no U+FFFE and U+FFFF, and what it says of characters beyond U+FFFF has changed;
    // stringify itself escapes control characters and lone surrogates.
    return (JSON.stringify(value) ?? 'null').replace(
      /[\ud800-\udfff\ufffe\uffff]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16)}`,
    );
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
