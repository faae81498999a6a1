/**
 * How many requests a second the endpoint takes, as its 429s have taught. Times are epoch
 * milliseconds; 0 means nothing.
 */
export interface Pace {
  /** Requests a second; 0 = no limit. */
  readonly perSecond: number;
  /** The pace from which it grows. It is more than `perSecond` while nothing at all is accepted. */
  readonly base: number;
  /** The pace of the last 429 after a success at the same pace; 0 = there was none. */
  readonly limit: number;
  /**
   * 429s in a row at about the same limit. The more there are, the longer the pace stays near it.
   */
  readonly steady: number;
  /** Cuts in a row, each soon after the one before. Many of them have measured no limit. */
  readonly falls: number;
  /** Milliseconds for which the pace was fully used since it last shrank. */
  readonly busyMs: number;
  /** Turns of the schedule that were given out, and when the last one was. */
  readonly turns: number;
  readonly takenAt: number;
  /** True when something was accepted since it last shrank. */
  readonly isAccepted: boolean;
  /** Number of the schedule. Turns of an older one are void. */
  readonly schedule: number;
  /** The pace with which the schedule began. */
  readonly schedulePerSecond: number;
  /** Time of the next free turn. */
  readonly next: number;
  /** Time of the last 429 that taught something. */
  readonly refusedAt: number;
}

/** The pace of an endpoint that never refused a request for its rate. */
export const NO_PACE: Pace = {
  perSecond: 0,
  base: 0,
  limit: 0,
  steady: 0,
  falls: 0,
  busyMs: 0,
  turns: 0,
  takenAt: 0,
  isAccepted: false,
  schedule: 0,
  schedulePerSecond: 0,
  next: 0,
  refusedAt: 0,
};

/**
 * The lowest pace, requests a second. A receiver that refuses even that refuses everything, and is
 * paused.
 */
export const LEAST_PER_SECOND = 0.1;
/** How long after the last 429 a pace is forgotten. */
export const FORGET_PACE_MS = 10 * 60_000;
/**
 * Requests a second for each call beyond which a pace holds back nothing, as a request takes
 * longer.
 */
export const MOST_PER_CALL = 20;

/**
 * Takes the limit away. Turns that were given out are void, and the next one keeps its distance.
 */
export function freed({ schedule, next }: Pace): Pace {
  return { ...NO_PACE, schedule: schedule + 1, next };
}

/** Begins a new schedule, whose first turn is one step from now. */
export function rescheduled(pace: Pace, now: number): Pace {
  const { perSecond, schedule } = pace;
  return {
    ...pace,
    schedule: schedule + 1,
    schedulePerSecond: perSecond,
    turns: 0,
    takenAt: now,
    next: now + 1_000 / perSecond,
  };
}

/**
 * Reads a stored pace. What makes no sense counts as nothing.
 * @param soon how far ahead another clock may be, epoch milliseconds
 * @param latest the last moment at which a turn can be, epoch milliseconds
 */
export function believablePace(stored: unknown, now: number, soon: number, latest: number): Pace {
  const fields = new Map<string, unknown>(
    typeof stored === 'object' && stored !== null ? Object.entries(stored) : [],
  );
  const number = (name: keyof Pace, most: number): number => {
    const value = fields.get(name);
    return typeof value === 'number' && value >= 0 && value <= most ? value : 0;
  };
  const pace: Pace = {
    perSecond: number('perSecond', 10_000),
    base: number('base', 10_000),
    limit: number('limit', 10_000),
    steady: number('steady', 100),
    falls: number('falls', 100),
    busyMs: number('busyMs', FORGET_PACE_MS),
    turns: number('turns', 1_000_000),
    takenAt: number('takenAt', soon),
    isAccepted: fields.get('isAccepted') === true,
    schedule: number('schedule', Number.MAX_SAFE_INTEGER),
    schedulePerSecond: number('schedulePerSecond', 10_000),
    next: number('next', latest),
    refusedAt: number('refusedAt', soon),
  };
  const isSound = pace.perSecond >= LEAST_PER_SECOND && pace.base >= LEAST_PER_SECOND;
  const isRecent = now - pace.refusedAt < FORGET_PACE_MS;
  return isSound && isRecent ? pace : { ...NO_PACE, schedule: pace.schedule, next: pace.next };
}
