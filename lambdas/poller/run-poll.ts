import { errorName } from '../shared/logger.ts';
import { Metric, metrics } from '../shared/metrics.ts';
import type { Auth0Settings } from '../shared/settings/auth0-settings.ts';
import type { Parsed } from '../shared/settings/setting.ts';
import { tellFaults } from '../shared/settings/tell-faults.ts';
import { LogReadError } from './log-read-error.ts';
import { type PollDeps, poll } from './poll.ts';
import { newReport, type PollReport } from './poll-report.ts';

export interface RunPollDeps extends Omit<PollDeps, 'settings' | 'log' | 'ledger' | 'queue'> {
  readonly settings: () => Promise<Parsed<Auth0Settings>>;
  readonly secretId: string;
  readonly webhook: string;
  readonly connect: (settings: Auth0Settings) => Pick<PollDeps, 'log' | 'ledger' | 'queue'>;
}

/** A poll with its settings before it and its one log line after it, whatever its end. */
export async function runPoll(deps: RunPollDeps): Promise<void> {
  const { tell, webhook, now } = deps;
  const startedAt = now();
  const report = newReport();
  try {
    const parsed = await deps.settings();
    if ('faults' in parsed) {
      tellFaults(tell, webhook, deps.secretId, parsed);
      return;
    }
    await poll({ ...deps, settings: parsed.settings, ...deps.connect(parsed.settings) }, report);
    tell('info', 'poll.completed', fields(report, now() - startedAt), pollMetrics(report, webhook));
  } catch (error) {
    const known = error instanceof LogReadError;
    const reason = known ? error.reason : errorName(error);
    const message = known ? error.message : 'the poll broke off; the next one goes on where it stood';
    tell(
      'error',
      'poll.failed',
      { reason, message, status: known ? error.status : undefined, ...fields(report, now() - startedAt) },
      metrics(webhook, {
        [Metric.pollsFailed]: 1,
        [Metric.logEventsRead]: report.read,
        [Metric.eventsMatched]: report.matched,
      }),
    );
    // The library's own error may hold Auth0's answer, and Lambda prints what is thrown: only our words leave here.
    throw new PollFailed(`${reason}: ${message}`);
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

function pollMetrics(report: PollReport, webhook: string): object {
  return metrics(webhook, {
    [Metric.logEventsRead]: report.read,
    [Metric.eventsMatched]: report.matched,
    [Metric.lagSeconds]: report.lagSeconds,
    [Metric.pollsRateLimited]: report.stoppedBy === 'rate-limit' ? 1 : 0,
    [Metric.gaps]: report.gaps,
  });
}
