import { type Count, NOTHING_COUNTED, plus } from './poll-counts.ts';
import type { PollDeps } from './poll-deps.ts';
import { endOf, isCaughtUp, type PollEnd } from './poll-end.ts';
import { type PollReport, PROGRESS_UNKNOWN, type Progress, readProgress } from './poll-report.ts';
import { readPages } from './read-pages.ts';
import { LogReadError } from './reading/log-read-error.ts';
import { openState } from './reading/open-state.ts';
import { pauseBeforePoll } from './reading/request-pause.ts';
import { finishLastBatch } from './repair/finish-last-batch.ts';
import { reconcile } from './repair/reconcile.ts';
import { sweep } from './repair/sweep.ts';

/**
 * One poll. It finishes what an earlier one left. Then it reads page after page; for those that hold events it writes a
 * batch, claims it by moving the cursor, sends its events, and only then marks it enqueued. A crash between any two of
 * these is finished by the next poll. It does not throw: a failure is an end like the others.
 */
export async function poll(deps: PollDeps): Promise<PollReport> {
  let counts = NOTHING_COUNTED;
  const count: Count = (more) => {
    counts = plus(counts, more);
  };
  const end = await readLog(deps, count).catch(endOf);
  try {
    return { ...counts, ...end, ...(await conclude(deps, end)) };
  } catch (failure) {
    return { ...counts, ...PROGRESS_UNKNOWN, ...end, stoppedBy: 'failed', failure: end.failure ?? failure };
  }
}

async function readLog(deps: PollDeps, count: Count): Promise<PollEnd> {
  const tooEarly = await pauseBeforePoll(deps);
  if (tooEarly) return tooEarly;
  const state = await openState(deps);
  if (state === 'empty') return { stoppedBy: 'caught-up' };
  if (state === 'overtaken') return { stoppedBy: 'overtaken' };
  const batches = await sweep(state, deps.ledger);
  count(await finishLastBatch(state, deps));
  const reconciled = await reconcile(state, batches, deps);
  count(reconciled.counts);
  return reconciled.state ? await readPages(reconciled.state, deps, count) : { stoppedBy: 'overtaken' };
}

/** Reads where things stand, and writes the checkpoint unless the poll failed. */
async function conclude({ ledger, now, mayStartPage }: PollDeps, end: PollEnd): Promise<Progress> {
  const isFailed = end.stoppedBy === 'failed';
  // Auth0's failure leaves the ledger well. Any other may be the ledger's own, and asking it again takes time.
  if (isFailed && !(end.failure instanceof LogReadError) && !mayStartPage()) return PROGRESS_UNKNOWN;
  const progress = await readProgress(ledger, now(), isCaughtUp(end));
  if (!isFailed && progress.checkpoint !== '')
    await ledger.writeCheckpoint(progress.checkpoint, now(), isCaughtUp(end) ? progress.cursor : undefined);
  return progress;
}
