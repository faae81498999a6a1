import type { PollDeps } from '../../lambdas/poller/poll-deps.ts';
import type { PollReport } from '../../lambdas/poller/poll-report.ts';
import type { LogPage } from '../../lambdas/poller/reading/log-page.ts';
import { futureIds } from '../../lambdas/poller/reading/page-part.ts';

export interface Telling {
  /** The poll's own dependencies, watched. */
  readonly deps: PollDeps;
  /** Names what the poll should have logged and did not; undefined when nothing is missing. */
  missing(report: PollReport): string | undefined;
}

/**
 * Watches that a poll logs what waits for an operator: events that were given up, and ids from the
 * future.
 */
export function watchTelling(deps: PollDeps): Telling {
  const told = new Set<unknown>();
  const givenUp = new Set<string>();
  let lastPage: LogPage | undefined;

  function missing({ stoppedBy, unreadable }: PollReport): string | undefined {
    const silent = [...givenUp].find((batch) => !told.has(batch));
    if (silent !== undefined || (givenUp.size > 0 && unreadable === 0))
      return `events of ${silent ?? 'a batch'} are given up, and nobody is told`;
    const isAhead = stoppedBy === 'caught-up' && lastPage && futureIds(lastPage).length > 0;
    return isAhead && !told.has('entries.future') ? 'an id from the future is told to nobody' : undefined;
  }

  return {
    missing,
    deps: {
      ...deps,
      tell(level, event, fields, embedded) {
        told.add(event);
        if (level === 'error' || fields?.unreadable) told.add(fields?.batch);
        deps.tell(level, event, fields, embedded);
      },
      ledger: {
        ...deps.ledger,
        async markEnqueued(batch, unreadable = new Set()) {
          const isMarked = await deps.ledger.markEnqueued(batch, unreadable);
          if (isMarked && unreadable.size > 0) givenUp.add(batch.id);
          return isMarked;
        },
      },
      log: {
        ...deps.log,
        async page(...args) {
          lastPage = await deps.log.page(...args);
          return lastPage;
        },
      },
    },
  };
}
