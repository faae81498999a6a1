import { once } from 'node:events';
import { parseSchedule } from '../../infra/schedule/parse-schedule.ts';
import { everySeconds } from '../../infra/schedule/schedule.ts';
import type { RunOptions } from './run-once.ts';
import { startScheduledRuns } from './scheduled-runs.ts';

/** A simulated tenant has no rate limit to spare, and somebody who waits to see something. */
const SIMULATED_POLL_SECONDS = 2;

/** Polls by the schedule until it is interrupted, then finishes what is in flight. */
export async function runForever({ args, running, poll, stop, printer }: RunOptions): Promise<0> {
  const seconds = args.pollSeconds ?? (running.simulatesTenant ? SIMULATED_POLL_SECONDS : undefined);
  const { expression } = running.schedule;
  const schedule = seconds === undefined ? parseSchedule(expression) : everySeconds(seconds);
  if (schedule === undefined) throw new Error(`The template has no schedule but ${expression}.`);
  printer.say(`Polling: ${seconds === undefined ? expression : `every ${seconds} s`}. Ctrl-C stops.`);
  const runs = startScheduledRuns(schedule, poll);
  if (!stop.signal.aborted) await once(stop.signal, 'abort');
  await runs.stop();
  await running.stopDelivering();
  return 0;
}
