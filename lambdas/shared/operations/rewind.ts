import type { State } from '../ledger/items.ts';
import { skipTo } from '../ledger/skipped.ts';
import type { Claim } from '../ledger/updates.ts';
import { positionAt, prefixOf, timeOf } from '../log-position.ts';
import { OperationError } from './operation-error.ts';
import type { OperationsDeps } from './operations-deps.ts';
import { parseTime } from './times.ts';
import { refuseNewLedger, refuseOtherTenant } from './whose-log.ts';

export interface RewindArgs {
  /**
   * The position: a `log_id`, after which everything is read again; an ISO time; or how long ago,
   * such as `2h`.
   */
  readonly to: string;
  /** The tenant in whose log the position was chosen, by the settings; undefined for a time. */
  readonly tenant?: string | undefined;
  /** True to look only, and change nothing. */
  readonly dryRun?: boolean;
  /**
   * Counts the events between two positions that the filter lets through. Given if the caller can
   * read the log.
   */
  readonly count?: (after: string, until: string) => Promise<number>;
}

export interface Rewound {
  readonly from: string;
  readonly to: string;
  /** Events that would be sent again; undefined without `count`. */
  readonly events: number | undefined;
  readonly done: boolean;
}

/**
 * How often the write is tried. A poll writes the state every 100 ms at most; reading and writing
 * it takes some 20 ms.
 */
const TRIES = 10;

type Deps = Pick<OperationsDeps, 'ledger' | 'now'>;

/**
 * Moves the cursor back, so that the log is read again from there. What is pending is not touched.
 * What is read again comes in new batches, under the same webhook ids. A poll that runs meanwhile
 * ends. Throws an OperationError when the position is not one of this tenant, or not an older one.
 */
export async function rewind(deps: Deps, { to, tenant, dryRun, count }: RewindArgs): Promise<Rewound> {
  const { ledger, now } = deps;
  const first = await existingState(ledger);
  refuseOtherTenant(first, tenant);
  const position = positionOf(to, first.cursor, now());
  const isRepeated = position === first.cursor && first.rewoundFrom !== undefined;
  if (position >= first.cursor && !isRepeated) throw notOlder(to, first.cursor);
  const events = await count?.(position, first.rewoundFrom ?? first.cursor);
  if (dryRun === true) return { from: first.cursor, to: position, events, done: false };
  const from = await changeState(deps, (state) => {
    refuseNewLedger(first, state);
    if (position === state.cursor && state.rewoundFrom !== undefined) return state.rewoundFrom;
    if (position >= state.cursor) throw notOlder(to, state.cursor);
    return { cursor: position, last: state.last, rewoundFrom: state.rewoundFrom ?? state.cursor };
  });
  return { from, to: position, events, done: true };
}

/**
 * Undoes a rewind while nothing of it was read. Throws an OperationError once a poll has written
 * the state, as what it read is on its way.
 */
export async function undoRewind(deps: Pick<Deps, 'ledger'>): Promise<Rewound> {
  let to: string | undefined;
  const from = await changeState(deps, ({ cursor, last, rewoundFrom }) => {
    if (rewoundFrom === undefined && cursor === to) return cursor; // written by the try before, whose answer was lost
    if (rewoundFrom === undefined) {
      throw new OperationError(
        'refused',
        'there is no rewind to take back: none was made, or polls have read on since; what they read is sent again',
      );
    }
    to = rewoundFrom;
    return { cursor: rewoundFrom, last };
  });
  return { from, to: to ?? from, events: 0, done: true };
}

/**
 * Writes the state on condition that no poll has written it in between, and tries again when one
 * has. Its own write may have succeeded although the answer was lost; `change` finds that and
 * returns the former cursor in place of a claim.
 * @returns the former cursor
 */
async function changeState(
  { ledger }: Pick<Deps, 'ledger'>,
  change: (state: State) => Claim | string,
): Promise<string> {
  for (let tries = 0; tries < TRIES; tries++) {
    const state = await existingState(ledger);
    const claim = change(state);
    if (typeof claim === 'string') return claim;
    // The table may have been restored since the last poll, and a message may have this number.
    if (await ledger.claim(state, { ...claim, ...skipTo(state) })) return state.cursor;
  }
  throw new OperationError(
    'overtaken',
    'polls kept moving the cursor meanwhile; nothing was changed: try again',
  );
}

async function existingState(ledger: Deps['ledger']): Promise<State> {
  const state = await ledger.readState();
  if (state && state.cursor !== '') return state;
  throw new OperationError('unused', 'nothing was read yet, so there is nothing to read again');
}

function positionOf(text: string, cursor: string, now: number): string {
  const prefix = prefixOf(cursor);
  if (/^\d{40,}$/.test(text)) {
    if (text.length !== cursor.length || (timeOf(text) === undefined) !== (timeOf(cursor) === undefined))
      throw new OperationError(
        'argument',
        `"${text}" has another shape than this log's ids, such as ${cursor}`,
      );
    if (prefix !== prefixOf(text)) {
      throw new OperationError(
        'argument',
        `"${text}" is an id of another tenant: this one's begin with ${prefix}, such as ${cursor}`,
      );
    }
    return text;
  }
  const time = parseTime('the position', text, now);
  if (prefix === undefined)
    throw new OperationError('argument', "this tenant's ids tell no time: give a log_id as the position");
  return positionAt(time, prefix);
}

function notOlder(text: string, cursor: string): OperationError {
  const time = timeOf(cursor);
  const at = time === undefined ? '' : ` (${new Date(time).toISOString()})`;
  return new OperationError(
    'argument',
    `"${text}" is not before the cursor ${cursor}${at}: a rewind only ever goes back`,
  );
}
