import type { IncomingHttpHeaders } from 'node:http';

/** One POST that came in. */
export interface Call {
  /** When it came, epoch milliseconds. */
  readonly time: number;
  /** `webhook-id`; empty when there was none. */
  readonly webhookId: string;
  /** `webhook-timestamp`: Unix seconds of the attempt. */
  readonly attemptTime: number | undefined;
  /** What is wrong with the signature; undefined when it is good. */
  readonly problem: string | undefined;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
  /** Parsed JSON; undefined when it was none. */
  readonly body: unknown;
}

export interface AnsweredCall extends Call {
  readonly status: number | 'reset' | 'hang';
}

export interface CallCounts {
  received: number;
  /** Number of webhook ids among the calls with a good signature. */
  distinct: number;
  /**
   * Calls for a webhook id that had already been answered with 2xx. At-least-once delivery should
   * rarely make one.
   */
  duplicates: number;
  /** Calls that were answered with 2xx. */
  accepted: number;
  invalidSignatures: number;
  /** The most calls that were open at the same time. */
  mostAtOnce: number;
}

export interface Calls {
  opened(): void;
  closed(): void;
  add(call: AnsweredCall): void;
  /** The latest calls, oldest first. */
  calls(): readonly AnsweredCall[];
  counts(): Readonly<CallCounts>;
}

const MOST_CALLS = 1_000;
/**
 * Bytes of bodies that are kept; one may be near 1 MB. Beyond this the oldest calls are forgotten
 * first.
 */
const MOST_BYTES = 64 * 2 ** 20;

export function createCalls(): Calls {
  const counts: CallCounts = {
    received: 0,
    distinct: 0,
    duplicates: 0,
    accepted: 0,
    invalidSignatures: 0,
    mostAtOnce: 0,
  };
  const calls: AnsweredCall[] = [];
  const seen = new Set<string>();
  const accepted = new Set<string>();
  let bytes = 0;
  let open = 0;

  function count({ problem, webhookId, status }: AnsweredCall): void {
    counts.received += 1;
    if (problem !== undefined) {
      counts.invalidSignatures += 1;
      return;
    }
    seen.add(webhookId);
    counts.distinct = seen.size;
    if (accepted.has(webhookId)) counts.duplicates += 1;
    if (typeof status !== 'number' || status < 200 || status > 299) return;
    counts.accepted += 1;
    accepted.add(webhookId);
  }

  return {
    opened() {
      open += 1;
      counts.mostAtOnce = Math.max(counts.mostAtOnce, open);
    },
    closed() {
      open -= 1;
    },
    add(call) {
      count(call);
      calls.push(call);
      bytes += call.bytes;
      while (calls.length > MOST_CALLS || (bytes > MOST_BYTES && calls.length > 1))
        bytes -= calls.shift()?.bytes ?? 0;
    },
    calls: () => calls,
    counts: () => ({ ...counts }),
  };
}
