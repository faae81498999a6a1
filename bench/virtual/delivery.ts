import { createEndpointStore } from '../../lambdas/deliverer/endpoint/store.ts';
import { type InvocationDeps, runInvocation } from '../../lambdas/deliverer/invocation.ts';
import { createLease } from '../../lambdas/deliverer/lease.ts';
import { DELIVERER_TIMEOUT_SECONDS } from '../../lambdas/shared/contract.ts';
import { createLedger } from '../../lambdas/shared/ledger/ledger.ts';
import { createTable } from '../../lambdas/shared/ledger/table.ts';
import type { Tell } from '../../lambdas/shared/logger.ts';
import { randomNumbers } from '../../test/simulation/random-numbers.ts';
import { StateTable } from '../../test/simulation/state-table.ts';
import { VirtualClock } from './clock.ts';
import { BEGIN, enqueueAll } from './events.ts';
import { clientOf, settingsOf } from './fixtures.ts';
import { VirtualQueue } from './queue.ts';
import { readingOnce } from './reading-once.ts';
import { type Endpoint, webhookOf } from './webhook.ts';

export interface Course {
  /** Invocations at a time. Times the attempts side by side they are `concurrentCalls`. */
  readonly reserved: number;
  readonly sideBySide: number;
  readonly waiting: number;
  /** Number of resources; by default one for each event. */
  readonly resources?: number;
  /** When each comes to the queue, milliseconds since the start; all at the start by default. */
  readonly arrivalMs?: (event: number) => number;
  readonly endpoint: Endpoint;
  readonly tell?: Tell;
  readonly endMs: number;
  /** When to read what was counted so far, milliseconds since the start. */
  readonly lookMs?: number;
  readonly settings?: Readonly<Record<string, string | undefined>>;
  /** True for `concurrentCalls: 1` without reserved concurrency. */
  readonly takesLease?: boolean;
}

const READ_MS = 4;
const WRITE_MS = 6;

/** Runs the real delivery function in virtual time, from records to visibility changes. */
export async function deliverVirtually(course: Course) {
  const clock = new VirtualClock(BEGIN);
  const queue = new VirtualQueue(clock);
  const table = new StateTable(1_000, () => {});
  const random = randomNumbers(2_654_435_761);
  const free = createLedger(
    createTable(
      clientOf(table, async () => {}),
      'table',
    ),
    () => `${random()}`,
  );
  const { waiting, resources = waiting, arrivalMs = () => 0 } = course;
  let coming = waiting;
  for (const [event, record] of (await enqueueAll(free, waiting, resources)).entries()) {
    const at = BEGIN + arrivalMs(event);
    record.attributes.SentTimestamp = String(at);
    const send = () => {
      coming--;
      queue.send(record);
    };
    if (at > clock.now) clock.at(at, send);
    else send();
  }
  const calls = { invocations: 0, reads: 0, writes: 0 };
  const client = clientOf(table, async (isRead) => {
    calls[isRead ? 'reads' : 'writes']++;
    await clock.sleep(isRead ? READ_MS : WRITE_MS);
  });
  const { attempt, tally } = webhookOf(course.endpoint, clock);
  const timed = createTable(client, 'table');
  const deps: Omit<InvocationDeps, 'queue' | 'remainingMs'> = {
    ...fixed(course),
    caller: () => ({ client: { attempt }, requestLimit: { bytes: Number.POSITIVE_INFINITY } }),
    endpoints: createEndpointStore(timed),
    ...readingOnce(
      createLedger(timed, () => `${random()}`),
      timed,
    ),
    now: () => clock.now,
    random,
    sleep: clock.sleep,
    later: (work) => clock.at(clock.now + 1, work),
  };
  const poll = async () => {
    for (;;) {
      const lease = course.takesLease ? createLease(timed, () => clock.now, `${random()}`) : undefined;
      await invokeOnce(queue, clock, { ...deps, lease });
      calls.invocations++;
    }
  };
  for (let n = 0; n < course.reserved; n++) void poll();
  const counted = () => ({ ...calls, ...tally, receives: queue.receives, mostReceives: queue.mostReceives });
  let atLook: ReturnType<typeof counted> | undefined;
  clock.at(BEGIN + (course.lookMs ?? course.endMs), () => {
    atLook = counted();
  });
  await clock.run(BEGIN + course.endMs, () => coming + queue.waiting === 0);
  return { ...counted(), waiting: queue.waiting, atLook: atLook ?? counted() };
}

function fixed({ reserved, sideBySide, settings, tell = () => {} }: Course) {
  const parsed = { settings: settingsOf(settings) };
  return {
    settings: async () => parsed,
    pauses: { read: async () => ({}) },
    secretId: 'secret',
    webhook: 'bench',
    tell,
    concurrentCalls: reserved * sideBySide,
    sideBySide,
    retryWindowSeconds: 4 * 86_400,
  };
}

/** Makes one invocation with records, as the event source mapping does. */
async function invokeOnce(
  queue: VirtualQueue,
  clock: VirtualClock,
  deps: Omit<InvocationDeps, 'queue' | 'remainingMs'>,
): Promise<void> {
  const received = await queue.receive();
  await clock.sleep(10);
  const endsAt = clock.now + DELIVERER_TIMEOUT_SECONDS * 1_000;
  const hidden = new Map<string, number>();
  const Records = received.map(({ record }) => record);
  const none = async () => {};
  const hide: InvocationDeps['queue']['hide'] = async (changes) => {
    for (const { record, seconds } of changes) hidden.set(record.messageId, seconds);
    return [];
  };
  const records = { hide, deadLetter: none, deadLetterForeign: none, remove: none };
  await runInvocation({ Records }, { ...deps, queue: records, remainingMs: () => endsAt - clock.now });
  await clock.sleep(20);
  queue.finish(received, hidden);
}
