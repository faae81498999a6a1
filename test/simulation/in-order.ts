import type { Entry } from './auth0-log.ts';
import { Obligations } from './obligations.ts';
import { Violation } from './violation.ts';

/** Watches the order of first arrivals (P3). */
export class InOrder extends Obligations {
  violation: Violation | undefined;

  fail(line: string, message: string): void {
    this.violation ??= new Violation(line, message);
  }

  protected checkOrder(entry: Entry): void {
    const log = this.options.logs.find((one) => one.has(entry));
    for (const other of log?.entries ?? []) {
      if (other.id >= entry.id || (other.user !== entry.user && !this.options.totalOrder)) continue;
      if (this.isDone(other) || !this.isObliged(other) || this.isBeyondReach(other)) continue;
      if (this.forgotten.has(other.logId)) continue; // the new table never read it; an old poll or a rewind brings it late
      // Its batch could not be sent anew before the table or Auth0 lost it. What SQS has is
      // delivered.
      if (this.disordered.has(other.logId) && (this.tableLost || log?.isGone(other))) continue;
      if (this.deadLettered.has(other.logId) || this.purged.has(other.logId)) continue;
      if (log?.isGone(other) && !this.sent.has(other.logId)) continue; // claimed, and then unreadable
      this.fail('P3', `event ${entry.number} of ${entry.user} arrived before event ${other.number}`);
    }
  }
}
