import type { DeliveryAttempted } from './log-line.ts';
import type { Printer } from './printer.ts';

export interface Backlog {
  matched(read: number, matched: number): void;
  /** True when the event is counted with a backlog, and needs no line of its own. */
  took(line: DeliveryAttempted): boolean;
  endIfOver(): void;
}

interface BacklogOptions {
  readonly printer: Pick<Printer, 'say'>;
  readonly now: () => number;
  readonly afterBacklog: () => void;
}

/** Up to so many events at once have a line each. */
const MOST_ONE_BY_ONE = 20;
const PROGRESS_MS = 5_000;

/** Counts what is open. A backlog gets a line before it, one now and then, and one after it. */
export function createBacklog({ printer, now, afterBacklog }: BacklogOptions): Backlog {
  /**
   * Events that were not attempted yet. A failed one has a line of its own, and keeps no backlog
   * open.
   */
  let open = 0;
  const failing = new Set<string>();
  let running: { total: number; delivered: number; said: number; since: number; saidAt: number } | undefined;
  return {
    matched(read, matched) {
      open += matched;
      if (running) running.total += matched;
      else if (open > MOST_ONE_BY_ONE) {
        running = { total: open, delivered: 0, said: 0, since: now(), saidAt: now() };
        printer.say(`${read} log events read, ${matched} match: ${open} events are being delivered …`);
      }
    },
    took({ logId, outcome }) {
      if (!failing.has(logId)) open = Math.max(0, open - 1);
      if (outcome === 'retry') failing.add(logId);
      else failing.delete(logId);
      if (!running) return false;
      if (outcome === 'delivered') running.delivered++;
      if (now() - running.saidAt >= PROGRESS_MS && running.delivered > running.said) {
        running.saidAt = now();
        running.said = running.delivered;
        printer.say(`… ${running.delivered} of ${running.total} delivered`);
      }
      return true;
    },
    endIfOver() {
      if (!running || open > 0) return;
      const { delivered, total, since } = running;
      running = undefined;
      const rest = delivered === total ? '' : ` of ${total}`;
      const retried = failing.size === 0 ? '' : `; ${failing.size} failed and are tried again`;
      printer.say(
        `✓ ${delivered}${rest} events delivered in ${Math.max(1, Math.round((now() - since) / 1_000))} s${retried}`,
        'good',
      );
      afterBacklog();
    },
  };
}
