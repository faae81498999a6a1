import { pollUntilDue } from '../../lambdas/poller/poll-until-due.ts';
import { type RunPollDeps, runPoll } from '../../lambdas/poller/run-poll.ts';
import { POLLER_LAST_PAGE_SECONDS, POLLER_TIMEOUT_SECONDS } from '../../lambdas/shared/contract.ts';
import { createLedger } from '../../lambdas/shared/ledger/ledger.ts';
import { createPauseSwitch } from '../../lambdas/shared/ledger/pause.ts';
import { createTable } from '../../lambdas/shared/ledger/table.ts';
import { createEventQueue } from '../../lambdas/shared/queue/event-queue.ts';
import { CURRENT_RESOURCE_VERSION } from '../../lambdas/shared/resource-version.ts';
import { parseAuth0Settings } from '../../lambdas/shared/settings/auth0-settings.ts';
import { settingsSource } from '../../lambdas/shared/settings/settings-source.ts';
import { freeLog } from './free-log.ts';
import { DEAD_LETTER_URL, QUEUE_URL } from './free-sqs.ts';
import { countedLog, freeSecret, invoked, type Parts } from './parts.ts';

/** Pages of a batch, as in the poller's handler. */
const BATCH_PAGES = 10;
const RESERVE_MS = (POLLER_TIMEOUT_SECONDS - POLLER_LAST_PAGE_SECONDS) * 1_000;
const PAGE_RESERVE_MS = 3_000;
/** No end for a poll that has to read a whole backlog in one run. */
const NO_END_MS = 1e12;

/**
 * Makes the poller's handler on free services.
 * @returns a function that makes one invocation
 */
export function createPolling(parts: Parts): (everySeconds?: number) => Promise<void> {
  const { options, counts, table, sqs, concurrency } = parts;
  const { clock, latencies, log, startFrom } = options;
  const { sleep } = clock;
  const now = () => clock.now;
  const secret = freeSecret(parts, 'poller', auth0Secret(startFrom));
  const stateTable = createTable(table, 'table');
  let drawn = 0;
  const randomId = () => String(drawn++).padStart(16, '0');
  const client = freeLog(log, counts, clock, latencies.pageMs);
  const fixed: Omit<RunPollDeps, 'mayStartPage' | 'pageTimeMs'> = {
    settings: settingsSource(secret, 'secret', parseAuth0Settings, { now }),
    secretId: 'secret',
    webhook: 'auth0-webhooks',
    ledger: createLedger(stateTable, randomId),
    pauses: createPauseSwitch(stateTable),
    queue: createEventQueue(sqs, {
      queueUrl: QUEUE_URL,
      deadLetterQueueUrl: DEAD_LETTER_URL,
      sleep,
      once: () => sqs,
    }),
    connect: () => client,
    grouping: { order: concurrency.order, version: CURRENT_RESOURCE_VERSION },
    batchPages: BATCH_PAGES,
    tell: countedLog(parts, 'poll'),
    now,
    sleep,
    randomId,
  };

  return (everySeconds) =>
    invoked(parts, 'poller', async () => {
      const endsAt = clock.now + (everySeconds === undefined ? NO_END_MS : lifeSeconds(everySeconds) * 1_000);
      const timeLeftMs = () => endsAt - clock.now;
      const poll = () =>
        runPoll({
          ...fixed,
          mayStartPage: () => timeLeftMs() > RESERVE_MS,
          pageTimeMs: () => timeLeftMs() - PAGE_RESERVE_MS,
        });
      if (everySeconds === undefined) await poll();
      else
        await pollUntilDue({
          poll,
          everyMs: everySeconds * 1_000,
          now,
          sleep,
          timeLeftMs: () => timeLeftMs() - PAGE_RESERVE_MS,
        });
    });
}

function lifeSeconds(everySeconds: number): number {
  return everySeconds < 60 ? 65 : POLLER_TIMEOUT_SECONDS;
}

function auth0Secret(startFrom: number | undefined): object {
  return {
    AUTH0_DOMAIN: 'example.eu.auth0.com',
    AUTH0_CLIENT_ID: 'our-own-client',
    AUTH0_CLIENT_SECRET: 'secret-of-our-client',
    START_FROM: startFrom === undefined ? 'earliest' : new Date(startFrom).toISOString(),
  };
}
