import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Item, N, NS, S } from '../../../lambdas/shared/ledger/attribute-values.ts';
import { Condition } from '../../../lambdas/shared/ledger/change.ts';
import { changes } from '../../../lambdas/shared/ledger/changes.ts';
import { createTable, type Table } from '../../../lambdas/shared/ledger/table.ts';
import { dynaliteWith } from '../../support/dynalite.ts';
import { STATE_TABLE } from '../../support/state-table-definition.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { TableName, tableIn } from './support/table-in.ts';

const RUNS = 150;
/** Sort keys of the ledger's kinds, some of which begin alike. */
const SORT_KEYS = [
  'batch#1',
  'batch#10',
  'batch#2',
  'checkpoint',
  'delivering',
  'endpoint#a',
  'state',
  'é',
  '😀',
];
const CONDITIONS = [
  undefined,
  Condition.exists,
  Condition.absent,
  '#seq = :read',
  'attribute_not_exists(#pending) AND attribute_exists(pk)',
];

const sk = fc.constantFrom(...SORT_KEYS);
const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1 });
const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  fc.string({ unit: 'grapheme' }).map(S),
  fc.integer().map(N),
  numbers.map(NS),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.array(fc.string().map(S)).map((L) => ({ L })),
);
const item = fc.record(
  {
    seq: fc.integer({ min: 0, max: 2 }).map(N),
    pending: numbers.map(NS),
    failures: fc.constant({ M: {} }),
    note: value,
  },
  { requiredKeys: [] },
);

/** A change in the ledger's language. */
const change = fc
  .record({
    set: fc.option(value),
    entry: fc.option(fc.tuple(fc.nat(3), value)),
    removed: fc.option(fc.nat(3)),
    added: fc.option(numbers),
    taken: fc.option(numbers),
    condition: fc.constantFrom(...CONDITIONS),
    read: fc.nat(2),
  })
  .filter(({ set, entry, removed, added, taken }) =>
    [set, entry, removed, added, taken].some((each) => each !== null),
  )
  .map(({ set, entry, removed, added, taken, condition, read }) => {
    const made = changes();
    if (set) made.set('note', set);
    if (entry) made.set('failures', entry[1], entry[0]);
    if (removed !== null && removed !== entry?.[0]) made.remove('failures', removed);
    if (added) made.add('deadLettered', NS(added));
    if (taken) made.delete('pending', NS(taken));
    const named = (name: string) => (condition?.includes(`#${name}`) ? [name] : []);
    const values: Item = condition?.includes(':read') ? { ':read': N(read) } : {};
    return made.on(condition, values, [...named('seq'), ...named('pending')]);
  })
  .filter(({ update }) => update !== '');

type Act = (table: Table, client: DynamoDBClient) => Promise<unknown>;

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(sk, item).map(
    ([key, of]): Act =>
      (table) =>
        table.insert(key, of),
  ),
  fc.tuple(sk, item).map(
    ([key, of]): Act =>
      (table) =>
        table.replace(key, of),
  ),
  fc.tuple(sk, change).map(
    ([key, of]): Act =>
      (table) =>
        table.update(key, of),
  ),
  sk.map(
    (key): Act =>
      (table) =>
        table.remove(key),
  ),
  sk.map(
    (key): Act =>
      (table) => {
        const condition = 'attribute_not_exists(#pending)';
        return table.remove(key, { condition, names: { '#pending': 'pending' } });
      },
  ),
  sk.map(
    (key): Act =>
      (table) =>
        table.get(key),
  ),
  fc.uniqueArray(sk, { minLength: 1 }).map(
    (keys): Act =>
      async (table) => {
        const found = await table.getAll(keys);
        return keys.map((key) => found.get(key));
      },
  ),
  fc.tuple(sk, sk).map(
    ([a, b]): Act =>
      async (table) => {
        const [first = '', last = ''] = [a, b].sort();
        return [...(await table.range(first, last))];
      },
  ),
  fc
    .tuple(fc.constantFrom('batch#', 'batch#1', 'e', 'x'), fc.integer({ min: 1, max: 3 }), fc.option(sk))
    .map(([prefix, limit, after]): Act => {
      return (table) => table.page(prefix, limit, after?.startsWith(prefix) ? after : undefined);
    }),
  fc.tuple(fc.constantFrom('batch#', 'x'), fc.integer({ min: 1, max: 4 })).map(([prefix, Limit]): Act => {
    const KeyConditionExpression = 'pk = :partition AND begins_with(sk, :prefix)';
    const ExpressionAttributeValues = { ':partition': S('ledger'), ':prefix': S(prefix) };
    return async (_, client) => {
      const query = new QueryCommand({ TableName, KeyConditionExpression, ExpressionAttributeValues, Limit });
      const { Items, Count, LastEvaluatedKey } = await client.send(query);
      return { Items, Count, LastEvaluatedKey };
    };
  }),
);

/** What came of it: the answer, or the name of the refusal. */
async function outcomeOf(doing: Promise<unknown>): Promise<unknown> {
  try {
    return inOrder(await doing);
  } catch (error) {
    return error instanceof Error ? error.name : error;
  }
}

/** Sets of numbers have no order. */
function inOrder(answer: unknown): unknown {
  const text = JSON.stringify(answer, (key, of) => (key === 'NS' && Array.isArray(of) ? of.toSorted() : of));
  return text === undefined ? undefined : JSON.parse(text);
}

it('the embedded DynamoDB answers as dynalite does, whatever the ledger asks', async () => {
  const theirs = await dynaliteWith(STATE_TABLE);
  const ours = await tableIn(await temporaryDirectory());
  let partitions = 0;
  const outcomes = new Map<string, number>();

  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 30 }), async (acts) => {
      const partition = `ledger-${++partitions}`;
      const [own, other] = [ours, theirs].map(({ client }) => createTable(client, TableName, partition));
      if (!own || !other) throw new Error('no tables');
      for (const each of acts) {
        const answer = await outcomeOf(each(own, ours.client));
        const kind = typeof answer === 'string' ? answer : 'answered';
        outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);

        expect(answer).toEqual(await outcomeOf(each(other, theirs.client)));
      }
    }),
    { numRuns: RUNS },
  );

  // Refusals were among them, and few enough.
  expect(outcomes.get('ValidationException')).toBeGreaterThan(20);
  expect(outcomes.get('answered')).toBeGreaterThan(400);
}, 60_000);
