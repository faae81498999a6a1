/** What SQS takes in one call (SendMessageBatch): 10 entries, 1 MiB in all. */
const ENTRIES_PER_CALL = 10;
export const BYTES_PER_CALL = 1024 * 1024;
const TRIES = 4;
const DELAY_MS = 200;
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

/**
 * Sends all entries. One call never holds two of a group, and a group's next entry goes only after
 * the one before it was accepted. SQS refuses entries singly, and one that is refused would
 * otherwise be overtaken (P3).
 * @param send makes one call and returns the entries that were refused
 */
export async function enqueue<T extends Entry>(
  entries: readonly T[],
  send: (call: readonly T[]) => Promise<readonly T[]>,
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  for (let rest = entries; rest.length > 0; ) {
    const { round, later } = firstOfEachGroup(rest);
    await sendRound(round, send, sleep);
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

async function sendRound<T extends Entry>(
  round: readonly T[],
  send: (call: readonly T[]) => Promise<readonly T[]>,
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  const calls = inCalls(round);
  const worker = async () => {
    for (let call = calls.shift(); call !== undefined; call = calls.shift())
      await sendCall(call, send, sleep);
  };
  const ended = await Promise.allSettled(Array.from({ length: CALLS_AT_ONCE }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

async function sendCall<T extends Entry>(
  call: readonly T[],
  send: (call: readonly T[]) => Promise<readonly T[]>,
  sleep: (ms: number) => Promise<void>,
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
  let bytes = 0;
  for (const entry of entries) {
    const current = calls.at(-1);
    if (
      current === undefined ||
      current.length === ENTRIES_PER_CALL ||
      bytes + entry.bytes > BYTES_PER_CALL
    ) {
      calls.push([entry]);
      bytes = entry.bytes;
    } else {
      current.push(entry);
      bytes += entry.bytes;
    }
  }
  return calls;
}
