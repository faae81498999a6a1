import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  ESSENTIAL_METRICS,
  METRIC_DIMENSION,
  METRIC_NAMESPACE,
  Metric,
} from '../../lambdas/shared/contract.ts';
import { synthesisedAssembly } from './support/assembly.ts';
import { DAY, HOUR, pollAndDeliver, quietWorld, until, userCreated } from './support/courses.ts';
import type { Datapoint } from './support/datapoints.ts';
import { emittedButNotShown, fieldsOf, namedButNotEmitted } from './support/emitted.ts';
import { LAMBDA_LINES } from './support/lambda-lines.ts';
import { type Monitored, readMonitored } from './support/monitored.ts';
import { startWorld, type World } from './support/world.ts';

const assembly = await synthesisedAssembly();
const monitored = readMonitored(assembly);
const ours = ({ namespace }: { namespace: string }) => namespace === METRIC_NAMESPACE;

describe('a run of the pipeline', () => {
  let emitted: readonly Datapoint[];
  let logged: ReadonlySet<string>;

  // Good days and bad ones: events that are delivered, that fail, and that are refused for good, a
  // poll that fails, and wrong settings.
  beforeAll(async () => {
    const { datapoints, lines } = await eventfulRun();
    emitted = datapoints.filter(ours);
    logged = new Set([...lines, ...Object.values(LAMBDA_LINES)].flatMap((line) => Object.keys(line)));
  });

  it('emits every metric of ours that a widget or an alarm names, and AWS has the others', () => {
    expect(namedButNotEmitted(monitored, emitted, assembly)).toEqual([]);
  });

  it('emits no metric that is on no widget', () => {
    expect(emittedButNotShown(monitored, emitted)).toEqual([]);
  });

  it('emits the metrics of the contract, each with the one dimension', () => {
    expect(new Set(emitted.map(({ name }) => name))).toEqual(new Set(Object.values(Metric)));
    const dimensions = emitted.map((point) => JSON.stringify(point.dimensions));

    expect([...new Set(dimensions)]).toEqual([JSON.stringify({ [METRIC_DIMENSION]: 'auth0-webhooks' })]);
  });

  it('logs every field that a query reads', () => {
    const read = monitored.queries.flatMap(fieldsOf);

    expect(read).toEqual(expect.arrayContaining(['nextAttemptAt', 'excludedClient', 'rateLimitRemaining']));
    expect(read.filter((field) => !logged.has(field))).toEqual([]);
  });

  it.each<[string, Partial<Monitored['shown'][number]>]>([
    ['a misspelt name', { name: 'LagSecond' }],
    ['a name of AWS that is ours', { namespace: 'AWS/SQS', name: 'LagSeconds' }],
    ['a dimension of another webhook', { dimensions: { Webhook: 'another' } }],
    ['another dimension', { dimensions: { Hook: 'auth0-webhooks' } }],
    ['a queue that the stack does not have', queueMetric({ QueueName: 'another.fifo' })],
    ["another service's dimension", queueMetric({ FunctionName: 'auth0-webhooks.fifo' })],
  ])('would not pass with %s on a widget', (_, wrong) => {
    const lag = {
      namespace: METRIC_NAMESPACE,
      name: Metric.lagSeconds,
      dimensions: { Webhook: 'auth0-webhooks' },
    };
    const named = { alarms: [], shown: [{ ...lag, ...wrong }] };

    expect(namedButNotEmitted(named, emitted, assembly)).toHaveLength(1);
    expect(namedButNotEmitted({ alarms: [], shown: [lag] }, emitted, assembly)).toEqual([]);
  });
});

describe('monitoring: essential', () => {
  it('emits just the metrics that its alarms name, and has no dashboard', async () => {
    const essential = await synthesisedAssembly({ monitoring: 'essential' });
    const world = await startWorld(essential);
    onTestFinished(world.close);
    userCreated(world, 'auth0|1');
    await pollAndDeliver(world);
    await missedAndLimited(world);
    await world.restart({ auth0: { AUTH0_DOMAIN: '' } });
    await world.poll();
    const emitted = world.datapoints.filter(ours);

    expect(world.monitored.shown).toEqual([]);
    expect(new Set(emitted.map(({ name }) => name))).toEqual(new Set(ESSENTIAL_METRICS));
    expect(namedButNotEmitted(world.monitored, emitted, essential)).toEqual([]);
  });

  it('still tells of failing polls, without the metric for rate limits', async () => {
    const world = await quietWorld(await synthesisedAssembly({ monitoring: 'essential' }));
    await world.restart({ auth0: { AUTH0_CLIENT_SECRET: 'wrong' } });

    await until(world, ['polls-failing'], world.poll);
    await world.restart();
    await until(world, [], world.poll);
  });
});

async function eventfulRun() {
  const world = await startWorld(assembly);
  userCreated(world, 'auth0|1');
  const failing = userCreated(world, 'auth0|2');
  const gone = userCreated(world, 'auth0|3');
  world.receiver.respond = ({ webhookId }) =>
    webhookId === failing ? { status: 503 } : webhookId === gone ? { status: 410 } : undefined;
  await world.fiveMinutes(() => pollAndDeliver(world));
  await pausedAndResumed(world);
  await world.restart({ webhook: { WEBHOOK_URL: 'http://127.0.0.1:1/' } });
  userCreated(world, 'auth0|4');
  await pollAndDeliver(world);
  world.tenant.onRequest = () => ({ status: 403, body: {} });
  await world.poll();
  await missedAndLimited(world);
  await world.restart({ auth0: { AUTH0_DOMAIN: 'not a host' } });
  await world.poll();
  await world.close();
  return world;
}

/** Makes a poll that finds a gap, and one that Auth0's rate limit ends. */
async function missedAndLimited(world: World): Promise<void> {
  delete world.tenant.onRequest;
  await world.restart();
  const [{ log_id: logId } = { log_id: '' }] = world.tenant.entries();
  const date = new Date(Date.now() - 3 * DAY * 1_000).toISOString().replace(/\D/g, '');
  await world.lastReadHoursAgo(72, `900${date}${logId.slice(20)}`);
  await world.poll();
  const resetAt = String(Math.ceil(Date.now() / 1_000) + HOUR);
  world.tenant.onRequest = () => ({ status: 429, body: {}, headers: { 'x-ratelimit-reset': resetAt } });
  await world.poll();
  delete world.tenant.onRequest;
}

/** Lets everything fail until the endpoint is paused; then a probe succeeds. */
async function pausedAndResumed(world: World): Promise<void> {
  world.receiver.respond = () => ({ status: 503 });
  for (let user = 10; user < 22; user++) userCreated(world, `auth0|${user}`);
  await pollAndDeliver(world);
  delete world.receiver.respond;
  userCreated(world, 'auth0|probe');
  await pollAndDeliver(world);
}

function queueMetric(dimensions: Readonly<Record<string, string>>) {
  return { namespace: 'AWS/SQS', name: 'NumberOfMessagesSent', dimensions };
}
