import { poll } from '../../lambdas/poller/poll.ts';
import type { PollDeps } from '../../lambdas/poller/poll-deps.ts';
import type { PollReport } from '../../lambdas/poller/poll-report.ts';
import { type NextPoll, pollUntilDue } from '../../lambdas/poller/poll-until-due.ts';
import { POLLER_LAST_PAGE_SECONDS, POLLER_LOOP_TIMEOUT_SECONDS } from '../../lambdas/shared/contract.ts';
import { isClaimed } from '../../lambdas/shared/ledger/ledger.ts';
import { parseBatch, parseState } from '../../lambdas/shared/ledger/parse-items.ts';
import { createEventQueue } from '../../lambdas/shared/queue/event-queue.ts';
import { CURRENT_RESOURCE_VERSION } from '../../lambdas/shared/resource-version.ts';
import { auth0Client } from './auth0-client.ts';
import type { Process } from './process.ts';
import { ledgerOf, logOf, NEVER_PAUSED, pausesOf, sleeper, start } from './processes.ts';
import { QUEUE_URLS, queueClient } from './queue-client.ts';
import { logInForce, settingsInForce } from './settings-in-force.ts';
import type { Simulation } from './simulation.ts';
import { watchTelling } from './telling.ts';
import { watchedLog } from './whose-log.ts';

export function startPoll(sim: Simulation, name: string): Promise<Process> {
  const isOther = sim.deployed.isOtherTenant;
  const { order } = sim.deployed;
  const settings = settingsInForce(sim);
  const log = logInForce(sim);
  return start(sim, name, async (process) => {
    process.isOfAnother = isOther;
    const pauses = sim.world.script.includes('pause-polls') ? pausesOf(sim, process) : NEVER_PAUSED;
    if ((await pauses.read()).polls) return; // as run-poll does
    const sleep = sleeper(sim, process);
    const sqs = queueClient(sim.queues, process);
    const queue = createEventQueue(sqs, {
      queueUrl: QUEUE_URLS.main,
      deadLetterQueueUrl: QUEUE_URLS.dead,
      sleep,
      once: () => sqs,
    });
    const client = auth0Client(log, process, {
      pass: sim.pass,
      slowMs: sim.world.slowMs ?? 0,
      onLie: (kind) => sim.meet(`a ${kind} lies`),
    });
    const deps: PollDeps = {
      log: watchedLog(client, settings.connection.tenant, process, sim.promised),
      ledger: ledgerOf(sim, process),
      queue,
      settings,
      grouping: { order, version: CURRENT_RESOURCE_VERSION },
      batchPages: sim.world.batchPages ?? 1,
      tell: logOf(sim, process),
      now: () => sim.now,
      sleep,
      randomId: sim.draw,
      pageTimeMs: () => 20_000,
      mayStartPage: () => sim.now - process.startedAt < POLLER_LAST_PAGE_SECONDS * 1_000,
    };
    const everySeconds = sim.world.pollEverySeconds;
    if (everySeconds === undefined) await onePoll(sim, process, deps);
    else
      await pollUntilDue({
        poll: () => onePoll(sim, process, deps),
        everyMs: everySeconds * 1_000,
        now: deps.now,
        sleep,
        timeLeftMs: () => process.startedAt + POLLER_LOOP_TIMEOUT_SECONDS * 1_000 - sim.now,
      });
  });
}

async function onePoll(sim: Simulation, process: Process, deps: PollDeps): Promise<NextPoll> {
  process.boundTo = undefined;
  const telling = watchTelling(deps);
  const report = await poll(telling.deps);
  if (report.failure !== undefined) throw report.failure;
  const untold = telling.missing(report);
  if (untold !== undefined) sim.promised.fail('P6', untold);
  if (sim.calm && report.stoppedBy !== 'overtaken') checkReport(sim, report);
  sim.say(
    () => `   ${process.name} ends: ${report.stoppedBy}, read ${report.read}, lag ${report.lagSeconds}`,
  );
  return report;
}

/** Checks the figures by which alarms go. In calm nothing else writes. */
function checkReport({ table, promised, now }: Simulation, { lagSeconds = 0 }: PollReport): void {
  const state = table.items.get('state');
  const first = table
    .startingWith('batch#')
    .map(parseBatch)
    .find((batch) => {
      if (state === undefined || batch.pending.size === 0) return false;
      const parsed = parseState(state);
      if (!isClaimed(batch, parsed)) return false;
      return batch.enqueued || batch.id === parsed.last?.id; // else it was never claimed
    });
  const age = first ? Math.round((now - first.oldestAt) / 1_000) : 0;
  if (lagSeconds < age - 60)
    promised.fail('P6', `a poll reports a lag of ${lagSeconds} s, its oldest event waits for ${age} s`);
}
