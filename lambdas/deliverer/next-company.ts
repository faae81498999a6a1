import type { Company } from './attempt.ts';
import type { Delivery } from './deliver-deps.ts';
import { probesFirst } from './probes-first.ts';
import type { DeliveryRecord } from './records.ts';
import { isWindowOver } from './retry-policy.ts';

/**
 * The next request's records, or undefined: nothing is left. What was never attempted goes in
 * company, up to the first record of its group that goes alone. A probe of a paused endpoint is one
 * event.
 */
export function nextCompany(left: readonly DeliveryRecord[], delivery: Delivery): Company | undefined {
  const company = delivery.gate.isPaused() ? [] : companyOf(left, delivery);
  const [first = probesFirst(left, delivery)[0], ...others] = company;
  return first && [first, ...others];
}

function companyOf(left: readonly DeliveryRecord[], delivery: Delivery): readonly DeliveryRecord[] {
  const passed = new Set<string>(); // groups of which a record stays behind: nothing may overtake it
  const company: DeliveryRecord[] = [];
  let bytes = 0;
  for (const record of left) {
    const size = Buffer.byteLength(record.message.body);
    const isFull = company.length > 0 && bytes + size > delivery.requestLimit.bytes;
    if (passed.has(record.group)) continue;
    if (isFull || goesAlone(record, delivery)) passed.add(record.group);
    else {
      company.push(record);
      bytes += size;
    }
  }
  return company;
}

/** It failed once, so that it might take its company with it again; or this is its last attempt. */
function goesAlone(record: DeliveryRecord, { tracking, now, retryWindowSeconds }: Delivery): boolean {
  const { attempts, firstAt = now() } = tracking.historyOf(record);
  return attempts > 0 || isWindowOver({ firstAt, sentAt: record.sentAt, retryWindowSeconds }, now());
}
