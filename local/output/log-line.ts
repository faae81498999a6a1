import * as z from 'zod';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';

const fault = z.object({ key: z.string(), expected: z.string() });

const pollCompleted = z.object({
  event: z.literal('poll.completed'),
  read: z.number(),
  matched: z.number(),
  stoppedBy: z.enum(['caught-up', 'unsettled', 'deadline', 'rate-limit', 'overtaken', 'paused']),
  retryAtMs: z.number().optional(),
  /** Absent from a poll that had no time left to count. */
  pending: z.number().optional(),
  durationMs: z.number(),
});
const pollFailed = z.object({
  event: z.literal('poll.failed'),
  reason: z.string(),
  message: z.string(),
  read: z.number().default(0),
  matched: z.number().default(0),
});
const settingsFaulty = z.object({
  event: z.enum(['settings.invalid', 'settings.missing']),
  secret: z.string(),
  faults: z.array(fault),
});
const settingsOdd = z.object({
  event: z.literal('settings.odd'),
  secret: z.string(),
  faults: z.array(fault),
});
const deliveryAttempted = z.object({
  event: z.literal('delivery.attempted'),
  logId: z.string(),
  resource: z.string(),
  attempt: z.number(),
  outcome: z.enum(['delivered', 'retry', 'dead-lettered']),
  status: z.number().optional(),
  reason: z.string().optional(),
  detail: z.string().optional(),
  redirectHost: z.string().optional(),
  /** The beginning of the webhook's answer. */
  excerpt: z.string().optional(),
  durationMs: z.number(),
  retryDelaySeconds: z.number().optional(),
});
const endpointPaused = z.object({
  event: z.literal('endpoint.paused'),
  reason: z.string().optional(),
  failures: z.number().optional(),
});
const endpointResumed = z.object({ event: z.literal('endpoint.resumed'), seconds: z.number().optional() });
const logLine = z.discriminatedUnion('event', [
  pollCompleted,
  pollFailed,
  settingsFaulty,
  settingsOdd,
  deliveryAttempted,
  endpointPaused,
  endpointResumed,
]);
const otherLine = z.looseObject({ event: z.string(), level: z.enum(['info', 'warn', 'error']) });

/** A line of a function's log that local mode acts on. */
export type LogLine = z.infer<typeof logLine>;
/** Any other line of its log. */
export type OtherLine = z.infer<typeof otherLine>;
export type PollCompleted = z.infer<typeof pollCompleted>;
export type PollFailed = z.infer<typeof pollFailed>;
export type DeliveryAttempted = z.infer<typeof deliveryAttempted>;

export type Printed =
  | { readonly kind: 'known'; readonly line: LogLine }
  | { readonly kind: 'other'; readonly line: OtherLine }
  /** A line that is not one of our log lines: the runtime's or a library's. */
  | { readonly kind: 'text'; readonly text: string };

export function parseLine(text: string): Printed {
  const json = jsonOrUndefined(text);
  const known = logLine.safeParse(json);
  if (known.success) return { kind: 'known', line: known.data };
  const other = otherLine.safeParse(json);
  return other.success ? { kind: 'other', line: other.data } : { kind: 'text', text };
}
