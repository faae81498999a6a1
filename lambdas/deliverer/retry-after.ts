/**
 * Parses `Retry-After`, which has seconds or an HTTP date.
 * @returns seconds; undefined when it makes no sense or lies in the past
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text)); // RFC 9110 knows whole seconds; some send 65.5
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const date = / GMT$/.test(text) ? text : `${text} GMT`; // asctime's form names no zone (RFC 9110 §5.6.7)
  const seconds = Math.ceil((Date.parse(date) - now) / 1_000);
  return seconds > 0 ? seconds : undefined;
}
