import type { EndpointItem } from './item.ts';
import { freed, MOST_PER_CALL, type Pace, rescheduled } from './pace.ts';

/** A moment at which one request may start. */
export interface Turn {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly perSecond: number;
  readonly schedule: number;
  /** Its number in the schedule, from 0. */
  readonly number: number;
}

export interface TurnsWanted {
  /** Requests that the invocation still has to make. */
  readonly count: number;
  /** The last moment at which the invocation may start a request, epoch milliseconds. */
  readonly latest: number;
  /** WEBHOOK_MAX_PER_SECOND, 0 = none. */
  readonly mostPerSecond: number;
  readonly concurrentCalls: number;
}

/**
 * Requests a second that may start; 0 = no limit. It is the lower of what was learnt and what the
 * user set.
 */
export function paceOf({ perSecond }: Pace, mostPerSecond: number): number {
  if (perSecond > 0 && mostPerSecond > 0) return Math.min(perSecond, mostPerSecond);
  return perSecond || mostPerSecond;
}

/**
 * Takes the next free turns, at most a second's worth.
 * @returns the turns and the item afterwards; undefined when none is free in time; no turns
 *   when the pace has grown to where it holds back nothing
 */
export function takeTurns(
  item: EndpointItem,
  { count, latest, mostPerSecond, concurrentCalls }: TurnsWanted,
  now: number,
): { readonly turns: readonly Turn[]; readonly item: EndpointItem } | undefined {
  const isBusy = item.pace.next > now && paceOf(item.pace, mostPerSecond) === item.pace.perSecond;
  const pace = isBusy ? grown(item, now, concurrentCalls) : item.pace;
  const perSecond = paceOf(pace, mostPerSecond);
  if (perSecond === 0) return { turns: [], item: { ...item, pace } };
  const start = Math.max(now, pace.next, item.until);
  if (start > latest) return undefined;
  const apart = 1_000 / perSecond;
  const most = Math.max(1, Math.min(count, Math.floor(perSecond)));
  const turns: readonly Turn[] = Array.from({ length: most }, (_, turn) => ({
    at: start + turn * apart,
    perSecond,
    schedule: pace.schedule,
    number: pace.turns + turn,
  }));
  // The clocks of two functions differ. One that is behind must not set the time back.
  const takenAt = Math.max(pace.takenAt, now);
  const after = { ...pace, turns: pace.turns + most, takenAt, next: start + most * apart };
  return { turns, item: { ...item, pace: after } };
}

/**
 * How long a pace stays near the one from which it grows: for some turns at least, and twice as
 * long for each further 429 at the same limit.
 */
const PATIENT = { leastMs: 10_000, turns: 10, mostMs: 100_000 } as const;
/** The same for a pace that is a guess: the first one, or after falls that measured nothing. */
const GUESS = { leastMs: 4_000, turns: 1 } as const;
/** The exponent of growth: after that time the pace is 15 % higher, which is past the limit. */
const BEND = 0.2;
/**
 * The part of the limit beyond which it no longer seems to hold. The pace then doubles in the time
 * of DOUBLING.
 */
const PAST_LIMIT = 1.25;
const DOUBLING = { leastMs: 3_000, turns: 5 } as const;

/**
 * Lets a pace grow: slowly at first, as the limit is near, then ever faster, as it no longer seems
 * to hold. That is the shape of TCP's CUBIC (RFC 9438), by exponents. Only time in which the pace
 * was fully used counts, as a quiet hour proves nothing. That is all time since the last turn was
 * taken, as that turn is still to come, but for the time in which the endpoint wanted no request.
 */
function grown({ pace, until }: EndpointItem, now: number, concurrentCalls: number): Pace {
  if (isBackingOff(pace)) return pace;
  const usedMs = Math.max(0, now - Math.max(pace.takenAt, until));
  const busyMs = pace.busyMs + usedMs;
  const perSecond =
    pace.limit > 0 && pace.perSecond > pace.limit * PAST_LIMIT
      ? pace.perSecond * 2 ** (usedMs / timeOf(DOUBLING, pace.perSecond))
      : pace.base * 2 ** (BEND * (busyMs / patientMs(pace)) ** 3);
  if (perSecond > concurrentCalls * MOST_PER_CALL) return freed(pace);
  const after = { ...pace, busyMs, perSecond };
  if (perSecond < pace.schedulePerSecond * STALE) return after;
  const ahead = Math.ceil(((pace.next - now) / 1_000) * pace.perSecond);
  return { ...rescheduled(after, now), turns: Math.max(0, pace.turns - ahead) };
}

/**
 * By how much a pace must have grown for turns of the old one to be void. Turns are taken up to a
 * minute ahead. Kept, they would make the grown pace wait for a minute.
 */
const STALE = 2;

function patientMs({ base, limit, steady }: Pace): number {
  if (limit === 0) return timeOf(GUESS, base);
  return Math.min(timeOf(PATIENT, base) * 2 ** steady, PATIENT.mostMs);
}

function timeOf({ leastMs, turns }: { readonly leastMs: number; readonly turns: number }, perSecond: number) {
  return Math.max(leastMs, (turns * 1_000) / perSecond);
}

/**
 * True while nothing at all is accepted, so that the pace is lower than the one to which it will
 * return.
 */
export function isBackingOff({ perSecond, base }: Pace): boolean {
  return perSecond < base;
}
