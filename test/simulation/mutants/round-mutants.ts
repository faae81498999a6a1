import type { Mutant } from './mutant.ts';

const QUICKLY = 'lambdas/shared/queue/enqueue-quickly.ts';
const QUEUE = 'lambdas/shared/queue/event-queue.ts';
const SEND = 'lambdas/poller/send-batch.ts';
const UPDATES = 'lambdas/shared/ledger/updates.ts';
const BATCHES = 'lambdas/shared/ledger/batches.ts';
const TRACKING = 'lambdas/deliverer/tracking.ts';
const TURN = 'lambdas/deliverer/out-of-turn.ts';
const IN_ORDER = 'lambdas/deliverer/deliver-in-order.ts';

/** Guards of a batch that is sent anew. */
export const ROUND_MUTANTS: readonly Mutant[] = [
  {
    guard: 'rounds: an event that was overtaken in its call is noticed',
    edits: [
      [QUICKLY, 'else if (waiting.has(entry.group)) return true;', 'else if (waiting.size < 0) return true;'],
    ],
  },
  {
    guard: 'rounds: a call whose answer was lost is not made again as it was',
    edits: [[QUICKLY, 'catch((error: unknown) => unlessTaken(error, left))', 'catch(() => left)']],
  },
  {
    guard: 'rounds: a group that does not fit into a call waits for the next one',
    edits: [
      [QUICKLY, 'const own = callOf.get(entry.group);', 'const own = undefined;'],
      [QUICKLY, 'if (full.has(entry.group)) later.push(entry);\n    else if', 'if'],
      [QUICKLY, '} else if (own) {', '} else if (full.size < 0) {'],
    ],
  },
  {
    guard: 'rounds: a message says which one is before it',
    edits: [[QUEUE, 'return after === undefined ? message : { ...message, after };', 'return message;']],
  },
  {
    guard: 'rounds: an event waits for the one before it',
    edits: [[TRACKING, 'return batch.pending.has(after) && batch', 'return batch.pending.size < 0 && batch']],
  },
  {
    guard: 'rounds: what is behind a waiting record waits, too',
    edits: [
      [
        TURN,
        'const fate = fateOf.get(group);',
        'const fate = tracking.mayBeOutOfTurn(record) && !isNext ? fateOf.get(group) : undefined;',
      ],
    ],
  },
  {
    guard: 'rounds: a new round has deduplication ids of its own',
    edits: [[QUEUE, ' ${ordinal} ${round}`', ' ${ordinal}`']],
  },
  {
    guard: 'rounds: a message of an earlier round does not count',
    edits: [[TRACKING, 'round < batch.sentRound && ', 'round < 0 && ']],
  },
  {
    guard: 'rounds: a message of an earlier round counts until the new one is in the queue',
    edits: [[TRACKING, 'round < batch.sentRound && ', 'round < batch.round && ']],
  },
  {
    guard: 'rounds: what is not sent anew keeps its message',
    edits: [[TRACKING, '&& !batch.kept.has(ordinal);', '&& batch.kept.size >= 0;']],
  },
  {
    guard: 'rounds: a mark holds only for the round that was sent',
    edits: [[UPDATES, " AND attribute_not_exists(#round)`, {}, ['round']", '`']],
  },
  {
    guard: 'rounds: a poll whose round was overtaken stops',
    edits: [[BATCHES, 'return (await readBatch(id)) === undefined;', 'return true;']],
  },
  {
    guard: 'rounds: a new round begins only before the batch is marked',
    edits: [
      [
        UPDATES,
        "`${Condition.exists} AND #enqueued = :no`, { ':no': BOOL(false) }, ['enqueued']",
        'Condition.exists',
      ],
    ],
  },
  {
    guard: 'rounds: the new round is sent one of a resource at a time',
    edits: [[SEND, 'await queue.send(\n', 'await queue.sendQuickly(\n']],
  },
  {
    guard: 'rounds: an event that a superseded message names is still attempted',
    edits: [
      [IN_ORDER, 'if (!context.tracking.isDone(record)) seen.set(place, fate);', 'seen.set(place, fate);'],
    ],
  },
];
