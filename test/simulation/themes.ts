import type { Act, World } from './world.ts';

/** A course of events that chance alone hardly ever brings together. */
export interface Theme {
  readonly acts: readonly Act[];
  /** What the world must be like for the course to lead to anything. */
  readonly needs: Partial<World>;
}

/**
 * Makes a theme.
 * @param share how often it is drawn, compared with the others
 */
function theme(acts: string, needs: Partial<World> = {}, share = 1): readonly Theme[] {
  return Array.from({ length: share }, () => ({ acts: acts.split(' ') as Act[], needs }));
}

/** Users enough for a pause, and events after those that are there at the start. */
const MANY: Partial<World> = { log: 'abcdefghijklabcdefgh', initial: 14, page: 12, poison: 0 };
/** The first event is refused, and always the first that an invocation gets. */
const ONE_REFUSED: Partial<World> = { ...MANY, poison: 1, records: 10 };
const MORE_TO_COME: Partial<World> = { initial: 2 };
const ON_THE_FREE_PLAN: Partial<World> = { keptDays: 1, saidDays: 1 };

/** Users in message groups of their own: only the lease keeps the two invocations apart. */
const LEASED: Partial<World> = { lease: true, reserved: 1, sideBySide: 1, records: 2, totalOrder: false };
const LATE_RELEASE: Partial<World> = {
  ...LEASED,
  favourite: 'update delivering arrives-late',
  pausesAt: ['post'],
};
const SLOW_LEASE: Partial<World> = { ...LEASED, pausesAt: ['update delivering', 'post'] };
/** An invocation sleeps before it reads the lease, takes it, and dies with it. */
const LATE_LEASE: Partial<World> = {
  ...LEASED,
  log: 'abcdefghijklabcdefgh',
  initial: 2,
  page: 12,
  favourite: 'post crash-before',
  pausesAt: ['get delivering', 'post'],
};
/** A poll sleeps before it marks a batch, and another one sleeps while it sends that batch anew. */
const SLOW_MARK: Partial<World> = {
  ...MORE_TO_COME,
  page: 4,
  batchPages: 1,
  pausesAt: ['mark batch', 'send'],
};
const CUT: Partial<World> = { initial: 6, records: 10, keptDays: 8, favourite: 'move cut' };
/** A rebind is refused while anything is open, so nothing may fail. */
const REBOUND: Partial<World> = { initial: 3, poison: 0, records: 10, slowMs: 0, favourite: undefined };

