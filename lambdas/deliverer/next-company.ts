import type { Company } from './attempt.ts';
import type { DeliverContext } from './deliver-deps.ts';
import { probesFirst } from './probes-first.ts';
import type { DeliveryRecord } from './records.ts';
import { isWindowOver } from './retry-policy.ts';

/**
 * Chooses the records of the next request; undefined when none are left. Records that were never
 * attempted go in company, up to the first record of their group that goes alone. A probe of a
 * paused endpoint is one event.
 */
export function nextCompany(left: readonly DeliveryRecord[], context: DeliverContext): Company | undefined {
  const company = context.gate.isPaused() ? [] : companyOf(left, context);
  const [first = probesFirst(left, context)[0], ...others] = company;
  return first && [first, ...others];
}

function companyOf(left: readonly DeliveryRecord[], context: DeliverContext): readonly DeliveryRecord[] {
  const passed = new Set<string>(); // groups of which a record stays behind: nothing may overtake it
  const company: DeliveryRecord[] = [];
  let bytes = 0;
  for (const record of left) {
    const size = Buffer.byteLength(record.message.body);
    const isFull = company.length > 0 && bytes + size > context.requestLimit.bytes;
    if (passed.has(record.group)) continue;
    if (isFull || goesAlone(record, context)) passed.add(record.group);
    else {
      company.push(record);
      bytes += size;
    }
  }
  return company;
}

/**
 * True for a record that has failed, as it might take its company with it again, and for one whose
 * last attempt this is.
 */
function goesAlone(record: DeliveryRecord, { tracking, now, retryWindowSeconds }: DeliverContext): boolean {
  const { attempts, firstAt = now() } = tracking.historyOf(record);
  return attempts > 0 || isWindowOver({ firstAt, sentAt: record.sentAt, retryWindowSeconds }, now());
}
