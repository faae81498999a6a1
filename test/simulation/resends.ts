import { createFilter } from '../../lambdas/poller/events/event-filter.ts';
import { toMessages } from '../../lambdas/poller/events/event-message.ts';
import type { LogClient } from '../../lambdas/poller/reading/log-client.ts';
import { idOf, type LogEvent, logIdOf } from '../../lambdas/shared/log-event.ts';
import { positionBefore } from '../../lambdas/shared/log-position.ts';
import { type ReplayedEvent, type ResendArgs, resend } from '../../lambdas/shared/operations/resend.ts';
import { sendTestEvent } from '../../lambdas/shared/operations/test-event.ts';
import { createEventQueue } from '../../lambdas/shared/queue/event-queue.ts';
import { auth0Client } from './auth0-client.ts';
import type { Entry } from './auth0-log.ts';
import { operate } from './operate.ts';
import type { Process } from './process.ts';
import { sleeper } from './processes.ts';
import { QUEUE_URLS, queueClient } from './queue-client.ts';
import { logInForce, settingsInForce } from './settings-in-force.ts';
import type { Simulation } from './simulation.ts';

/** Sends the event of that number again, delivered or not. */
export function startResend(sim: Simulation, name: string, number: number): Promise<Process> {
  return startSending(sim, name, (entries) => {
    const entry = entries[number - 1];
    return entry && { logIds: [entry.logId] };
  });
}

/** Sends all events after the first entry again. */
export function startResendRange(sim: Simulation, name: string): Promise<Process> {
  return startSending(sim, name, (entries) => {
    const [after, until] = [entries[0]?.id, entries.at(-1)?.id];
    return after !== undefined && until !== undefined && after < until ? { after, until } : undefined;
  });
}

function startSending(
  sim: Simulation,
  name: string,
  choose: (entries: readonly Entry[]) => ResendArgs | undefined,
): Promise<Process> {
  return operate(sim, name, async (deps, process) => {
    const bound = sim.log;
    const args = choose(bound.entries);
    if (!args) return undefined;
    const read: string[] = [];
    const dye = sim.draw();
    sim.beside.ask(bound.entries.filter((entry) => isAsked(entry, args)).map(({ logId }) => logId));
    const noted = (events: readonly ReplayedEvent[]) => {
      const ids = events.map(({ logId }) => logId);
      read.push(...ids);
      // The tenant that the settings name was bound meanwhile, so the operator has named its log.
      if (sim.log !== bound) sim.beside.ask(ids);
      return events.map((event) => dyed(event, dye));
    };
    const log = readingOf(sim, process);
    const tenant = settingsInForce(sim).connection.tenant;
    const { sent } = await resend(
      {
        ...deps,
        tenant,
        events: eventsOf(sim, process),
        readEvents: async (logIds) => noted(await log.named(logIds)),
        async *readRange(after, until) {
          for await (const events of log.range(after, until)) yield noted(events);
        },
      },
      args,
    );
    sim.beside.owe(read);
    return sent > 0 && ('logIds' in args ? 'resend' : 'resend of a range');
  });
}

function isAsked({ id, logId }: Entry, args: ResendArgs): boolean {
  return 'logIds' in args ? args.logIds.includes(logId) : id > args.after && id <= args.until;
}

/** Sends a test event. */
export function startTest(sim: Simulation, name: string): Promise<Process> {
  return operate(sim, name, async (deps, process) => {
    const { logId } = await sendTestEvent({ ...deps, events: eventsOf(sim, process) });
    sim.beside.owe([logId]);
    return 'test event';
  });
}

function eventsOf(sim: Simulation, process: Process) {
  return createEventQueue(queueClient(sim.queues, process), {
    queueUrl: QUEUE_URLS.main,
    deadLetterQueueUrl: QUEUE_URLS.dead,
    sleep: sleeper(sim, process),
  });
}

/**
 * Marks an event, so that the webhook's stand-in knows that it is sent again, and by which command.
 */
function dyed(event: ReplayedEvent, dye: string): ReplayedEvent {
  const parsed: object = JSON.parse(event.body);
  return { ...event, body: JSON.stringify({ ...parsed, again: dye }) };
}

/** The log as an operator's command reads it, with the filter in force. */
function readingOf(sim: Simulation, process: Process) {
  const client = auth0Client(logInForce(sim), process, { pass: sim.pass, slowMs: 0, onLie: () => {} });
  const settings = settingsInForce(sim);
  const filter = createFilter(settings.filter);
  const replayed = (events: readonly LogEvent[]): readonly ReplayedEvent[] =>
    toMessages([...events.entries()], { ledger: '', batch: '' }, settings.body).messages;
  return {
    async named(logIds: readonly string[]) {
      const found = await Promise.all(logIds.map((id) => eventOf(client, id)));
      return replayed(found.filter((event) => event !== undefined));
    },
    async *range(after: string, until: string) {
      for (let position = after; ; ) {
        const { entries } = await client.page(position);
        const within = entries.filter((event) => (logIdOf(event) ?? position) <= until);
        yield replayed(within.filter((event) => filter(event) === 'matched'));
        const end = entries.map(logIdOf).findLast((id) => id !== undefined);
        if (end === undefined || end >= until) return;
        position = end;
      }
    },
  };
}

async function eventOf(client: LogClient, logId: string): Promise<LogEvent> {
  const before = positionBefore(logId);
  if (before === undefined) return undefined;
  return (await client.page(before)).entries.find((event) => idOf(event) === logId);
}
