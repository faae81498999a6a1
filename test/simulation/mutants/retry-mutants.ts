import type { Mutant } from './mutant.ts';

/** Guards of retrying, and of what SQS counts and refuses. */
export const RETRY_MUTANTS: readonly Mutant[] = [
  {
    guard: 'a retry window begins with the first attempt',
    edits: [
      [
        'lambdas/deliverer/after-attempt.ts',
        'const firstAt = before ?? startedAt;',
        'const firstAt = before ? startedAt : startedAt;',
      ],
    ],
  },
  {
    guard: 'no event stays in the queue for more than twelve days',
    edits: [['lambdas/deliverer/retry-policy.ts', ' || isTooLongInQueue(sentAt, now);', ';']],
  },
  {
    guard: 'dead-lettering forgets the attempts',
    edits: [
      [
        'lambdas/shared/ledger/updates.ts',
        "for (const ordinal of deadLettered) change.remove('failures', ordinal);",
        '',
      ],
    ],
  },
  {
    guard: 'what could not be started gets a visibility time',
    edits: [
      [
        'lambdas/deliverer/invocation.ts',
        'if (!deliverDeps) return { returned: await returnAll(records, deps) };',
        'if (!deliverDeps) return { returned: records };',
      ],
    ],
  },
  {
    guard: 'a queue with hidden messages is not empty',
    edits: [
      [
        'lambdas/shared/queue/count.ts',
        'return visible + hidden + delayed;',
        'return hidden < 0 ? 0 : visible + delayed;',
      ],
    ],
  },
  {
    guard: 'entries that are refused again and again end the sending',
    edits: [
      [
        'lambdas/shared/queue/enqueue.ts',
        'if (tries === TRIES) throw new SendRefusedError(refused.length);',
        'if (tries === TRIES) return;',
      ],
    ],
  },
  {
    guard: 'a second refusal is looked at',
    edits: [
      [
        'lambdas/shared/queue/enqueue.ts',
        'refused.length > 0; tries++',
        'refused.length > 0 && tries < 2; tries++',
      ],
    ],
  },
  {
    guard: 'in company, no event of a resource is dropped for another',
    edits: [
      [
        'lambdas/deliverer/deliver-together.ts',
        '!open.has(placeOf(record))) open.set(placeOf(record), record);',
        '!open.has(record.group)) open.set(record.group, record);',
      ],
    ],
  },
  {
    guard: 'in company, what follows a failed event of its resource waits',
    edits: [['lambdas/deliverer/deliver-together.ts', 'return delaySeconds === undefined;', 'return true;']],
  },
  {
    guard: 'what could not be started comes back later each time',
    edits: [
      [
        'lambdas/deliverer/return-all.ts',
        'notStartedDelay(receiveCount, random)',
        'notStartedDelay(1, random)',
      ],
    ],
  },
  {
    guard: 'an invocation that could not start fails',
    edits: [['lambdas/deliverer/invocation.ts', ', fault: new DeliveryFaultError(NOT_STARTED) };', '};']],
  },
  {
    guard: 'what could not be recorded comes back later each time',
    edits: [
      [
        'lambdas/deliverer/record-fates.ts',
        'unrecordedDelay(record.receiveCount, random())',
        'unrecordedDelay(1, random())',
      ],
    ],
  },
  {
    guard: 'an invocation that could not record fails',
    edits: [
      [
        'lambdas/deliverer/invocation.ts',
        'fault: isRecorded ? undefined : new DeliveryFaultError(UNRECORDED)',
        'fault: isRecorded ? undefined : undefined',
      ],
    ],
  },
];
