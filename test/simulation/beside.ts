import { Untracked } from '../../lambdas/shared/contract.ts';
import type { Process } from './process.ts';
import { placeOf } from './receipt.ts';

type Attributes = Readonly<Record<string, string>>;

/** True for a message of no ledger: an event that is sent again on purpose, or a test event. */
export function isBeside({ ledger }: Attributes): boolean {
  return ledger === Untracked.replay || ledger === Untracked.test;
}

interface Arrived {
  readonly process: Process;
  readonly answered: boolean;
  /** False when it may also have been another message of the same event. */
  readonly isSure: boolean;
}

/**
 * Watches what operators send beside the ledger. Only what was asked for may be sent. Each event
 * must arrive, unless it is purged or dismissed, and may arrive twice only after an ambiguous end.
 * None of it counts for what the log owes to the webhook, which `Obligations` watches.
 */
export class Beside {
  /** Test events in the order in which they were sent. */
  readonly tests: string[] = [];
  /** For each event, the number of commands that ended well and after which it has to arrive. */
  private readonly owed = new Map<string, number>();
  /** Events that operators named. */
  private readonly asked = new Set<string>();
  /** Places of an event's messages. */
  private readonly sent = new Map<string, Set<string>>();
  private readonly arrivals = new Map<string, readonly Arrived[]>();
  private readonly gone = new Set<string>();
  /** Messages on the dead-letter queue. A crash between the two queues leaves one in both. */
  private readonly dead = new Set<string>();
  private readonly fail: (line: string, message: string) => void;

  constructor(fail: (line: string, message: string) => void) {
    this.fail = fail;
  }

  /** Takes note that an operator wants the events to be sent. Call `owe` once that is done. */
  ask(logIds: readonly string[]): void {
    for (const id of logIds) this.asked.add(id);
  }

  owe(logIds: readonly string[]): void {
    for (const id of logIds) this.owed.set(id, (this.owed.get(id) ?? 0) + 1);
  }

  onSent({ log_id: id = '', ledger, batch = '', ordinal = '' }: Attributes): void {
    if (ledger === Untracked.test && !this.tests.includes(id)) this.tests.push(id);
    if (ledger === Untracked.replay && !this.asked.has(id))
      this.fail('P2', `${id.slice(-4)} is sent again, and nobody asked for that`);
    this.sent.set(id, (this.sent.get(id) ?? new Set()).add(placeOf(batch, ordinal)));
  }

  onDead({ batch = '', ordinal = '' }: Attributes): void {
    this.dead.add(placeOf(batch, ordinal));
  }

  /** Takes note that a message was purged, dismissed, or has expired. */
  onGone(batch: string, ordinal: string | number): void {
    this.gone.add(placeOf(batch, ordinal));
  }

  /**
   * Takes note of an arrival.
   * @param places of the messages that the request may have been for
   */
  onArrival(logId: string, by: Omit<Arrived, 'isSure'>, places: readonly string[]): void {
    const arrived = { ...by, isSure: places.length === 1 };
    for (const place of places) {
      const earlier = this.arrivals.get(place) ?? [];
      const clear = earlier.find((before) => !isAmbiguous(before, arrived));
      if (clear && arrived.isSure && !this.dead.has(place))
        this.fail('P2', `${logId.slice(-4)} arrives twice, though ${clear.process.name} had delivered it`);
      this.arrivals.set(place, [...earlier, arrived]);
    }
  }

  /** An event that should have arrived again. */
  missing(): string | undefined {
    return [...this.owed].find(([id, times]) => this.endedOf(id) < times)?.[0];
  }

  /** A test event, other than the first one, that should have arrived. */
  missingTest(): string | undefined {
    return this.tests.slice(1).find((id) => this.owed.has(id) && this.endedOf(id) === 0);
  }

  private endedOf(logId: string): number {
    const places = [...(this.sent.get(logId) ?? [])];
    return places.filter((place) => this.arrivals.has(place) || this.gone.has(place)).length;
  }
}

/**
 * True when an event may come again. Only the queue remembers it, so it does when its message could
 * not be deleted.
 */
function isAmbiguous({ process, answered, isSure }: Arrived, later: Arrived): boolean {
  if (!answered || !isSure || process.status === 'dead' || process.wasFrozen) return true;
  if (process.faults.some((fault) => /^(acknowledge|remove) /.test(fault))) return true;
  return process !== later.process && process.endedAt >= later.process.startedStep;
}
