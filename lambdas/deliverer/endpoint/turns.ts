import type { EndpointItem } from './item.ts';
import { freed, MOST_PER_CALL, type Pace } from './pace.ts';

/** A moment at which one request may start. */
export interface Turn {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly perSecond: number;
  readonly schedule: number;
  /** From 0. */
  readonly number: number;
}

export interface TurnsWanted {
  /** Requests that the invocation still has to make. */
  readonly count: number;
  /** The last moment at which it may start one, epoch milliseconds. */
  readonly latest: number;
  /** WEBHOOK_MAX_PER_SECOND, 0 = none. */
  readonly mostPerSecond: number;
  readonly concurrentCalls: number;
}

/**
 * Requests a second that may start, 0 = as many as there are: the lower of what was learnt and what
 * the user set.
 */
export function paceOf({ perSecond }: Pace, mostPerSecond: number): number {
  if (perSecond > 0 && mostPerSecond > 0) return Math.min(perSecond, mostPerSecond);
  return perSecond || mostPerSecond;
}

/**
 * Takes the next free turns, at most a second's worth, and gives the item afterwards. Undefined:
 * none is free in time.
 */
export function takeTurns(
  item: EndpointItem,
  { count, latest, mostPerSecond, concurrentCalls }: TurnsWanted,
  now: number,
): { readonly turns: readonly Turn[]; readonly item: EndpointItem } | undefined {
  const { pace, until } = item;
  const perSecond = paceOf(pace, mostPerSecond);
  const start = Math.max(now, pace.next, until);
  if (start > latest) return undefined;
  const apart = 1_000 / perSecond;
  const most = Math.max(1, Math.min(count, Math.floor(perSecond)));
  const turns: readonly Turn[] = Array.from({ length: most }, (_, turn) => ({
    at: start + turn * apart,
    perSecond,
    schedule: pace.schedule,
    number: pace.turns + turn,
  }));
  // Clocks of two functions differ: one that is behind must not make the pace go back.
  const takenAt = Math.max(pace.takenAt, now);
  const after = { ...pace, turns: pace.turns + most, takenAt, next: start + most * apart };
  const isBusy = pace.next > now && perSecond === pace.perSecond;
  const usedMs = Math.min(takenAt - pace.takenAt, 2 * most * apart);
  return { turns, item: { ...item, pace: isBusy ? grown(after, usedMs, concurrentCalls) : after } };
}

/**
 * A pace stays so long near the one from which it grows: for some turns at least, and longer for
 * each 429 that came at the same limit.
 */
const PATIENT = { leastMs: 10_000, turns: 10, mostMs: 100_000 } as const;
/** The same for a first pace, which is a guess. */
const GUESS_MS = 4_000;
/** After that time it has grown by 15 %, which is past the limit. */
const BEND = 0.2;
/** So far above the limit there is none any more: then the pace doubles in that time. */
const PAST_LIMIT = 1.25;
const DOUBLING = { leastMs: 3_000, turns: 5 } as const;

/**
 * Slow at first, as the limit is near, then ever faster, as there seems to be none any more: the
 * shape of TCP's CUBIC (RFC 9438), by exponents. Only time counts in which the pace was used to the
 * full; a quiet hour proves nothing.
 */
function grown(pace: Pace, usedMs: number, concurrentCalls: number): Pace {
  if (isBackingOff(pace)) return pace;
  const busyMs = pace.busyMs + usedMs;
  const perSecond =
    pace.limit > 0 && pace.perSecond > pace.limit * PAST_LIMIT
      ? pace.perSecond * 2 ** (usedMs / timeOf(DOUBLING, pace.perSecond))
      : pace.base * 2 ** (BEND * (busyMs / patientMs(pace)) ** 3);
  return perSecond > concurrentCalls * MOST_PER_CALL ? freed(pace) : { ...pace, busyMs, perSecond };
}

function patientMs({ base, limit, steady }: Pace): number {
  if (limit === 0) return GUESS_MS;
  return Math.min(timeOf(PATIENT, base) * 2 ** steady, PATIENT.mostMs);
}

function timeOf({ leastMs, turns }: { readonly leastMs: number; readonly turns: number }, perSecond: number) {
  return Math.max(leastMs, (turns * 1_000) / perSecond);
}

/** Nothing at all is accepted: the pace is lower than the one to which it will return. */
export function isBackingOff({ perSecond, base }: Pace): boolean {
  return perSecond < base;
}
