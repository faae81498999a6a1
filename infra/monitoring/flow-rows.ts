import { GraphWidget, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Readings } from './readings.ts';

const HEIGHT = 6;
const SECONDS = { label: 'seconds', showUnits: false, min: 0 };
const MILLISECONDS = { label: 'milliseconds', showUnits: false, min: 0 };
const COUNT = { label: 'count', showUnits: false, min: 0 };

/** Rows about what flows, how fast, and where it waits. */
export function flowRows(readings: Readings): readonly (readonly IWidget[])[] {
  const { read, matched, delivered, attempts, failedAttempts, gone, endToEnd, latency } = readings;
  return [
    [
      counts('Flow: read, matched, delivered', [read, matched, delivered], 8),
      new GraphWidget({
        title: 'How long it takes',
        left: ['p50', 'p90', 'p99'].map(endToEnd),
        leftYAxis: SECONDS,
        right: ['p50', 'p99'].map(latency),
        rightYAxis: MILLISECONDS,
        width: 8,
        height: HEIGHT,
      }),
      counts('Attempts', [attempts, failedAttempts, gone], 8),
    ],
    [
      new GraphWidget({
        title: 'Queue: depth, resources and age',
        left: [readings.waiting, readings.inFlight, readings.resourcesInDelivery],
        leftYAxis: COUNT,
        right: [readings.oldestWaiting],
        rightYAxis: SECONDS,
        width: 8,
        height: HEIGHT,
      }),
      new GraphWidget({
        title: 'Dead letters',
        left: [readings.deadLetters, readings.deadLettered],
        leftYAxis: COUNT,
        right: [readings.oldestDeadLetter],
        rightYAxis: SECONDS,
        width: 8,
        height: HEIGHT,
      }),
      new GraphWidget({
        title: "Lag, and how much of Auth0's retention is used",
        left: [readings.lag],
        leftYAxis: SECONDS,
        right: [readings.retentionUsed],
        rightYAxis: { label: '%', showUnits: false, min: 0 },
        width: 8,
        height: HEIGHT,
      }),
    ],
  ];
}

/** Rows about the functions, faults of settings and log, and what the bill counts. */
export function machineRows(readings: Readings): readonly (readonly IWidget[])[] {
  const { pollErrors, deliveryErrors, pollThrottles, deliveryThrottles } = readings;
  const { polled, deliveries, received, emptyReceives, deleted, matched, readUnits, writeUnits } = readings;
  return [
    [
      counts(
        'Function errors and throttles',
        [pollErrors, deliveryErrors, pollThrottles, deliveryThrottles],
        6,
      ),
      new GraphWidget({
        title: 'Duration and concurrency',
        left: [readings.pollDuration, readings.deliveryDuration],
        leftYAxis: MILLISECONDS,
        right: [readings.concurrency],
        rightYAxis: COUNT,
        width: 6,
        height: HEIGHT,
      }),
      counts('Settings, gaps, rate limit', [readings.settingsFaults, readings.gaps, readings.rateLimited], 6),
      counts(
        'What costs: invocations, requests, table units',
        [polled, deliveries, received, emptyReceives, deleted, matched, readUnits, writeUnits],
        6,
      ),
    ],
  ];
}

function counts(title: string, left: IMetric[], width: number): GraphWidget {
  return new GraphWidget({ title, left, leftYAxis: COUNT, width, height: HEIGHT });
}
