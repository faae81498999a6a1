import type { Mutant } from './mutant.ts';

/** Guards against what a setting or a deploy changes. */
export const WORLD_MUTANTS: readonly Mutant[] = [
  {
    guard: "another tenant's log is not read",
    edits: [['lambdas/poller/reading/whose-log.ts', 'if (known === named) return;', 'if (known) return;']],
  },
  {
    guard: 'no poll binds the state to another tenant',
    edits: [
      [
        'lambdas/poller/reading/open-state.ts',
        'else checkTenant(known.tenant, tenant);',
        'else if (known.tenant !== tenant) return await ledger.claim(known, { tenant });\n  void checkTenant;',
      ],
    ],
  },
  {
    guard: 'an id from the future never becomes the cursor',
    edits: [
      [
        'lambdas/poller/reading/page-part.ts',
        'return isFuture(id, readAt) || (settleMs > 0',
        'return (settleMs > 0',
      ],
    ],
  },
  {
    guard: 'the grouping changes only when nothing waits',
    edits: [
      [
        'lambdas/poller/repair/change-grouping.ts',
        'const isIdle = !open && queued.waiting === 0;',
        'const isIdle = Boolean(open) || queued.waiting >= 0;',
      ],
    ],
  },
  {
    guard: 'a batch is sent in the grouping of the state',
    edits: [
      [
        'lambdas/poller/batch-writer.ts',
        'const { order, version } = state.grouping ?? wanted;',
        'const { order, version } = wanted;',
      ],
    ],
  },
  {
    guard: 'the end of the log is confirmed by a search',
    edits: [
      [
        'lambdas/poller/reading/log-end.ts',
        "if (readAt - known < CONFIRM_EVERY_MS) return 'likely';",
        "if (known < readAt) return 'proven';",
      ],
    ],
  },
  {
    guard: 'the end of the log: a search that shows more is believed',
    edits: [['lambdas/poller/reading/log-end.ts', "if (isAfter(newest, cursor)) return 'more';", '']],
  },
  {
    guard: 'an id from the future is told',
    edits: [
      ['lambdas/poller/read-pages.ts', 'if (page && end) count({ gaps: await tellFuture(page, deps) });', ''],
    ],
  },
  {
    guard: 'an id from the future is not the newest entry',
    edits: [
      [
        'lambdas/poller/reading/positions.ts',
        'isPosition(id) && !isFuture(id, readAt)',
        'isPosition(id) && readAt > 0',
      ],
    ],
  },
  {
    guard: 'the oldest entry says what Auth0 keeps, not the setting',
    edits: [
      [
        'lambdas/poller/repair/is-gone.ts',
        'return age > SHORTEST_RETENTION_MS && isAfter(oldest.position, position);',
        'return age > retentionDays * DAY_MS;',
      ],
    ],
  },
  {
    guard: 'a log that shows no oldest entry is asked again',
    edits: [
      [
        'lambdas/poller/reading/positions.ts',
        "if (page.entries.length === 0 && (await log.search('newest')).entries.length > 0) {",
        'if (page.entries.length < 0) {',
      ],
    ],
  },
  {
    guard: 'a gap in the hour after the retention is told',
    edits: [
      [
        'lambdas/poller/reading/gap.ts',
        'caughtUpAt === undefined && !isRewound && isMadeUp(cursor)',
        'caughtUpAt === undefined || isMadeUp(cursor)',
      ],
    ],
  },
];
