const SECONDS = { second: 1, minute: 60, hour: 3_600, day: 86_400 } as const;

/**
 * SQS deletes a message after 14 days. An event must be on the dead-letter queue before that.
 */
const LONGEST_SECONDS = 12 * SECONDS.day;
/** Below a minute even the second delay might not fit. */
const SHORTEST_SECONDS = SECONDS.minute;

/**
 * Parses `345600`, `4 days` or `12 hours`.
 * @returns seconds; undefined for anything else, and for what is not within 1 minute to 12 days
 */
export function durationSeconds(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,7})(?: ?(second|minute|hour|day)s?)?$/.exec(text) ?? [];
  if (count === undefined) return undefined;
  const seconds = Number(count) * SECONDS[isUnit(unit) ? unit : 'second'];
  return seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS ? seconds : undefined;
}

function isUnit(text: string | undefined): text is keyof typeof SECONDS {
  return text !== undefined && Object.hasOwn(SECONDS, text);
}
