/**
 * Measures how fast one poll reads a backlog, against what Auth0's bucket allows. The deployed
 * bundle runs on embedded services and a tenant with the real bucket. `--short`: one plan, ten
 * seconds.
 */
import { parseArgs } from 'node:util';
import { generatedSource } from '../local/stand-ins/tenant/log-source.ts';
import { startBenchPipeline } from './support/bench-pipeline.ts';
import { keep, keepSoFar } from './support/results.ts';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });

const PLANS = [
  ['Free', { burst: 2, perSecond: 2 }],
  ['Essentials, Professional', { burst: 10, perSecond: 100 / 60 }],
  ['Enterprise, not production', { burst: 10, perSecond: 2 }],
  ['Enterprise', { burst: 50, perSecond: 16 }],
] as const;
/** Seconds at the end of a poll in which no page begins. `seconds` is what is left for reading. */
const RESERVE = 10;
const SECONDS = values.short ? 10 : 45;
/** One log event in so many is an event. Logins are the most of every log. */
const MATCHING = 50;
const LATENCY_MS = 20;

const rows: (string | number)[][] = [];
const result = {
  name: 'reading-speed',
  title: 'Reading speed against the bucket',
  command: `npm run bench:reading${values.short ? ' -- --short' : ''}`,
  about: `Pages of 100 log events that one poll reads in ${SECONDS} s from a full bucket, against what the bucket allows when a fifth of it is left for others (four fifths of the burst, and all that comes back). ${LATENCY_MS} ms latency, one log event of ${MATCHING} matches. 429s are counted by the tenant.`,
  columns: [
    'plan',
    'bucket',
    'pages allowed',
    'pages read',
    'of allowed',
    '429s',
    'CPU ms a page',
    'CPU share',
    'RSS MB',
  ],
  rows,
};
for (const [plan, bucket] of values.short ? PLANS.slice(0, 1) : PLANS) {
  const pages = Math.floor(bucket.burst * 0.8 + bucket.perSecond * SECONDS);
  const bench = await startBenchPipeline({
    tenant: { rateLimit: bucket, latencyMs: LATENCY_MS, source: backlog(3 * 100 * pages) },
    auth0: { START_FROM: 'earliest' },
  });
  const took = await bench.poll({}, SECONDS + RESERVE);
  const polled = bench.lines.find(({ event }) => event === 'poll.completed');
  const read = Number(polled?.read ?? 0) / 100;
  const { rateLimited } = bench.tenant.requests();
  await bench.close();
  rows.push([
    plan,
    `${bucket.burst} + ${Math.round(bucket.perSecond * 100) / 100}/s`,
    pages,
    read,
    `${Math.round((100 * read) / pages)} %`,
    rateLimited,
    (took.cpuMs / Math.max(1, read)).toFixed(1),
    `${((100 * took.cpuMs) / took.ms).toFixed(1)} %`,
    Math.round(took.rssMb),
  ]);
  keepSoFar(result);
}
keep(result);

function backlog(length: number) {
  return generatedSource({
    length,
    from: Date.now() - 8 * 3_600_000,
    everyMs: (6 * 3_600_000) / length,
    entry: (index, date) => ({
      date,
      type: index % MATCHING === 0 ? 'sapi' : 's',
      description: 'x'.repeat(200),
      client_id: 'app',
      user_agent: 'Firefox 145.0.0 / Linux 0.0.0',
      user_id: `auth0|${index % 997}`,
      details: {
        request: {
          method: 'patch',
          path: `/api/v2/users/auth0|${index % 997}`,
          body: { nickname: 'y'.repeat(600) },
        },
        response: { statusCode: 200, body: { text: 'z'.repeat(900) } },
      },
    }),
  });
}
