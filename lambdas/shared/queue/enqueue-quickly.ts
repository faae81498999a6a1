import { field } from '../log-event.ts';
import { errorName } from '../logger.ts';
import { isThrottle } from '../throttle.ts';
import {
  DELAY_MS,
  type Entry,
  hasRoom,
  inWorkers,
  type Send,
  SendRefusedError,
  sendCall,
  TRIES,
} from './enqueue.ts';

/** How calls are made. */
export interface QuickCalls<T> {
  /** Makes a call that may be repeated when its answer is lost. */
  readonly send: Send<T>;
  /** Makes one request, and rejects when its answer is lost. */
  readonly sendOnce: Send<T>;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Sends all entries, with as many of a group in one call as it takes: SQS keeps the order of a
 * call's entries (SendMessageBatch, Amazon SQS API Reference). But it refuses entries singly. One
 * that is refused is overtaken by those behind it, and a call whose answer was lost does not say
 * whether it refused any.
 * @returns why a group may be out of order, or was not sent wholly: `overtaken`, or the name of the
 *   error by which an answer was lost; undefined when all is in order
 */
export async function enqueueQuickly<T extends Entry>(
  entries: readonly T[],
  { send, sendOnce, sleep }: QuickCalls<T>,
): Promise<string | undefined> {
  let doubt: string | undefined;
  for (let rest = entries; rest.length > 0 && doubt === undefined; ) {
    const { calls, later } = groupsInCalls(rest);
    await inWorkers(calls, async (call) => {
      if (doubt !== undefined) return;
      if (!hasTwoOfAGroup(call)) await sendCall(call, send, sleep);
      else doubt = (await sendTogether(call, sendOnce, sleep)) ?? doubt;
    });
    rest = later;
  }
  return doubt;
}

/** Puts a group's entries into one call. Those that do not fit follow once it was accepted. */
function groupsInCalls<T extends Entry>(entries: readonly T[]) {
  const calls: T[][] = [];
  const callOf = new Map<string, T[]>();
  const full = new Set<string>();
  const later: T[] = [];
  for (const entry of entries) {
    const own = callOf.get(entry.group);
    const call = own ?? calls.at(-1);
    if (full.has(entry.group)) later.push(entry);
    else if (call && hasRoom(call, entry)) {
      call.push(entry);
      callOf.set(entry.group, call);
    } else if (own) {
      full.add(entry.group); // a smaller one behind it could still fit, and would overtake it
      later.push(entry);
    } else {
      const begun = [entry];
      calls.push(begun);
      callOf.set(entry.group, begun);
    }
  }
  return { calls, later };
}

function hasTwoOfAGroup(call: readonly Entry[]): boolean {
  return new Set(call.map(({ group }) => group)).size < call.length;
}

async function sendTogether<T extends Entry>(
  call: readonly T[],
  sendOnce: Send<T>,
  sleep: (ms: number) => Promise<void>,
): Promise<string | undefined> {
  let left = call;
  for (let tries = 1; left.length > 0; tries++) {
    const refused = await sendOnce(left).catch((error: unknown) => unlessTaken(error, left));
    if (typeof refused === 'string') return refused;
    if (isOvertaken(left, refused)) return 'overtaken';
    if (refused.length > 0 && tries === TRIES) throw new SendRefusedError(refused.length);
    if (refused.length > 0) await sleep(DELAY_MS * tries);
    left = refused;
  }
  return undefined;
}

/**
 * Tells what became of a call that failed. SQS took nothing of a throttled one, nor of one that it
 * refuses for good, which is thrown. Of any other it may have taken some, and the answer was lost.
 * @returns the entries, when SQS took none; else the name of the error
 */
function unlessTaken<T>(error: unknown, entries: readonly T[]): readonly T[] | string {
  if (isThrottle(error)) return entries;
  const status = field(error, '$metadata', 'httpStatusCode');
  if (typeof status === 'number' && status >= 400 && status < 500) throw error;
  return errorName(error);
}

/** True when an entry was taken behind one of its group that was refused. */
function isOvertaken(call: readonly Entry[], refused: readonly Entry[]): boolean {
  const waiting = new Set<string>();
  for (const entry of call) {
    if (refused.includes(entry)) waiting.add(entry.group);
    else if (waiting.has(entry.group)) return true;
  }
  return false;
}
