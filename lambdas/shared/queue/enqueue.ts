/** What SQS takes in one call (SendMessageBatch): 10 entries, 1 MiB in all. */
const ENTRIES_PER_CALL = 10;
export const BYTES_PER_CALL = 1024 * 1024;
export const TRIES = 4;
export const DELAY_MS = 200;
/**
 * Calls at the same time. SQS answers in some 10 ms, and a page of 100 resources takes two rounds
 * of calls.
 */
const CALLS_AT_ONCE = 5;

export interface Entry {
  /** The message group: the resource, or one for all. */
  readonly group: string;
  readonly bytes: number;
}

export class SendRefusedError extends Error {
  constructor(refused: number) {
    super(`SQS refused ${refused} messages ${TRIES} times; the next poll sends them again`);
    this.name = 'SendRefusedError';
  }
}

/** Makes one call, and gives the entries that SQS refused. */
export type Send<T> = (call: readonly T[]) => Promise<readonly T[]>;
type Sleep = (ms: number) => Promise<void>;

/**
 * Sends all entries. One call never holds two of a group, and a group's next entry goes only after
 * the one before it was accepted. SQS refuses entries singly, and one that is refused would
 * otherwise be overtaken (P3).
 */
export async function enqueue<T extends Entry>(
  entries: readonly T[],
  send: Send<T>,
  sleep: Sleep,
): Promise<void> {
  for (let rest = entries; rest.length > 0; ) {
    const { round, later } = firstOfEachGroup(rest);
    await inWorkers(inCalls(round), (call) => sendCall(call, send, sleep));
    rest = later;
  }
}

function firstOfEachGroup<T extends Entry>(
  entries: readonly T[],
): { round: readonly T[]; later: readonly T[] } {
  const groups = new Set<string>();
  const round: T[] = [];
  const later: T[] = [];
  for (const entry of entries) {
    (groups.has(entry.group) ? later : round).push(entry);
    groups.add(entry.group);
  }
  return { round, later };
}

/** Makes several calls at a time. After one that failed it ends those under way, and rejects. */
export async function inWorkers<T>(calls: readonly T[], make: (call: T) => Promise<void>): Promise<void> {
  const waiting = [...calls];
  const worker = async () => {
    for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) await make(call);
  };
  const ended = await Promise.allSettled(Array.from({ length: CALLS_AT_ONCE }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

export async function sendCall<T extends Entry>(
  call: readonly T[],
  send: Send<T>,
  sleep: Sleep,
): Promise<void> {
  let refused = await send(call);
  for (let tries = 1; refused.length > 0; tries++) {
    if (tries === TRIES) throw new SendRefusedError(refused.length);
    await sleep(DELAY_MS * tries);
    refused = await send(refused);
  }
}

function inCalls<T extends Entry>(entries: readonly T[]): T[][] {
  const calls: T[][] = [];
  for (const entry of entries) {
    const current = calls.at(-1);
    if (current && hasRoom(current, entry)) current.push(entry);
    else calls.push([entry]);
  }
  return calls;
}

/** True when SQS takes the entry, too, in a call with those. */
export function hasRoom(call: readonly Entry[], { bytes }: Entry): boolean {
  const all = call.reduce((sum, entry) => sum + entry.bytes, bytes);
  return call.length < ENTRIES_PER_CALL && all <= BYTES_PER_CALL;
}
