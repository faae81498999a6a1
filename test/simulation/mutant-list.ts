// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source code
/** An exact text of a source and what replaces it. */
export type Edit = readonly [file: string, text: string, instead: string];

export interface Mutant {
  readonly guard: string;
  readonly edits: readonly Edit[];
}

const POLL = 'lambdas/poller/poll.ts';
const WRITER = 'lambdas/poller/batch-writer.ts';
const SWEEP = 'lambdas/poller/repair/sweep.ts';
const REPAIR = 'lambdas/poller/repair/finish-last-batch.ts';
const RECONCILE = 'lambdas/poller/repair/reconcile.ts';
const ENQUEUE = 'lambdas/shared/queue/enqueue.ts';
const OPERATIONS = 'lambdas/shared/operations';
const LEDGER = 'lambdas/shared/ledger/ledger.ts';
const UPDATES = 'lambdas/shared/ledger/updates.ts';
const TABLE = 'lambdas/shared/ledger/table.ts';
const IN_ORDER = 'lambdas/deliverer/deliver-in-order.ts';
const TRACKING = 'lambdas/deliverer/tracking.ts';
const GIVE_BACK = 'lambdas/deliverer/give-back.ts';
const FATES = 'lambdas/deliverer/record-fates.ts';

/** Every guard of the protocol (docs/protocol.md), taken away one at a time. */
export const MUTANTS: readonly Mutant[] = [
  {
    guard: 'a claim holds only while nobody has written the state',
    edits: [[UPDATES, "return change.on('#seq = :read', { ':read': N(readSeq) });", 'return change.on();']],
  },
  { guard: 'every claim counts up', edits: [[UPDATES, 'N(readSeq + 1)', 'N(readSeq)']] },
  {
    guard: "a new table's count begins at the time",
    edits: [
      [
        'lambdas/poller/reading/open-state.ts',
        'settings.startFrom, log), now())',
        'settings.startFrom, log))',
      ],
    ],
  },
  { guard: 'the batch id is random', edits: [[LEDGER, '#${random()}`', '#x`']] },
  {
    guard: 'a batch is put before it is claimed and sent after it',
    edits: [
      [
        WRITER,
        'const claimed = await ledger.claim(state, { cursor: to, last: { id: batch, from, to, ids } });',
        'await queue.send(toMessages([...events.entries()], { ledger: state.ledger, batch }, settings.body).messages);\n  const claimed = await ledger.claim(state, { cursor: to, last: { id: batch, from, to, ids } });',
      ],
    ],
  },
  {
    guard: 'a poll that was overtaken stops before it sends',
    edits: [[WRITER, 'if (!claimed) return undefined;', 'if (!claimed) return state;']],
  },
  {
    guard: 'a batch is marked only after all its events were sent',
    edits: [
      [
        WRITER,
        'await queue.send(messages);',
        'await ledger.markEnqueued(batch);\n  await queue.send(messages);',
      ],
    ],
  },
  {
    guard: 'an unfinished batch is finished first',
    edits: [[POLL, 'count(await finishLastBatch(state, deps));', '']],
  },
  {
    guard: 'an unfinished batch is sent in its own order',
    edits: [[REPAIR, '[...batch.pending].toSorted((a, b) => a - b)', '[...batch.pending]']],
  },
  {
    guard: 'an unfinished batch is finished with its own events, whatever the filter says now',
    edits: [
      [
        REPAIR,
        "const eventAt = (ordinal: number) => events.get(last.ids[ordinal] ?? '');",
        "const eventAt = (ordinal: number) => [...events.values()].filter((e) => settings.methods.length === 0 || !JSON.stringify(e).includes('delete'))[ordinal];",
      ],
    ],
  },
  {
    guard: 'what cannot be read again is marked unreadable',
    edits: [
      [REPAIR, 'await ledger.markEnqueued(batch.id, unreadable);', 'await ledger.markEnqueued(batch.id);'],
    ],
  },
  {
    guard: 'a batch that is newer than the state is not deleted',
    edits: [[SWEEP, ' && batch.seq <= state.seq;', ';']],
  },
  {
    guard: 'the newest claimed batch is not deleted',
    edits: [[SWEEP, 'batch.id !== state.last?.id && ', '']],
  },
  {
    guard: 'batches with nothing pending are deleted',
    edits: [[SWEEP, 'await ledger.removeIfDelivered(batch.id);', ';']],
  },
  {
    guard: 'batches that were never claimed are deleted',
    edits: [[SWEEP, 'if (neverClaimed) await', 'if (neverClaimed && batch.seq < 0) await']],
  },
  {
    guard: 'reconcile goes back to where the lost batches begin',
    edits: [[RECONCILE, 'const cursor = earlier(first.from, state.cursor);', 'const cursor = state.cursor;']],
  },
  {
    guard: 'reconcile waits for several quiet polls',
    edits: [[RECONCILE, 'if (polls < QUIET_POLLS || now() - since < QUIET_MS) {', 'if (polls < 1) {']],
  },
  {
    guard: 'reconcile asks both queues',
    edits: [[RECONCILE, 'waiting + deadLettered > 0', 'waiting > 0']],
  },
  {
    guard: 'reconcile deletes what it abandons',
    edits: [[RECONCILE, 'await ledger.removeBatch(id);', '']],
  },
  {
    guard: 'reconcile leaves alone what has no message',
    edits: [
      [
        RECONCILE,
        'return batch.enqueued && [...batch.pending].some((ordinal) => !batch.unreadable.has(ordinal));',
        'return batch.pending.size > 0;',
      ],
    ],
  },
  {
    guard: 'no call holds two events of a resource',
    edits: [[ENQUEUE, '(groups.has(entry.group) ? later : round).push(entry);', 'round.push(entry);']],
  },
  {
    guard: 'refused entries are sent again',
    edits: [[ENQUEUE, 'refused = await send(refused);', 'refused = [];']],
  },
  {
    guard: 'a call that failed fails the sending',
    edits: [[ENQUEUE, "if (end.status === 'rejected') throw end.reason;", ';']],
  },
  {
    guard: 'a batch that is read again has deduplication ids of its own',
    edits: [['lambdas/shared/queue/event-queue.ts', '${logId} ${batch} ${ordinal}', '${logId}']],
  },
  {
    guard: "a move is deduplicated by the moved message's own id",
    edits: [
      [
        'lambdas/shared/queue/queue.ts',
        'deduplicationId: messageId,',
        "deduplicationId: attributes.log_id ?? '',",
      ],
    ],
  },
  {
    guard: 'a record holds only for a batch that exists',
    edits: [[UPDATES, 'return change.on(Condition.exists);\n}', 'return change.on();\n}']],
  },
  {
    guard: 'a mark holds only for a batch that exists',
    edits: [[UPDATES, 'return change.on(Condition.exists); // else', 'return change.on(); // else']],
  },
  {
    guard: 'the checkpoint: the state before the batches',
    edits: [
      [
        LEDGER,
        'let state = await this.readState();',
        'const early = await table.first(BATCHES, () => true);\n      let state = await this.readState();',
      ],
      [
        LEDGER,
        'const first = await table.first(BATCHES, (item) => parseBatch(item).seq <= seq);',
        'const first = early && parseBatch(early).seq <= seq ? early : undefined;',
      ],
    ],
  },
  {
    guard: 'the checkpoint: only of a state that stayed the same',
    edits: [[LEDGER, 'if (isSame(state, again)) return', 'if (state) return']],
  },
  {
    guard: 'the checkpoint is held back by the first open batch',
    edits: [
      [
        LEDGER,
        'return firstOpen ? earlier(firstOpen.from, state.cursor) : state.cursor;',
        'return state.cursor;',
      ],
    ],
  },
  {
    guard: 'reads of single items are consistent',
    edits: [[TABLE, 'Key: key(sk), ConsistentRead: true', 'Key: key(sk)']],
  },
  { guard: 'reads of the batches are consistent', edits: [[TABLE, '          ConsistentRead: true,\n', '']] },
  {
    guard: 'a query is read to its end',
    edits: [[TABLE, 'ExclusiveStartKey = LastEvaluatedKey;', 'ExclusiveStartKey = undefined;']],
  },
  {
    guard: 'records of another ledger are delivered without bookkeeping',
    edits: [[TRACKING, '=> message.ledger === state?.ledger;', '=> message.ledger !== "";']],
  },
  {
    guard: 'the state is read after the batches (delivery)',
    edits: [
      [
        TRACKING,
        '  const batches = await readBatches(records, ledger);\n  const state = await ledger.readState();\n',
        '  const state = await ledger.readState();\n  const batches = await readBatches(records, ledger);\n',
      ],
    ],
  },
  {
    guard: 'what is not pending is not attempted',
    edits: [
      [
        TRACKING,
        'return isTracked(record) && !batches.get(batch)?.pending.has(ordinal);',
        'return isTracked(record) && batch === String(ordinal);',
      ],
    ],
  },
  {
    guard: 'the same event twice in one invocation is attempted once',
    edits: [
      [
        IN_ORDER,
        '(seen.get(place) ?? (await deliverOne(record, records - fates.size, delivery)))',
        'await deliverOne(record, records - fates.size, delivery)',
      ],
    ],
  },
  {
    guard: 'after a failure the rest of the resource waits',
    edits: [
      [
        IN_ORDER,
        'delaySeconds = returnDelayOf(fate);',
        "if (fate.kind === 'returned') delaySeconds = returnDelayOf(fate);",
      ],
    ],
  },
  {
    guard: 'followers get a visibility time too',
    edits: [
      [
        GIVE_BACK,
        'await queue.hide(changes)',
        "await queue.hide(changes.filter(({ record }) => fates.get(record)?.kind === 'failed'))",
      ],
    ],
  },
  {
    guard: 'no attempt starts that cannot end in time',
    edits: [
      ['lambdas/deliverer/endpoint/gate.ts', 'if (leftToStartMs() < 0)', 'if (leftToStartMs() < -1e9)'],
    ],
  },
  {
    guard: 'an event that could not be moved stays in the queue',
    edits: [
      [
        'lambdas/deliverer/after-attempt.ts',
        'error: errorName(error) });\n    return failed;',
        "error: errorName(error) });\n    return { kind: 'dead-lettered' };",
      ],
    ],
  },
  {
    guard: 'a dead-lettered event stays pending',
    edits: [
      [
        FATES,
        "delivered: ordinals('delivered'),",
        "delivered: ordinals('delivered').union(ordinals('dead-lettered')),",
      ],
    ],
  },
  {
    guard: 'what could not be recorded returns to the queue',
    edits: [[FATES, "if (fate.kind !== 'delivered') return [];", 'if (fate.kind) return [];']],
  },
  {
    guard: 'only what was delivered is recorded as delivered',
    edits: [
      [
        FATES,
        "delivered: ordinals('delivered'),",
        "delivered: ordinals('delivered').union(ordinals('failed')),",
      ],
    ],
  },
  {
    guard: 'not more attempts side by side than the share',
    edits: [
      [
        'lambdas/shared/lanes.ts',
        'Array.from({ length: sideBySide }, worker)',
        'Array.from({ length: lanes.length }, worker)',
      ],
    ],
  },
  {
    guard: 'young entries wait until they are settled',
    edits: [
      [
        'lambdas/poller/reading/page-part.ts',
        'const young = page.entries.findIndex((entry) => isYoung(entry, page.readAt, settleMs));',
        'const young = -1;',
      ],
    ],
  },
  {
    guard: 'redrive sends, then deletes',
    edits: [
      [
        `${OPERATIONS}/redrive.ts`,
        'await sendMessage(deps.queue,',
        'await deleteMessage(deps.deadLetterQueue, received.receiptHandle);\n      await sendMessage(deps.queue,',
      ],
    ],
  },
  {
    guard: 'dismiss writes the ledger, then deletes',
    edits: [
      [
        `${OPERATIONS}/dismiss.ts`,
        'await giveUp(own, deps.ledger);',
        'for (const { received } of own) await deleteMessage(deps.deadLetterQueue, received.receiptHandle);\n        await giveUp(own, deps.ledger);',
      ],
    ],
  },
  {
    guard: 'what is unreadable is not dismissed while messages wait',
    edits: [[`${OPERATIONS}/dismiss-unreadable.ts`, 'if (!isChecked) await refuseWhileWaiting(deps);', '']],
  },
  {
    guard: 'nothing is attempted while deliveries are paused',
    edits: [
      ['lambdas/deliverer/invocation.ts', 'if (paused) return await holdPaused(records, paused, deps);', ''],
    ],
  },
  {
    guard: 'what waits too long in a pause goes to the dead-letter queue',
    edits: [
      [
        'lambdas/deliverer/hold-paused.ts',
        'if (!isTooLongInQueue(record.sentAt, now())) return held;',
        'if (now() > 0) return held;',
      ],
    ],
  },
  {
    guard: 'a rewind is taken back only while nothing of it was read',
    edits: [
      [
        UPDATES,
        "change.setOrRemove('rewoundFrom', rewoundFrom === undefined ? undefined : S(rewoundFrom));",
        "if (rewoundFrom !== undefined) change.set('rewoundFrom', S(rewoundFrom));",
      ],
    ],
  },
];
