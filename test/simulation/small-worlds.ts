import { CHANGING_WORLDS } from './changing-worlds.ts';
import { OPERATED_WORLDS } from './operated-worlds.ts';
import { type World, smallWorld as world } from './world.ts';

/** Worlds that are small enough to try every pair of deviations. */
export const SMALL_WORLDS: readonly World[] = [
  world('plain', 'aab', 'poll deliver dedup poll deliver visibility deliver', { page: 2 }),
  world('several-pages', 'a.b.aA', 'poll narrow poll deliver dedup poll visibility deliver', {
    page: 2,
    batchPages: 2,
  }),
  world('overlap', 'aab', 'poll poll deliver dedup visibility deliver poll', { page: 2 }),
  world('one-resource', 'aaaa', 'poll deliver poll dedup visibility deliver poll deliver', { page: 2 }),
  // One invocation polls three times, and another one overlaps with it.
  world('poll-again', 'aab', 'poll append poll deliver minute poll deliver', {
    initial: 1,
    page: 2,
    pollEverySeconds: 20,
  }),
  world('no-match', 'a.b', 'poll append poll deliver minute poll', { page: 1, initial: 2 }),
  world('narrowed', 'aAb', 'poll narrow poll deliver dedup visibility poll deliver'),
  world('widened', 'Aab', 'poll deliver wide poll deliver dedup poll deliver', {
    narrowFirst: true,
    page: 2,
  }),
  world('total-order', 'abc', 'poll deliver dedup poll visibility deliver', {
    page: 2,
    totalOrder: true,
    reserved: 1,
  }),
  world('side-by-side', 'abcd', 'poll deliver visibility deliver', { page: 4, sideBySide: 2 }),
  world('outage', 'aab', 'down poll deliver minute deliver up visibility deliver', { page: 2 }),
  world('hanging', 'aaaabcdef', 'hang poll deliver visibility deliver up', { page: 10 }),
  world('poison', 'aab', 'poll deliver minute deliver poll', { poison: 1 }),
  world(
    'dead-letter',
    'aab',
    'down poll deliver days deliver up redrive deliver redrive visibility deliver',
    {},
  ),
  world('dead-again', 'a', 'down poll deliver days deliver redrive deliver up redrive deliver', {}),
  world('table-pages', 'abcd', 'poll deliver poll visibility deliver', { page: 1, tablePage: 1, records: 2 }),
  world('rewind-soon', 'ab', 'poll deliver rewind-1 poll deliver'),
  world(
    'rewind-undone',
    'abab',
    'poll deliver rewind-1 undo-rewind poll deliver rewind-3 poll undo-rewind deliver',
    {
      page: 2,
    },
  ),
  world(
    'undone-too-late',
    'a.',
    'poll rewind-1 poll purge dedup poll minute minute poll dedup poll undo-rewind deliver',
  ),
  world(
    'paused',
    'aab',
    'pause-polls poll resume-polls poll pause-deliveries deliver poll deliver resume-deliveries hour deliver',
  ),
  world(
    'paused-long',
    'ab',
    'poll pause-deliveries deliver almost-fortnight deliver redrive resume-deliveries deliver',
  ),
  world('together', 'aabc', 'poll deliver visibility deliver', { page: 4, sendAsBatch: true, reserved: 1 }),
  world('together-poison', 'aabc', 'poll deliver minute deliver', {
    page: 4,
    sendAsBatch: true,
    reserved: 1,
    poison: 1,
  }),
  world('too-old', 'ab', 'down poll almost-fortnight deliver up redrive deliver'),
  world('dismiss', 'aab', 'down poll deliver days deliver up dismiss visibility deliver dismiss', {}),
  world('backstop', 'ab', 'down poll deliver visibility deliver visibility deliver redrive deliver', {
    maxReceiveCount: 2,
  }),
  world('rewind', 'abab', 'poll deliver rewind-1 poll visibility deliver poll', { page: 2 }),
  world('purge', 'aab', 'poll purge dedup poll minute minute poll dedup poll deliver', { page: 2 }),
  world('purged-again', 'aab', 'poll purge append poll purge dedup poll minute minute poll dedup poll', {
    initial: 2,
    page: 2,
  }),
  world('read-again', 'aab', 'poll deliver purge dedup poll minute minute poll dedup poll', {
    page: 1,
    records: 1,
  }),
  world('lost-table', 'aab', 'poll lose-table poll deliver visibility poll deliver', { page: 2 }),
  world('lost-table-latest', 'aab', 'poll lose-table deliver poll visibility deliver', {
    latestAfterLoss: true,
  }),
  world('lost-while-polling', 'a', 'poll lose-table poll deliver'),
  world('lost-while-delivering', 'aab', 'poll deliver lose-table poll deliver', { records: 1 }),
  world('retention', 'aab', 'poll day poll visibility deliver', { page: 2 }),
  world('late-entry', 'aab', 'poll append-late poll minute poll deliver', { initial: 1, settleSeconds: 5 }),
  world('while-delivering', 'ab', 'poll deliver append poll deliver', { initial: 1 }),
  world('empty-log', 'ab', 'poll poll append poll deliver', { initial: 0 }),
  world(
    'endpoint',
    'abcdefghijkl',
    'down poll deliver deliver minute deliver deliver days deliver up deliver minute deliver',
    {
      page: 12,
      records: 5,
    },
  ),
  world('two-probes', 'abcdefghij', 'down poll deliver deliver minute deliver deliver', {
    page: 10,
    records: 5,
  }),
  // A probe is claimed while another request hangs.
  world(
    'slow-claim',
    'abcdefghijkl',
    'down poll deliver deliver hang visibility deliver visibility deliver',
    {
      page: 12,
      records: 6,
      sideBySide: 2,
      reserved: 1,
    },
  ),
  // Nothing keeps count of these attempts. The poison event must not be the probe each time.
  world(
    'untracked-probes',
    'abcdefghijkl',
    'poll lose-table down poll deliver deliver minute deliver deliver',
    {
      page: 12,
      latestAfterLoss: true,
      poison: 1,
    },
  ),
  world('fortnight', 'ab', 'down poll fortnight up poll hour poll hour poll hour poll deliver'),
  ...CHANGING_WORLDS,
  ...OPERATED_WORLDS,
];
