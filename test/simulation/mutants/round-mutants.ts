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
    edits: [[QUICKLY, "catch(() => 'lost' as const)", 'catch(() => left)']],
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
    edits: [[TRACKING, "? 'event-before' : undefined;", '? undefined : undefined;']],
  },
  {
    guard: 'rounds: what is behind a waiting record waits, too',
    edits: [
      [
        TURN,
        'const fate = fateOf.get(group);',
        'const fate = waitsFor && !isBehind ? fateOf.get(group) : undefined;',
      ],
    ],
  },
  {
    guard: 'rounds: a new round has deduplication ids of its own',
    edits: [[QUEUE, ' ${ordinal} ${round}`', ' ${ordinal}`']],
  },
  {
    guard: 'rounds: a message of an earlier round does not count',
    edits: [
      [
        TRACKING,
        'return round < batch.round && !batch.kept.has(ordinal);',
        'return round > batch.round && !batch.kept.has(ordinal);',
      ],
    ],
  },
  {
    guard: 'rounds: a message of an earlier round stays until the new one is in the queue',
    edits: [[TRACKING, '(batch.enqueued && isSuperseded(record, batch))', 'isSuperseded(record, batch)']],
  },
  {
    guard: 'rounds: what is not sent anew keeps its message',
    edits: [
      [
        TRACKING,
        'return round < batch.round && !batch.kept.has(ordinal);',
        'return round < batch.round && batch.kept.size >= 0;',
      ],
    ],
  },
  {
    guard: 'rounds: a mark holds only for the round that was sent',
    edits: [[UPDATES, '  return inRound(change, round);', '  return change.on(Condition.exists);']],
  },
  {
    guard: 'rounds: a poll whose round was overtaken stops',
    edits: [[BATCHES, 'return (await readBatch(id)) === undefined;', 'return true;']],
  },
  {
    guard: 'rounds: a new round begins only where nobody else has begun one',
    edits: [
      [
        UPDATES,
        "const isThisRound = round === 0 ? 'attribute_not_exists(#round)' : '#round = :read';",
        "const isThisRound = isOpen ? Condition.exists : round === 0 ? 'attribute_not_exists(#round)' : '#round = :read';",
      ],
    ],
  },
  {
    guard: 'rounds: a new round begins only before the batch is marked',
    edits: [[UPDATES, "...(isOpen ? ['#enqueued = :no'] : [])", '']],
  },
  {
    guard: 'rounds: the new round is sent one of a resource at a time',
    edits: [[SEND, 'await queue.send(\n', 'await queue.sendQuickly(\n']],
  },
  {
    guard: 'rounds: an event that a superseded message names is still attempted',
    edits: [[IN_ORDER, 'if (!isDone) seen.set(place, fate);', 'seen.set(place, fate);']],
  },
];
