import { once } from 'node:events';
import { startSchedule } from '../schedule/schedule.ts';
import { everySeconds, parseSchedule } from '../schedule/schedule-expression.ts';
import type { RunOptions } from './run-once.ts';

/** A simulated tenant has no rate limit to spare, and somebody who waits to see something. */
const SIMULATED_POLL_SECONDS = 2;

/** Polls by the schedule until it is interrupted, then finishes what is in flight. */
export async function runForever({ args, running, poll, stop, printer }: RunOptions): Promise<0> {
  const seconds = args.pollSeconds ?? (running.simulatesTenant ? SIMULATED_POLL_SECONDS : undefined);
  const next = seconds === undefined ? parseSchedule(running.schedule.expression) : everySeconds(seconds);
  printer.say(
    `Polling: ${seconds === undefined ? running.schedule.expression : `every ${seconds} s`}. Ctrl-C stops.`,
  );
  const schedule = startSchedule(next, poll);
  if (!stop.signal.aborted) await once(stop.signal, 'abort');
  await schedule.stop();
  await running.stopDelivering();
  return 0;
}
