import { setTimeout as sleep } from 'node:timers/promises';
import { signedHeaders } from '../../lambdas/deliverer/signature.ts';
import { type Clock, realClock } from '../pipeline/clock.ts';
import { Counts, since } from '../pipeline/counts.ts';
import { freeLog, type LogShape } from '../pipeline/free-log.ts';
import { FREE } from '../pipeline/options.ts';
import { startFreePipeline } from '../pipeline/pipeline.ts';
import { VirtualClock } from '../virtual/clock.ts';
import { plainLoop, type Timed } from './plain-loop.ts';

export interface Course {
  readonly events: number;
  readonly calls: number;
  readonly pageMs: number;
  readonly webhookMs: number;
}

const SECRET = Buffer.alloc(48, 1).toString('base64');
const HOUR_MS = 3_600_000;

const BEGIN = Date.UTC(2026, 0, 1);
/**
 * The stretch of the log in which the events lie. They are old enough to be settled when they are
 * read.
 */
const SPAN_MS = 6 * HOUR_MS;
const LATER_MS = 7 * HOUR_MS;
/** Age of the first entry when the state is made; only that one is so old. */
const SETTLED_MS = 6_000;

/** A log of one entry at its beginning, and the events that are measured. */
function logOf(events: number): LogShape {
  return { length: events + 1, from: BEGIN, everyMs: SPAN_MS / events, resources: 500 };
}

function pipelineOn(
  clock: Clock,
  { events, calls, pageMs, webhookMs }: Course,
  onCall: (ms: number) => void,
) {
  return startFreePipeline({
    clock,
    log: logOf(events),
    latencies: { ...FREE, pageMs, webhookMs },
    concurrentCalls: calls,
    onCall: (_, ms) => onCall(ms),
  });
}

/**
 * Runs the real poll and delivery in real time, on a queue and a table that cost nothing. The first
 * poll makes the state, finds one entry and is not measured.
 */
export async function freePipeline(course: Course): Promise<Timed> {
  const { events } = course;
  let offset = BEGIN + SETTLED_MS - Date.now();
  const clock: Clock = {
    get now() {
      return Date.now() + offset;
    },
    sleep: realClock.sleep,
    at: (time, what) => realClock.at(time - offset, what),
  };
  let inCalls = 0;
  let lastAt = 0;
  const pipeline = pipelineOn(clock, course, (ms) => {
    inCalls += ms;
    lastAt = performance.now();
  });
  await pipeline.poll();
  while (pipeline.delivered() < 1) await sleep(5);
  const before = pipeline.counts.all();
  inCalls = 0;
  offset += LATER_MS;
  const startedAt = performance.now();
  const polled = pipeline.poll();
  while (pipeline.delivered() < events + 1) await sleep(5);
  const ms = lastAt - startedAt;
  await polled;
  pipeline.stop();
  const pages = since(before, pipeline.counts.all())['auth0.pages'] ?? 0;
  return { ms, pageMs: course.pageMs, webhookMs: inCalls / events, pages, events };
}

/** Runs the same in virtual time. That is what the protocol alone adds, the same in each run. */
export async function virtualPipeline(course: Course): Promise<number> {
  const { events } = course;
  const clock = new VirtualClock(BEGIN + SETTLED_MS);
  const pipeline = pipelineOn(clock, course, () => {});
  void pipeline.poll();
  await clock.run(clock.now + HOUR_MS / 2, () => pipeline.delivered() === 1 && pipeline.queue.waiting === 0);
  await clock.run(BEGIN + LATER_MS, () => false);
  const startedAt = clock.now;
  void pipeline.poll();
  await clock.run(startedAt + 24 * HOUR_MS, () => pipeline.delivered() === events + 1);
  pipeline.stop();
  return clock.now - startedAt;
}

/** Runs the plain loop on the same log and the same calls. */
export async function freePlainLoop({ events, calls, pageMs, webhookMs }: Course): Promise<Timed> {
  const log = freeLog(logOf(events), new Counts(), realClock, pageMs);
  const read = async (from: string) =>
    (await log.page(from === '' ? '0'.repeat(56) : from)).entries.map((entry) => ({
      ...Object(entry),
      log_id: String(Object(entry).log_id),
    }));
  const post = async (entry: { readonly log_id: string }) => {
    signedHeaders([SECRET], entry.log_id, Date.now(), JSON.stringify(entry));
    await sleep(webhookMs);
  };
  return await plainLoop(read, post, calls);
}