/** Themes. Most random worlds have one of them somewhere in their script, some have two. */
export const THEMES: readonly Theme[] = [
  theme('append wide down poll deliver deliver days deliver deliver up redrive deliver', MORE_TO_COME, 4),
  theme('append wide down poll deliver days deliver deliver redrive deliver up deliver', MORE_TO_COME, 4),
  theme('down poll deliver deliver days deliver deliver redrive deliver visibility deliver up redrive'),
  theme('down poll deliver deliver days deliver deliver dismiss up deliver', {}, 7),
  theme('down poll deliver days deliver deliver dismiss redrive up', {}, 4),
  theme(
    'up deliver poll deliver append wide poll purge dedup poll minute minute poll dedup poll',
    MORE_TO_COME,
    3,
  ),
  theme('poll purge dedup poll minute minute poll dedup poll minute minute poll'),
  theme('up deliver deliver purge dedup poll minute minute poll dedup poll append poll'),
  theme('append wide up deliver deliver poll purge dedup poll minute minute poll dedup poll', {}, 7),
  theme(
    'append wide up poll deliver purge days poll minute minute poll dedup poll dismiss-unreadable',
    ON_THE_FREE_PLAN,
    4,
  ),
  theme('poll deliver rewind-1 poll deliver'),
  theme('poll deliver rewind-3 undo-rewind poll deliver undo-rewind', {}, 3),
  theme('up poll deliver poll rewind-1 undo-rewind poll'),
  theme('poll lose-table poll deliver visibility deliver'),
  theme('poll pause-deliveries deliver minute deliver resume-deliveries deliver', {}, 4),
  theme('append wide poll pause-deliveries deliver deliver hour deliver resume-deliveries deliver', {}, 2),
  theme('pause-polls poll append poll resume-polls poll', {}, 2),
  theme(
    'up poll purge day poll minute minute poll dedup poll minute minute poll dismiss-unreadable',
    ON_THE_FREE_PLAN,
    4,
  ),
  theme(
    'up poll deliver deliver purge day poll minute minute poll dedup poll minute minute poll dismiss-unreadable',
    ON_THE_FREE_PLAN,
    4,
  ),
  theme(
    'append wide down poll deliver deliver deliver visibility deliver deliver deliver visibility deliver deliver up',
    MANY,
  ),
  theme(
    'append wide down poll deliver deliver deliver deliver visibility deliver deliver deliver deliver visibility',
    ONE_REFUSED,
  ),
  theme('append down poll deliver deliver deliver days deliver deliver deliver dismiss deliver', {}, 2),
  theme('poll other-tenant poll append poll deliver own-tenant poll deliver', {}, 2),
  theme('poll append-future poll append poll hour poll deliver', MORE_TO_COME, 4),
  theme('poll append-future dedup dedup poll deliver hour poll append-one poll deliver', MORE_TO_COME, 2),
  theme('poll append-one poll deliver append-one poll append-one deliver poll deliver', MORE_TO_COME),
  theme('down poll deliver group-all append poll up deliver poll deliver', MORE_TO_COME),
  theme('group-all poll down deliver group-each append poll up deliver poll', MORE_TO_COME, 3),
  theme('poll keep-table append poll deliver restore-table deliver poll', MORE_TO_COME, 2),
  theme(
    'poll keep-table append-one poll append-one poll restore-table append-one poll deliver poll',
    MORE_TO_COME,
  ),
  theme('poll keep-table append-one poll day restore-table deliver append-one poll deliver', MORE_TO_COME),
  theme('poll keep-table append-one poll day restore-table rewind-1 append-one poll deliver', MORE_TO_COME),
  theme('poll day poll dismiss-unreadable deliver purge poll minute minute poll dedup poll', {}, 3),
  theme('up poll deliver append-one hour append-one poll almost-day poll append poll', MORE_TO_COME),
  theme('down poll deliver stale-counts poll poll visibility deliver stale-counts poll poll'),
  theme('poll deliver deliver deliver minute deliver visibility deliver deliver', LEASED, 5),
  theme('append wide poll deliver deliver almost-timeout deliver minute deliver deliver', LEASED, 4),
  theme('poll deliver minute minute deliver deliver deliver minute deliver deliver', LATE_RELEASE, 2),
  theme('poll deliver minute deliver deliver minute deliver minute deliver deliver', SLOW_LEASE, 2),
  theme(
    'append wide poll deliver minute poll poll minute deliver minute poll poll minute deliver minute deliver',
    LATE_LEASE,
    2,
  ),
  theme('append wide down poll poll deliver up', SLOW_MARK),
  theme('poll deliver resend-1 deliver append resend-2 poll resend-2 deliver', {}, 2),
  theme('append poll resend-range deliver poll deliver resend-range deliver', {}, 2),
  theme('test-event poll deliver test-event test-event deliver minute deliver', { refusesTest: true }, 2),
  theme('rewind-1 wide down poll deliver deliver days deliver deliver redrive-cut up redrive', CUT, 11),
  theme('append wide down poll deliver days deliver redrive-cut redrive deliver', CUT, 2),
  theme(
    'rewind-1 wide down poll deliver deliver days deliver deliver redrive-cut up redrive deliver',
    CUT,
    3,
  ),
  theme('poll deliver deliver rebind-other other-tenant poll deliver append-one poll deliver', REBOUND, 4),
  theme(
    'up poll deliver deliver rebind-other other-tenant poll deliver deliver rebind-own own-tenant poll',
    REBOUND,
    4,
  ),
  theme(
    'append wide down poll deliver force-other other-tenant poll up deliver force-own own-tenant poll deliver',
    {},
    5,
  ),
].flat();
