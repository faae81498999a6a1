import { describe, expect, it } from 'vitest';
import { synthesisedAssembly } from './support/assembly.ts';
import { HOUR } from './support/courses.ts';
import { readMonitored } from './support/monitored.ts';
import { createWatch, type Watch } from './support/watch.ts';

const MINUTE = 60;
const everyMinute = readMonitored(await synthesisedAssembly());
const everySixHours = readMonitored(await synthesisedAssembly({ schedule: 'rate(6 hours)' }));

const polled = (watch: Watch) =>
  watch.take('AWS/Lambda', 'FunctionName', 'auth0-webhooks-poller', { Invocations: 1 });
const inFlight = (watch: Watch, count: number) =>
  watch.take('AWS/SQS', 'QueueName', 'auth0-webhooks.fifo', {
    ApproximateNumberOfMessagesNotVisible: count,
  });

describe('not-polling', () => {
  it('says nothing between a deploy and its first polls', () => {
    const watch = createWatch(everyMinute);

    for (let minute = 0; minute < 14; minute++) {
      watch.evaluateAfter(MINUTE);
      expect(watch.firing()).toEqual([]);
    }
    polled(watch);
    watch.evaluateAfter(MINUTE);

    expect(watch.firing()).toEqual([]);
  });

  it('tells of a deploy after which no poll ever begins', () => {
    const watch = createWatch(everyMinute);

    for (let minute = 0; minute < 15; minute++) watch.evaluateAfter(MINUTE);

    expect(watch.firing()).toEqual(['not-polling']);
  });

  it('takes no pause of a slow schedule for silence', () => {
    const watch = createWatch(everySixHours);

    for (let hour = 1; hour <= 72; hour++) {
      if (hour % 6 === 0) polled(watch);
      watch.evaluateAfter(HOUR);
      expect(watch.firing(), `hour ${hour}`).toEqual([]);
    }
  });

  it('tells of the silence of a slow schedule hours before one day of retention is over', () => {
    const watch = createWatch(everySixHours);
    for (let hour = 0; hour < 24; hour++) {
      if (hour % 6 === 0) polled(watch); // the last at 18
      watch.evaluateAfter(HOUR);
    }
    const lastPoll = 18 * HOUR;

    while (watch.firing().length === 0 && watch.now < lastPoll + 24 * HOUR) watch.evaluateAfter(HOUR);

    expect(watch.firing()).toEqual(['not-polling']);
    expect(watch.now - lastPoll).toBeLessThanOrEqual(10 * HOUR);
  });
});

describe('the limit of messages in flight', () => {
  it('too-many-in-flight fires before SQS hands out nothing more, and goes back', () => {
    const watch = createWatch(everyMinute);
    const fiveMinutes = (count: number) => {
      polled(watch);
      inFlight(watch, count);
      watch.evaluateAfter(5 * MINUTE);
      return watch.firing();
    };

    for (let period = 0; period < 6; period++) expect(fiveMinutes(99_999)).toEqual([]);
    for (let period = 0; period < 2; period++) expect(fiveMinutes(110_000)).toEqual([]);

    expect(fiveMinutes(110_000)).toEqual(['too-many-in-flight']);
    expect(fiveMinutes(20_000)).toEqual([]);
  });
});
