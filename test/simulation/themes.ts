import type { Act } from './world.ts';

function acts(text: string): readonly Act[] {
  return text.split(' ') as Act[];
}

/**
 * Courses of events that chance alone hardly ever brings together: seven in ten random worlds have
 * one of them somewhere in their script.
 */
export const THEMES: readonly (readonly Act[])[] = [
  acts('down poll deliver deliver days deliver deliver up redrive deliver'),
  acts('down poll deliver deliver days deliver deliver redrive deliver visibility deliver up redrive'),
  acts('down poll deliver deliver days deliver deliver dismiss up deliver'),
  acts('down poll deliver days deliver deliver dismiss redrive up'),
  acts('poll purge dedup poll minute minute poll dedup poll minute minute poll'),
  acts('up deliver deliver purge dedup poll minute minute poll dedup poll append poll'),
  acts('poll deliver rewind-1 poll deliver'),
  acts('poll deliver rewind-3 undo-rewind poll deliver undo-rewind'),
  acts('poll lose-table poll deliver visibility deliver'),
  acts('poll pause-deliveries deliver minute deliver resume-deliveries deliver'),
  acts('pause-polls poll append poll resume-polls poll'),
  acts('up poll purge day poll minute minute poll dedup poll minute minute poll dismiss-unreadable'),
  acts(
    'up poll deliver deliver purge day poll minute minute poll dedup poll minute minute poll dismiss-unreadable',
  ),
  acts(
    'append wide down poll deliver deliver deliver visibility deliver deliver deliver visibility deliver deliver up',
  ),
  acts(
    'append wide down poll deliver deliver deliver deliver visibility deliver deliver deliver deliver visibility',
  ),
  acts('append down poll deliver deliver deliver days deliver deliver deliver dismiss deliver'),
  acts('poll other-tenant poll append poll deliver own-tenant poll deliver'),
  acts('poll append-future poll append poll hour poll deliver'),
  acts('down poll deliver group-all append poll up deliver poll deliver'),
  acts('group-all poll down deliver group-each append poll up deliver poll'),
  acts('poll keep-table append poll deliver restore-table deliver poll'),
  acts('poll day poll dismiss-unreadable deliver purge poll minute minute poll dedup poll'),
];
