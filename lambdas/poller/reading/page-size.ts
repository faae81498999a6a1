/** Auth0 caps `take` and `per_page` at 100. */
export const LARGEST_PAGE = 100;

/**
 * The size at which answers are aimed. A page and the next one, as text and parsed, fit into a
 * function of 128 MB.
 */
const BYTES = 4 * 1024 * 1024;
/** A page grows only while an answer of twice the size would not take longer than this. */
const GROWS_BELOW_MS = 10_000;

/**
 * How many entries a request asks for: the most that Auth0 gives, unless answers turn out to be
 * large or slow.
 */
export interface PageSize {
  readonly take: number;
  /** Says that a whole answer came. */
  answered(entries: number, bytes: number, durationMs: number): void;
  /** Says that an answer was broken off for its size. */
  tooLarge(): void;
  /** Says that an answer did not come whole in time. */
  timedOut(): void;
}

export function createPageSize(): PageSize {
  let take = LARGEST_PAGE;
  const atMost = (size: number) => {
    take = Math.max(1, Math.min(LARGEST_PAGE, Math.floor(size)));
  };
  return {
    get take() {
      return take;
    },
    answered(entries, bytes, durationMs) {
      const isQuick = durationMs * 2 <= GROWS_BELOW_MS;
      const fitting = entries > 0 && bytes > 0 ? (BYTES * entries) / bytes : LARGEST_PAGE;
      atMost(Math.min(fitting, isQuick ? take * 2 : take));
    },
    tooLarge: () => atMost(take / 10),
    timedOut: () => atMost(take / 4),
  };
}
