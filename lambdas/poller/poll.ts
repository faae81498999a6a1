import type { Batch, State } from '../shared/ledger/items.ts';
import type { EventCounts } from '../shared/queue/event-queue.ts';
import { type Count, NOTHING_COUNTED, plus } from './poll-counts.ts';
import type { PollDeps } from './poll-deps.ts';
import { endOf, isCaughtUp, type PollEnd } from './poll-end.ts';
import { type PollReport, PROGRESS_UNKNOWN, type Progress, readProgress, textOf } from './poll-report.ts';
import { readPages } from './read-pages.ts';
import { inTime } from './reading/in-time.ts';
import { LogReadError } from './reading/log-read-error.ts';
import { openState } from './reading/open-state.ts';
import { pauseBeforePoll } from './reading/request-pause.ts';
import { BEGINNING } from './reading/start-position.ts';
import { changeGrouping, isSame } from './repair/change-grouping.ts';
import { finishLastBatch } from './repair/finish-last-batch.ts';
import { firstOpenBatch } from './repair/first-open-batch.ts';
import { takeQuiet } from './repair/quiet.ts';
import { reconcile } from './repair/reconcile.ts';
import { removeAbandoned } from './repair/remove-abandoned.ts';

const NOTHING_QUEUED: EventCounts = { waiting: 0, deadLettered: 0 };

/**
 * One poll. It finishes what an earlier one left. Then it reads page after page; for those that
 * hold events it writes a batch, claims it by moving the cursor, sends its events, and only then
 * marks it enqueued. A crash between any two of these is finished by the next poll. It does not
 * throw: a failure is an end like the others.
 */
export async function poll(deps: PollDeps): Promise<PollReport> {
  let counts = NOTHING_COUNTED;
  const count: Count = (more) => {
    counts = plus(counts, more);
  };
  let found: Found = {};
  const began = (what: Found) => {
    found = what;
  };
  const startedAt = deps.now();
  const log = inTime(deps.log, deps.pageTimeMs);
  const end = await readLog({ ...deps, log }, count, began).catch(endOf);
  try {
    return {
      ...counts,
      ...found,
      ...end,
      ...(await conclude(deps, end, { at: startedAt, hasBegun: found.from !== undefined })),
    };
  } catch (failure) {
    return {
      ...counts,
      ...found,
      ...PROGRESS_UNKNOWN,
      ...end,
      stoppedBy: 'failed',
      failure: end.failure ?? failure,
    };
  }
}

/** What a poll found as it began to read. */
type Found = Pick<PollReport, 'from' | 'wasOpen'>;

async function readLog(deps: PollDeps, count: Count, began: (found: Found) => void): Promise<PollEnd> {
  const tooEarly = await pauseBeforePoll(deps);
  if (tooEarly) return tooEarly;
  const opened = await openState(deps);
  if (opened === 'empty') return { stoppedBy: 'caught-up', provenEnd: BEGINNING };
  if (opened === 'overtaken') return { stoppedBy: 'overtaken' };
  const open = await firstOpenBatch(opened.state, deps.ledger);
  const state = await repair(opened.state, open, deps, count);
  if (!state) return { stoppedBy: 'overtaken' };
  began({ from: state.cursor, wasOpen: open !== undefined });
  return await readPages({ ...opened, state }, deps, count);
}

/**
 * Puts right what earlier polls left.
 * @returns undefined when another poll has taken over
 */
async function repair(
  state: State,
  open: Batch | undefined,
  deps: PollDeps,
  count: Count,
): Promise<State | undefined> {
  const finished = await finishLastBatch(state, deps);
  if (!finished) return undefined;
  count(finished.counts);
  const quiet = await takeQuiet(deps.ledger);
  const queued = open || mustLookAround(state, deps) ? await deps.queue.counts() : NOTHING_QUEUED;
  const grouped = await changeGrouping(state, open, queued, deps);
  if (!grouped) return undefined;
  // SQS's counts do not have yet what was sent just now.
  const reconciled = await reconcile(grouped, finished.sent > 0 ? undefined : open, queued, quiet, deps);
  count(reconciled.counts);
  return reconciled.state && (await removeAbandoned(reconciled.state, queued, deps));
}

function mustLookAround({ grouping, abandoned }: State, deps: PollDeps): boolean {
  return abandoned !== undefined || grouping === undefined || !isSame(grouping, deps.grouping);
}

/**
 * Reads where things stand, and writes the checkpoint unless the poll failed. Only a poll that
 * began to read has looked for a restored table, so no other leaves a sign of polls.
 */
async function conclude(
  { ledger, grouping, now, mayStartPage }: PollDeps,
  end: PollEnd,
  { at, hasBegun }: { readonly at: number; readonly hasBegun: boolean },
): Promise<Progress> {
  const isFailed = end.stoppedBy === 'failed';
  // A failure of Auth0 says nothing about the ledger. Any other may be the ledger's own, and asking
  // it again takes time.
  if (isFailed && !(end.failure instanceof LogReadError) && !mayStartPage()) return PROGRESS_UNKNOWN;
  const progress = await readProgress(ledger, now(), isCaughtUp(end));
  if (!isFailed && progress.checkpoint !== '')
    await ledger.writeCheckpoint(progress.checkpoint, now(), {
      at,
      seq: hasBegun ? progress.seq : undefined,
      end: end.provenEnd === progress.cursor ? progress.cursor : undefined,
    });
  const wanted = textOf(grouping);
  return progress.grouping === wanted ? progress : { ...progress, groupingWanted: wanted };
}
