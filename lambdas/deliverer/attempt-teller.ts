import { Metric } from '../shared/contract.ts';
import type { Tell } from '../shared/logger.ts';
import { metrics } from '../shared/metrics.ts';
import { type Attempt, attemptFields, endToEndSeconds } from './attempt-line.ts';

/** Logs the attempts of one invocation. */
export interface AttemptTeller {
  attempted(attempt: Attempt): void;
  /** Writes one line with what the delivered attempts measured. Call it after the last attempt. */
  measured(): void;
}

/**
 * Writes a line for each attempt. The line of a failed one has its metrics, as alarms wait for
 * them, and what fails may also end the invocation. The metrics of delivered ones come together at
 * the end, as CloudWatch's metric format would be a third of each line.
 */
export function createAttemptTeller(tell: Tell, webhook: string): AttemptTeller {
  const latencies: number[] = [];
  const endToEnd: number[] = [];
  return {
    attempted(attempt) {
      const { outcome, startedAt, endedAt } = attempt;
      const fields = attemptFields(attempt);
      if (outcome.kind === 'delivered') {
        tell('info', 'delivery.attempted', fields);
        latencies.push(endedAt - startedAt);
        endToEnd.push(endToEndSeconds(attempt));
        return;
      }
      const gone = outcome.reason === 'gone' ? { [Metric.endpointGone]: 1 } : {};
      const values = { [Metric.webhookLatency]: endedAt - startedAt, ...gone };
      tell('warn', 'delivery.attempted', fields, metrics(webhook, values));
    },

    measured() {
      if (latencies.length === 0) return;
      const values = { [Metric.webhookLatency]: latencies, [Metric.endToEndSeconds]: endToEnd };
      tell('info', 'delivery.measured', undefined, metrics(webhook, values));
    },
  };
}
