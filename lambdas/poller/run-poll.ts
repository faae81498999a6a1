import { Metric } from '../shared/contract.ts';
import type { PauseSwitch, Pauses } from '../shared/ledger/pause.ts';
import { errorName } from '../shared/logger.ts';
import { metrics } from '../shared/metrics.ts';
import type { Auth0Settings } from '../shared/settings/auth0-settings.ts';
import type { Parsed } from '../shared/settings/setting.ts';
import { tellFaults, tellOddities } from '../shared/settings/tell-faults.ts';
import { poll } from './poll.ts';
import { NOTHING_COUNTED } from './poll-counts.ts';
import type { PollDeps } from './poll-deps.ts';
import { filterFields, pausedSeconds, pauseFields, pollFields, pollMetrics } from './poll-line.ts';
import { type PollReport, PROGRESS_UNKNOWN, type Progress, readProgress } from './poll-report.ts';
import type { NextPoll } from './poll-until-due.ts';
import { LogReadError } from './reading/log-read-error.ts';

export interface RunPollDeps extends Omit<PollDeps, 'settings' | 'log'> {
  readonly settings: () => Promise<Parsed<Auth0Settings>>;
  readonly pauses: Pick<PauseSwitch, 'read'>;
  readonly secretId: string;
  readonly webhook: string;
  readonly connect: (settings: Auth0Settings) => PollDeps['log'];
}

const NOT_PAUSED: Pauses = {};

/**
 * Runs a poll: its settings before it, and its one log line after it, whatever its end. Rejects
 * when the poll failed.
 */
export async function runPoll(deps: RunPollDeps): Promise<NextPoll> {
  const { tell, webhook, now } = deps;
  const startedAt = now();
  // Both are read or neither: a poll that cannot tell whether it is paused reads nothing else.
  const [parsed, pauses] = await Promise.all([deps.settings(), deps.pauses.read()]).catch(
    (failure: unknown) => [{ failure }, NOT_PAUSED] as const,
  );
  if ('failure' in parsed) {
    const report = {
      ...NOTHING_COUNTED,
      ...(await progressAnyway(deps)),
      stoppedBy: 'failed',
      ...parsed,
    } as const;
    await tellReport(report, undefined, pauses, startedAt, deps);
    return {};
  }
  tellOddities(tell, deps.secretId, parsed);
  if ('faults' in parsed) {
    const { lagSeconds } = await progressAnyway(deps);
    tellFaults(tell, webhook, deps.secretId, parsed, { [Metric.lagSeconds]: lagSeconds });
    return {};
  }
  const { settings } = parsed;
  const report = pauses.polls
    ? ({ ...NOTHING_COUNTED, ...(await progressAnyway(deps)), stoppedBy: 'paused' } as const)
    : await poll({ ...deps, settings, log: deps.connect(settings) });
  await tellReport(report, settings, pauses, startedAt, deps);
  return report;
}

async function tellReport(
  report: PollReport,
  settings: Auth0Settings | undefined,
  pauses: Pauses,
  startedAt: number,
  deps: RunPollDeps,
): Promise<void> {
  const { tell, webhook, now } = deps;
  const pending = await pendingMessages(report, deps);
  const fields = {
    ...pollFields(report),
    ...(settings ? filterFields(settings) : {}),
    ...pauseFields(pauses),
    pending,
    durationMs: now() - startedAt,
  };
  const embedded = metrics(webhook, pollMetrics(report, settings, pausedSeconds(pauses, now())));
  if (report.stoppedBy !== 'failed') return tell('info', 'poll.completed', fields, embedded);
  const failure = explained(report.failure);
  tell('error', 'poll.failed', { ...failure, ...fields }, embedded);
  // Only our own words are thrown, as Lambda prints them. The library's error may hold Auth0's
  // answer.
  throw new PollFailed(`${failure.reason}: ${failure.message}`);
}

function explained(failure: unknown) {
  if (failure instanceof LogReadError)
    return { reason: failure.reason, message: failure.message, status: failure.status };
  return { reason: errorName(failure), message: 'the poll broke off; the next one goes on where it stood' };
}

/**
 * Reads where things stand after a failure, as lag must show while polls fail, too. The failure
 * itself is reported already. Without the ledger there is no lag to report.
 */
async function progressAnyway({ ledger, now, mayStartPage }: RunPollDeps): Promise<Progress> {
  if (!mayStartPage()) return PROGRESS_UNKNOWN;
  return await readProgress(ledger, now()).catch(() => PROGRESS_UNKNOWN);
}

/**
 * Events of one batch at most. A poll that sent more took so long that many are delivered by now.
 */
const ONE_BATCH = 100;

/**
 * Counts the events that wait, by SQS's counts, which cost the same however many wait. SQS is not
 * asked when nothing is open, which saves two requests of most polls. The line then has no count,
 * as untracked events (tests, replays) may wait all the same. It is not asked either when this poll
 * sent all that is open, as its counts do not have that yet.
 */
async function pendingMessages(
  { isOpen, wasOpen, stoppedBy, matched }: PollReport,
  { queue, mayStartPage }: RunPollDeps,
): Promise<number | undefined> {
  if (isOpen === false || !mayStartPage()) return undefined;
  const isSent = stoppedBy !== 'failed' && stoppedBy !== 'overtaken';
  const isAllOurs = isOpen && wasOpen === false && matched > 0 && matched <= ONE_BATCH && isSent;
  if (isAllOurs) return matched;
  const counts = await queue.counts().catch(() => undefined);
  return counts && counts.waiting + counts.deadLettered;
}

class PollFailed extends Error {
  override readonly name = 'PollFailed';
}
