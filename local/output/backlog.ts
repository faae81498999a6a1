import type { DeliveryAttempted } from './log-line.ts';
import type { Printer } from './printer.ts';

export interface Backlog {
  matched(read: number, matched: number): void;
  /** True when the event is one of a backlog, and told by its sum. */
  took(line: DeliveryAttempted): boolean;
  endIfOver(): void;
}

interface BacklogOptions {
  readonly printer: Pick<Printer, 'say'>;
  readonly now: () => number;
  readonly afterBacklog: () => void;
}

/** So many events at once are read one by one. */
const MOST_ONE_BY_ONE = 20;
const PROGRESS_MS = 5_000;

/**
 * Counts what is open, so that a backlog is told by a line before, one now and then, and one after.
 */
export function createBacklog({ printer, now, afterBacklog }: BacklogOptions): Backlog {
  let open = 0;
  let running: { total: number; delivered: number; since: number; toldAt: number } | undefined;
  return {
    matched(read, matched) {
      open += matched;
      if (running) running.total += matched;
      else if (open > MOST_ONE_BY_ONE) {
        running = { total: open, delivered: 0, since: now(), toldAt: now() };
        printer.say(`${read} log events read, ${matched} match: ${open} events are being delivered …`);
      }
    },
    took({ outcome }) {
      if (outcome !== 'retry') open = Math.max(0, open - 1);
      if (!running) return false;
      if (outcome === 'delivered') running.delivered++;
      if (now() - running.toldAt >= PROGRESS_MS) {
        running.toldAt = now();
        printer.say(`… ${running.delivered} of ${running.total} delivered`);
      }
      return true;
    },
    endIfOver() {
      if (!running || open > 0) return;
      const { delivered, total, since } = running;
      running = undefined;
      const rest = delivered === total ? '' : ` of ${total}`;
      printer.say(
        `✓ ${delivered}${rest} events delivered in ${Math.max(1, Math.round((now() - since) / 1_000))} s`,
        'good',
      );
      afterBacklog();
    },
  };
}
