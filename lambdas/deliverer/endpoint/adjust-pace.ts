import { LEAST_PER_SECOND, type Pace, rescheduled } from './pace.ts';
import { isBackingOff } from './turns.ts';

/** The pace that a request had. */
export interface Paced {
  /** Requests a second, 0 = none. */
  readonly perSecond: number;
  readonly schedule: number;
  /** Its number among the turns of the schedule, from 0. */
  readonly number: number;
}

/**
 * The part of one call a second each that the first pace is. Nothing is known yet but that the
 * calls were too fast.
 */
const FIRST_SHARE = 0.8;
/** The part of a refused pace that is kept, at most and at least. */
const SHARES = { most: 0.9, least: 0.5 } as const;
/** 429s at paces that differ by less than this are taken for one limit. */
const SAME_LIMIT = 0.25;
const MOST_STEADY = 3;
/**
 * The part of the limit up to which the pace must have grown for a 429 to confirm the limit. A 429
 * below that does not.
 */
const GROWN_BACK = 0.95;
/**
 * Cuts in a row that have measured nothing, as each came after so few accepted requests and before
 * the pace had grown by so much. Some receivers refuse a part of all requests at any pace. A cut is
 * no help there, as the next 429 comes as soon. The pace that is left is then a guess, like the
 * first one, and grows as fast. One or two such cuts are usual on the way down to a small limit.
 */
const MANY_FALLS = 5;
const FEW_ACCEPTED = 4;
const GROWN = 1.5;

/**
 * The pace after a 429. It stays the same if the request was of an older schedule: twenty requests
 * that were refused at once are one sign.
 *
 * A 429 after a success at the same pace measures the limit. Without a success in between it
 * measures nothing, as the endpoint refuses everything: it is down, or its window is not over. The
 * pace is halved then, and the next success brings it back.
 */
export function afterRefusal(pace: Pace, request: Paced, now: number, calls: number): Pace {
  const { perSecond, schedule, number } = request;
  const isUnpaced = perSecond === 0 && pace.perSecond > 0; // a last attempt, which waits for no turn
  if (schedule !== pace.schedule || isUnpaced) return pace;
  const shrunk = { ...pace, busyMs: 0, isAccepted: false, refusedAt: now };
  if (pace.perSecond === 0) {
    const base = Math.max(FIRST_SHARE * (perSecond || calls), LEAST_PER_SECOND);
    return rescheduled({ ...shrunk, base, perSecond: base }, now);
  }
  if (!pace.isAccepted)
    return rescheduled({ ...shrunk, perSecond: Math.max(pace.perSecond / 2, LEAST_PER_SECOND) }, now);
  return measured(pace, { ...shrunk, perSecond }, number, now);
}

/** The pace after a 429 that came after a success at the same pace. */
function measured(before: Pace, shrunk: Pace, number: number, now: number): Pace {
  const { perSecond } = shrunk;
  const { limit, base } = before;
  const accepted = number / Math.max(1, (now - before.refusedAt) / 1_000); // waiting included
  const isNear = Math.abs(perSecond - limit) < SAME_LIMIT * limit;
  const most = perSecond * SHARES.most;
  const share = isNear ? most : Math.min(Math.max(accepted, perSecond * SHARES.least), most);
  const isFall = !isNear && number < FEW_ACCEPTED && perSecond < base * GROWN;
  const falls = isFall ? Math.min(before.falls + 1, MANY_FALLS) : 0;
  const next = Math.max(share, LEAST_PER_SECOND);
  const isConfirmed = isNear && perSecond >= GROWN_BACK * limit;
  const steady = isConfirmed ? Math.min(before.steady + 1, MOST_STEADY) : before.steady;
  return rescheduled(
    {
      ...shrunk,
      base: next,
      perSecond: next,
      limit: falls < MANY_FALLS ? perSecond : 0,
      steady: isNear ? steady : 0,
      falls,
    },
    now,
  );
}

/** The pace after a success. A halved pace returns at once to what it was. */
export function afterAcceptance(pace: Pace, { schedule }: Paced, now: number): Pace {
  if (pace.perSecond === 0 || schedule !== pace.schedule) return pace;
  if (isBackingOff(pace)) return rescheduled({ ...pace, perSecond: pace.base, isAccepted: true }, now);
  return pace.isAccepted ? pace : { ...pace, isAccepted: true };
}
