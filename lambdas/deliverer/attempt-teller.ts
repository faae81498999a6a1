import { Metric } from '../shared/contract.ts';
import type { Tell } from '../shared/logger.ts';
import { metrics } from '../shared/metrics.ts';
import { type Attempt, attemptFields, endToEndSeconds } from './attempt-line.ts';

/** Tells the attempts of one invocation. */
export interface AttemptTeller {
  attempted(attempt: Attempt): void;
  /** After the last attempt: what the delivered ones measured, in one line for all. */
  measured(): void;
}

/**
 * A line for each attempt. A failed one carries its metrics at once: alarms wait for them, and
 * whatever fails may also end the invocation. Those of the delivered ones come together, as
 * CloudWatch's metric format would be a third of each line.
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
