import { type World, smallWorld as world } from './world.ts';

/**
 * Users with message groups of their own, so that only the lease keeps the two invocations apart.
 */
const LEASED: Partial<World> = { page: 4, records: 2, reserved: 1, lease: true };

/** Small worlds of what operators do, and of the lease. */
export const OPERATED_WORLDS: readonly World[] = [
  world('leased', 'abcd', 'poll deliver deliver almost-timeout deliver minute deliver visibility', LEASED),
  world('leased-outage', 'abcd', 'hang poll deliver deliver up minute minute deliver deliver', LEASED),
  world('sent-again', 'aab', 'poll deliver resend-1 resend-1 deliver append resend-2 deliver', {
    initial: 2,
  }),
  world('range-again', 'aabA', 'poll resend-range deliver dedup narrow resend-range poll deliver', {
    page: 2,
  }),
  world('again-while-down', 'ab', 'down poll resend-1 deliver days deliver redrive up deliver resend-2'),
  world('again-elsewhere', 'ab', 'poll deliver other-tenant resend-1 resend-range own-tenant deliver'),
  world('tested', 'ab', 'poll test-event test-event deliver minute deliver', { refusesTest: true }),
  world('tested-while-down', 'a', 'down test-event poll deliver days deliver test-event up redrive deliver'),
  world('redrive-cut', 'aabc', 'down poll deliver days deliver up redrive-cut redrive visibility deliver'),
  // A redrive of one or both during a quiet. SQS does not count what it moved yet.
  world(
    'redriven-in-part',
    'ab',
    'down poll deliver days deliver poll poll dedup poll redrive-cut deliver stale-counts poll up redrive deliver',
  ),
  world(
    'rebound',
    'aab',
    'poll deliver rebind-other poll other-tenant poll deliver rebind-own own-tenant poll deliver',
    { initial: 2 },
  ),
  world('rebound-early', 'aab', 'poll rebind-other other-tenant poll deliver rebind-other poll deliver'),
  world(
    'rebound-by-force',
    'aab',
    'down poll deliver force-other other-tenant poll up deliver visibility deliver',
  ),
  world(
    'rebound-dead',
    'ab',
    'down poll deliver days deliver rebind-other force-other other-tenant poll up redrive deliver',
  ),
  world(
    'rebound-latest',
    'ab',
    'poll deliver rebind-other other-tenant poll append-one rebind-other poll deliver rebind-own own-tenant poll',
    { latestAfterLoss: true },
  ),
  world(
    'rewound-elsewhere',
    'ab',
    'poll deliver rewind-1 undo-rewind rebind-other other-tenant poll deliver',
  ),
];
