import { type AlarmState, evaluateAlarm, isWarmingUp } from './alarm.ts';
import type { Datapoint } from './datapoints.ts';
import { datapointsOf, parseJson } from './embedded-format.ts';
import type { Monitored } from './monitored.ts';

/**
 * CloudWatch for one stack. It keeps data points by a clock of its own, and evaluates the stack's
 * alarms.
 */
export interface Watch {
  /** Seconds since the beginning. */
  readonly now: number;
  readonly datapoints: readonly Datapoint[];
  /** Parsed log lines. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  /** Takes a line of a function's log. */
  takeLine(text: string): void;
  /** Takes AWS's own metrics of the resource of that name. */
  take(
    namespace: string,
    dimension: string,
    resource: string,
    metrics: Readonly<Record<string, number>>,
  ): void;
  /** Lets time pass, then evaluates every alarm. */
  evaluateAfter(seconds: number): void;
  /** Lets time pass in which nothing is evaluated. */
  skip(seconds: number): void;
  /** Names of the alarms in ALARM, without the webhook's name. */
  firing(): readonly string[];
}

export function createWatch({ alarms }: Monitored): Watch {
  let now = 0;
  const datapoints: Datapoint[] = [];
  const lines: Record<string, unknown>[] = [];
  const states = new Map<string, AlarmState>();
  return {
    get now() {
      return now;
    },
    datapoints,
    lines,
    takeLine(text) {
      datapoints.push(...datapointsOf(text, now));
      lines.push(Object(parseJson(text)));
    },
    take(namespace, dimension, resource, metrics) {
      for (const [name, value] of Object.entries(metrics))
        datapoints.push({ namespace, name, dimensions: { [dimension]: resource }, value, at: now });
    },
    evaluateAfter(seconds) {
      now += seconds;
      for (const alarm of alarms) {
        if (isWarmingUp(alarm, now)) continue;
        const before = states.get(alarm.AlarmName) ?? 'INSUFFICIENT_DATA';
        states.set(alarm.AlarmName, evaluateAlarm(alarm, datapoints, now, before));
      }
    },
    skip(seconds) {
      now += seconds;
    },
    firing() {
      const firing = [...states].filter(([, state]) => state === 'ALARM');
      return firing.map(([name]) => name.replace(/^auth0-webhooks-/, ''));
    },
  };
}
