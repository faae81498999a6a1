import { poll } from '../../lambdas/poller/poll.ts';
import { newReport, type PollReport } from '../../lambdas/poller/poll-report.ts';
import { POLLER_LAST_PAGE_SECONDS } from '../../lambdas/shared/contract.ts';
import { createEventQueue } from '../../lambdas/shared/queue/event-queue.ts';
import { auth0Settings } from './fixed-settings.ts';
import type { Process } from './process.ts';
import { ledgerOf, logOf, sleeper, start } from './processes.ts';
import { QUEUE_URLS, queueClient } from './queue-client.ts';
import type { Simulation } from './simulation.ts';

export function startPoll(sim: Simulation, name: string): Promise<Process> {
  const settings = auth0Settings(
    sim.narrow,
    sim.world.settleSeconds ?? 0,
    sim.world.latestAfterLoss && sim.promised.tableLost ? 'latest' : 'earliest',
  );
  return start(sim, name, async (process) => {
    const sleep = sleeper(sim, process);
    const queue = createEventQueue(queueClient(sim.queues, process), {
      queueUrl: QUEUE_URLS.main,
      deadLetterQueueUrl: QUEUE_URLS.dead,
      totalOrder: sim.world.totalOrder === true,
      sleep,
    });
    const report = newReport();
    await poll(
      {
        log: sim.log.client(process, sim.pass, sim.world.slowMs ?? 0),
        ledger: ledgerOf(sim, process),
        queue,
        settings,
        tell: logOf(sim, process),
        now: () => sim.now,
        sleep,
        randomId: sim.draw,
        mayStartPage: () => sim.now - process.startedAt < POLLER_LAST_PAGE_SECONDS * 1_000,
      },
      report,
    );
    if (sim.calm && report.stoppedBy !== 'overtaken') checkReport(sim, report);
    sim.say(() => `   ${name} ends: ${report.stoppedBy}, read ${report.read}, pending ${report.pending}`);
  });
}

/** Alarms go by these figures; in calm nothing else writes. */
function checkReport({ table, promised }: Simulation, { pending }: PollReport): void {
  const there = table.startingWith('batch#').reduce((sum, item) => sum + (item.pending?.NS?.length ?? 0), 0);
  if (pending !== there) promised.fail('P6', `a poll reports ${pending} pending events, there are ${there}`);
}
