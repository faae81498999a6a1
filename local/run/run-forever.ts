import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseSchedule } from '../../infra/schedule/parse-schedule.ts';
import { everySeconds } from '../../infra/schedule/schedule.ts';
import { pollEveryMs } from '../../lambdas/poller/poll-until-due.ts';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import type { RunOptions } from './run-once.ts';
import { startScheduledRuns } from './scheduled-runs.ts';
import { openPage, tellPage } from './tell-page.ts';

/**
 * Seconds between polls of a simulated tenant. It has no rate limit to spare, and somebody waits to
 * see something.
 */
const SIMULATED_POLL_SECONDS = 2;

const MINUTE_MS = 60_000;
/** Time for the poll that may be under way. */
const LAST_POLL_MS = 2_000;

/** Polls by the schedule until it is interrupted, then finishes what is in flight. */
export async function runForever({ args, running, poll, stop, printer }: RunOptions): Promise<0> {
  const seconds = args.pollSeconds ?? (running.simulatesTenant ? SIMULATED_POLL_SECONDS : undefined);
  const { expression } = running.schedule;
  const schedule = seconds === undefined ? parseSchedule(expression) : everySeconds(seconds);
  if (schedule === undefined) throw new Error(`The template has no schedule but ${expression}.`);
  printer.say(
    `Polling: ${seconds === undefined ? (again(running) ?? expression) : `every ${seconds} s`}. Ctrl-C stops.`,
  );
  if (running.page !== undefined) tellPage(running.page, printer);
  if (running.page !== undefined && args.open) openPage(running.page, printer);
  const runs = startScheduledRuns(schedule, poll);
  if (!stop.signal.aborted) await once(stop.signal, 'abort');
  // An invocation that polls again and again goes on for a minute. Breaking it off loses nothing.
  const isLong = seconds === undefined && running.schedule.input !== undefined;
  await (isLong ? Promise.race([runs.stop(), sleep(LAST_POLL_MS)]) : runs.stop());
  await running.stopDelivering();
  return 0;
}

/** Says so in words when one invocation polls again and again. */
function again({ schedule: { input } }: RunOptions['running']): string | undefined {
  const milliseconds = pollEveryMs(jsonOrUndefined(input ?? ''));
  return milliseconds === undefined || milliseconds >= MINUTE_MS
    ? undefined
    : `every ${milliseconds / 1_000} s (pollEverySeconds)`;
}
