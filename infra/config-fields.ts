import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import {
  DEFAULT_POLL_EVERY_SECONDS,
  DEFAULT_RETRY_WINDOW_SECONDS,
  METRICS_LEVELS,
} from '../lambdas/shared/contract.ts';
import { wholeNumber } from '../lambdas/shared/text/whole-number.ts';
import { yesOrNo } from '../lambdas/shared/text/yes-or-no.ts';
import { durationSeconds } from './duration-seconds.ts';
import { jsonText } from './json-text.ts';
import { isWebhookName, LONGEST_NAME } from './names.ts';
import { isSchedule } from './schedule/parse-schedule.ts';
import { vpcField } from './vpc-field.ts';

/**
 * The periods that CloudWatch Logs offers, in days. CDK's `INFINITE` is left out: such logs cost
 * more each month.
 */
const RETENTIONS = Object.values(RetentionDays).filter(
  (days): days is Exclude<RetentionDays, string> =>
    typeof days === 'number' && days !== RetentionDays.INFINITE,
);

/**
 * Megabytes of a function. This size costs least, as the functions mostly wait for others
 * (`bench/results/function.md`).
 */
export const DEFAULT_MEMORY = 256;
/**
 * The poller's megabytes at least. A page of 16 MB behind one of 4 MB took 244 MB, without Lambda's
 * runtime. A poll that dies of its memory dies every time, and nothing is read any more.
 */
export const LEAST_POLLER_MEMORY = 384;

/** Every key of one webhook, with its default: `undefined` where it may be left out. */
export const webhookFields = z.object({
  name: field(
    `lower-case letters, digits and single dashes, a letter first, at most ${LONGEST_NAME} characters`,
    (text) => (isWebhookName(text) ? text : undefined),
  ).default('auth0-webhooks'),
  schedule: field('rate(1 minute), rate(5 minutes) or cron(...) as EventBridge has them', (text) =>
    isSchedule(text) ? text : undefined,
  ).default('rate(1 minute)'),
  pollEverySeconds: wholeNumberField(5, DEFAULT_POLL_EVERY_SECONDS).default(DEFAULT_POLL_EVERY_SECONDS),
  concurrentCalls: wholeNumberField(1, 100).default(5),
  reserveConcurrency: field('true or false', yesOrNo).default(true),
  retryWindow: field(
    'seconds, or such as "4 days" or "12 hours", from 1 minute to 12 days',
    durationSeconds,
  ).default(DEFAULT_RETRY_WINDOW_SECONDS),
  alarmEmail: field('an e-mail address, or nothing', (text) =>
    /^([^\s@]+@[^\s@]+\.[^\s@]+)?$/.test(text) ? text : undefined,
  ).default(''),
  monitoring: field('full, or essential (no dashboard, fewer metrics and alarms)', (text) =>
    METRICS_LEVELS.find((level) => level === text),
  ).default('full'),
  /**
   * An hour by default: two of the longest waits between retries, and a 24th of Auth0's shortest
   * retention.
   */
  lagLimit: field(
    'seconds, or such as "1 hour" or "30 minutes", from 1 minute to 12 days',
    durationSeconds,
  ).default(3_600),
  runbook: field('the https address of docs/operations.md where people can read it, or nothing', (text) =>
    /^(https?:\/\/[^\s#/]+[^\s#]*)?$/.test(text) && text.length <= 500 ? text : undefined,
  ).default(''),
  logRetentionDays: field(`one of ${RETENTIONS.join(', ')}`, (text) =>
    RETENTIONS.find((days) => String(days) === text),
  ).default(RetentionDays.ONE_MONTH),
  /** Megabytes. Below 256 the SDK's clients alone take half of it. */
  memory: wholeNumberField(256, 10_240).default(DEFAULT_MEMORY),
  /** Without subnets there is no VPC. */
  vpc: vpcField.default({ subnets: [], securityGroups: [], functions: 'deliverer' }),
  tags: z
    .preprocess(
      jsonText,
      z.record(z.string().regex(/^(?!aws:)[\w.:/=+@ -]{1,128}$/i), z.string().max(256), {
        error: 'an object of tag names and text values, such as {"team":"identity"}',
      }),
    )
    .default({}),
});

export type WebhookFields = z.infer<typeof webhookFields>;

/**
 * A value that is read from its text, as `-c` gives nothing but texts. `parse` gives undefined for
 * a text that makes no sense.
 */
function field<T>(expected: string, parse: (text: string) => T | undefined) {
  return z.union([z.string(), z.number(), z.boolean()], { error: expected }).transform((raw, context): T => {
    const value = parse(String(raw).trim());
    if (value !== undefined) return value;
    context.issues.push({ code: 'custom', message: expected, input: raw });
    return z.NEVER;
  });
}

function wholeNumberField(least: number, most: number) {
  return field(`a whole number from ${least} to ${most}`, (text) => wholeNumber(text, least, most));
}

/** Keys that contradict each other: the one to change, and what it should be. */
export function disagreements({ schedule, pollEverySeconds }: WebhookFields): readonly [string, string][] {
  const isEveryMinute = schedule === 'rate(1 minute)';
  return pollEverySeconds < DEFAULT_POLL_EVERY_SECONDS && !isEveryMinute
    ? [['schedule', 'rate(1 minute) while pollEverySeconds is below 60: the poller fills the minute']]
    : [];
}
