import { Metric } from '../shared/contract.ts';
import { errorName } from '../shared/logger.ts';
import { type MetricValues, metrics } from '../shared/metrics.ts';
import type { Auth0Settings } from '../shared/settings/auth0-settings.ts';
import type { Parsed } from '../shared/settings/setting.ts';
import { tellFaults, tellWarnings } from '../shared/settings/tell-faults.ts';
import { type PollDeps, poll } from './poll.ts';
import { measure, newReport, type PollReport } from './poll-report.ts';
import { LogReadError } from './reading/log-read-error.ts';

const DAY_SECONDS = 24 * 3_600;

export interface RunPollDeps extends Omit<PollDeps, 'settings' | 'log' | 'queue'> {
  readonly settings: () => Promise<Parsed<Auth0Settings>>;
  readonly secretId: string;
  readonly webhook: string;
  readonly connect: (settings: Auth0Settings) => Pick<PollDeps, 'log' | 'queue'>;
}

/** A poll with its settings before it and its one log line after it, whatever its end. */
export async function runPoll(deps: RunPollDeps): Promise<void> {
  const { tell, webhook, now } = deps;
  const startedAt = now();
  const report = newReport();
  let settings: Auth0Settings | undefined;
  try {
    const parsed = await deps.settings();
    if ('faults' in parsed) {
      await measureAnyway(deps, report);
      tellFaults(tell, webhook, deps.secretId, parsed, { [Metric.lagSeconds]: report.lagSeconds });
      return;
    }
    settings = parsed.settings;
    tellWarnings(tell, deps.secretId, parsed.warnings ?? []);
    await poll({ ...deps, settings, ...deps.connect(settings) }, report);
    const values = pollMetrics(report, settings);
    tell('info', 'poll.completed', fields(report, now() - startedAt), metrics(webhook, values));
  } catch (error) {
    const known = error instanceof LogReadError;
    const reason = known ? error.reason : errorName(error);
    const message = known ? error.message : 'the poll broke off; the next one goes on where it stood';
    // Auth0's failure leaves the ledger well; any other may be its own, and asking it again takes time.
    if (known || deps.mayStartPage()) await measureAnyway(deps, report);
    tell(
      'error',
      'poll.failed',
      { reason, message, status: known ? error.status : undefined, ...fields(report, now() - startedAt) },
      metrics(webhook, pollMetrics(report, settings)),
    );
    // The library's own error may hold Auth0's answer, and Lambda prints what is thrown: only our words leave here.
    throw new PollFailed(`${reason}: ${message}`);
  }
}

/** How far behind a poll that read nothing leaves things: it must show while polls fail, too. */
async function measureAnyway({ ledger, now }: RunPollDeps, report: PollReport): Promise<void> {
  try {
    await measure(ledger, now(), report);
  } catch {
    // What failed before is told; without the ledger there is no lag to tell.
  }
}

class PollFailed extends Error {
  override readonly name = 'PollFailed';
}

function fields(report: PollReport, durationMs: number) {
  const { verdicts, retryAt, ...rest } = report;
  const unmatched = {
    notType: verdicts.type,
    notEndpoint: verdicts.endpoint,
    notMethod: verdicts.method,
    excludedClient: verdicts.client,
  };
  return { ...rest, ...unmatched, retryAtMs: retryAt, durationMs };
}

function pollMetrics(report: PollReport, settings: Auth0Settings | undefined): MetricValues {
  const { unreadSeconds } = report;
  return {
    [Metric.lagSeconds]: report.lagSeconds,
    [Metric.logEventsRead]: report.read,
    [Metric.pollsRateLimited]: report.stoppedBy === 'rate-limit' ? 1 : 0,
    [Metric.gaps]: report.gaps + report.unreadable + report.abandoned,
    ...(settings && unreadSeconds !== undefined
      ? { [Metric.retentionUsed]: (100 * unreadSeconds) / (settings.retentionDays * DAY_SECONDS) }
      : {}),
  };
}
