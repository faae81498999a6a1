import { Duration } from 'aws-cdk-lib';
import { Metric as CloudWatchMetric, type IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  METRIC_DIMENSION,
  METRIC_NAMESPACE,
  Metric,
  type MetricName,
} from '../../lambdas/shared/contract.ts';
import type { Queues } from '../queues.ts';
import type { MonitoringProps } from './monitoring-props.ts';

const PERIOD = Duration.minutes(5);
const sum = (label: string) => ({ statistic: Stats.SUM, label, period: PERIOD });
const most = (label: string) => ({ statistic: Stats.MAXIMUM, label, period: PERIOD });
const least = (label: string) => ({ statistic: Stats.MINIMUM, label, period: PERIOD });

export type Readings = ReturnType<typeof createReadings>;

/**
 * What can be read of a webhook. Each reading takes the cheapest metric that tells it: AWS's own, a
 * sample count, or one of ours.
 */
export function createReadings({ webhook, queues, poller, deliverer, state }: MonitoringProps) {
  const ours = (metricName: MetricName, statistic: string, label: string) =>
    new CloudWatchMetric({
      namespace: METRIC_NAMESPACE,
      metricName,
      dimensionsMap: { [METRIC_DIMENSION]: webhook.name },
      statistic,
      label,
      period: PERIOD,
    });
  const attempts = ours(Metric.webhookLatency, Stats.SAMPLE_COUNT, 'attempts');
  const delivered = ours(Metric.endToEndSeconds, Stats.SAMPLE_COUNT, 'delivered');
  return {
    polls: ours(Metric.lagSeconds, Stats.SAMPLE_COUNT, 'polls'),
    lag: ours(Metric.lagSeconds, Stats.MAXIMUM, 'lag'),
    read: ours(Metric.logEventsRead, Stats.SUM, 'read'),
    rateLimited: ours(Metric.pollsRateLimited, Stats.SUM, 'rate-limited polls'),
    retentionUsed: ours(Metric.retentionUsed, Stats.MAXIMUM, "% of Auth0's retention used"),
    gaps: ours(Metric.gaps, Stats.SUM, 'gaps'),
    settingsFaults: ours(Metric.settingsFaults, Stats.SUM, 'times settings were faulty'),
    gone: ours(Metric.endpointGone, Stats.SUM, 'answered 410 (gone)'),
    attempts,
    delivered,
    failedAttempts: math('failed attempts', 'attempts - FILL(delivered, 0)', { attempts, delivered }),
    failedPercent: math('% of attempts failed', '100 * (attempts - FILL(delivered, 0)) / attempts', {
      attempts,
      delivered,
    }),
    endToEnd: (percentile: string) => ours(Metric.endToEndSeconds, percentile, `end to end ${percentile}`),
    latency: (percentile: string) => ours(Metric.webhookLatency, percentile, `webhook ${percentile}`),

    ...queueReadings(queues),

    polled: poller.function.metricInvocations(sum('polls begun')),
    pollErrors: poller.function.metricErrors(sum('failed polls')),
    /** A share of 1. Lambda sends `Errors` with each invocation, as 0 or as 1. */
    failedPollShare: poller.function.metricErrors({
      statistic: Stats.AVERAGE,
      label: 'share of polls failed',
      period: PERIOD,
    }),
    pollThrottles: poller.function.metricThrottles(sum('poller throttled')),
    pollDuration: poller.function.metricDuration(most('longest poll')),
    deliveries: deliverer.function.metricInvocations(sum('delivery invocations')),
    deliveryErrors: deliverer.function.metricErrors(sum('deliverer errors')),
    deliveryThrottles: deliverer.function.metricThrottles(sum('deliverer throttled')),
    deliveryDuration: deliverer.function.metricDuration(most('longest delivery invocation')),
    concurrency: deliverer.function.metric('ConcurrentExecutions', most('concurrent deliveries')),

    readUnits: state.table.metricConsumedReadCapacityUnits(sum('table reads')),
    writeUnits: state.table.metricConsumedWriteCapacityUnits(sum('table writes')),
  };
}

function queueReadings({ events, deadLetters }: Queues) {
  return {
    /** A FIFO queue counts what it accepted, and not what it took for a duplicate. */
    matched: events.metricNumberOfMessagesSent(sum('matched')),
    waiting: events.metricApproximateNumberOfMessagesVisible(most('waiting')),
    /**
     * The least number of the period. A single moment would also show what is taken at the next
     * one.
     */
    leastWaiting: events.metricApproximateNumberOfMessagesVisible(least('waiting all the time')),
    inFlight: events.metricApproximateNumberOfMessagesNotVisible(most('in flight or until the next try')),
    /**
     * Number of resources that are in delivery. When it is small while much waits, one of them is
     * hot.
     */
    resourcesInDelivery: events.metric(
      'ApproximateNumberOfGroupsWithInflightMessages',
      most('resources in delivery or until the next try'),
    ),
    oldestWaiting: events.metricApproximateAgeOfOldestMessage(most('oldest message')),
    received: events.metricNumberOfMessagesReceived(sum('received')),
    emptyReceives: events.metricNumberOfEmptyReceives(sum('empty receives')),
    deleted: events.metricNumberOfMessagesDeleted(sum('deleted')),
    deadLetters: deadLetters.metricApproximateNumberOfMessagesVisible(most('dead letters')),
    /**
     * Messages that our code sent there. SQS counts those, and not the ones that it moves by
     * itself.
     */
    deadLettered: deadLetters.metricNumberOfMessagesSent(sum('dead-lettered')),
    oldestDeadLetter: deadLetters.metricApproximateAgeOfOldestMessage(most('oldest dead letter')),
  };
}

export function math(label: string, expression: string, usingMetrics: Record<string, IMetric>) {
  return new MathExpression({ label, expression, usingMetrics, period: PERIOD });
}
