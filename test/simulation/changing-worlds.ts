import { type World, smallWorld as world } from './world.ts';

/** Small worlds in which settings, deploys or Auth0's answers change or are false. */
export const CHANGING_WORLDS: readonly World[] = [
  world('other-tenant', 'aab', 'poll other-tenant poll append poll deliver own-tenant poll deliver', {
    initial: 1,
  }),
  world(
    'future-id',
    'a.bab',
    'poll append-future poll dedup dedup poll append poll deliver hour poll deliver',
    {
      initial: 1,
    },
  ),
  // The poll after the restore may die when it has claimed only the first of what waits.
  world(
    'restored-in-part',
    'aaaa',
    'poll keep-table append poll restore-table poll deliver dedup poll deliver',
    {
      initial: 1,
      page: 1,
    },
  ),
  // Nothing else comes while the newest entry is from the future.
  world('future-id-quiet', 'ab', 'poll deliver append-future poll', { initial: 1 }),
  world('group-all', 'aaab', 'down poll deliver group-all append poll up deliver visibility poll deliver', {
    initial: 1,
    reserved: 1,
  }),
  world(
    'group-each',
    'abab',
    'group-all down poll deliver group-each append poll up deliver visibility poll',
    {
      initial: 2,
      reserved: 1,
    },
  ),
  world('restored', 'aab', 'poll keep-table append poll day restore-table deliver poll visibility deliver', {
    initial: 1,
  }),
  // Each user is created and changed. Only the answer to the creation says whose it is.
  world('created', '1a2b1', 'poll deliver append poll deliver visibility deliver', { initial: 3 }),
  world('twins', 'a==b', 'poll deliver dedup poll deliver', { page: 4 }),
  // An empty answer hides two entries. Only the younger one is still kept later.
  world('hidden-gap', 'abc', 'poll append-one hour append-one poll almost-day poll append poll deliver', {
    initial: 1,
  }),
  world('kept-longer', 'ab', 'poll purge days poll minute minute poll dedup poll deliver', { keptDays: 8 }),
  world('kept-shorter', 'ab', 'poll purge days poll minute minute poll dedup poll dismiss-unreadable', {
    saidDays: 8,
  }),
  // Counts that lag now and then do not make a queue that stays empty.
  world(
    'counts-lag',
    'a',
    'down poll deliver stale-counts poll poll visibility deliver stale-counts poll poll visibility deliver stale-counts poll poll',
  ),
  // Polls make the restored table newer than some or all of the messages that it has not seen.
  world(
    'restored-read-on',
    'aaba',
    'poll keep-table append-one poll append-one poll restore-table poll append-one poll deliver visibility deliver',
    { initial: 1, page: 1, batchPages: 1 },
  ),
  // Auth0 no longer keeps the events of these messages.
  world(
    'restored-and-gone',
    'abab',
    'poll deliver keep-table append-one poll append-one poll days restore-table append-one poll poll deliver dedup poll deliver',
    { initial: 1, page: 1, batchPages: 1 },
  ),
  // A delivery completes what the restored table knows before any poll.
  world(
    'restored-delivered',
    'abab',
    'poll keep-table append-one poll days restore-table deliver append-one poll deliver dedup poll deliver',
    { initial: 1, page: 1, batchPages: 1, records: 1 },
  ),
  world(
    'restored-rewound',
    'abab',
    'poll deliver keep-table append-one poll days restore-table rewind-1 append-one poll deliver dedup poll deliver',
    { initial: 1, page: 1, batchPages: 1 },
  ),
];
