import { expect, it } from 'vitest';
import { type Expressions, holds, updated } from '../../../local/dynamodb/expressions.ts';

const item = { pk: { S: 'p' }, seq: { N: '3' }, pending: { NS: ['0', '1'] }, failures: { M: {} } };

function change(
  UpdateExpression: string,
  ExpressionAttributeValues: Expressions['ExpressionAttributeValues'] = {},
) {
  const ExpressionAttributeNames = { '#pending': 'pending', '#failures': 'failures', '#e0': '0' };
  return updated(item, { UpdateExpression, ExpressionAttributeNames, ExpressionAttributeValues });
}

it('an emptied set is no attribute any more', () => {
  expect(change('DELETE #pending :some', { ':some': { NS: ['1', '7'] } }).pending).toEqual({ NS: ['0'] });
  expect(change('DELETE #pending :all', { ':all': { NS: ['0', '1'] } })).not.toHaveProperty('pending');
});

it('an entry of a map is set and removed, and the item before stays as it was', () => {
  const set = change('SET #failures.#e0 = :one', { ':one': { N: '1' } });

  expect(set.failures).toEqual({ M: { '0': { N: '1' } } });
  expect(updated(set, { UpdateExpression: 'REMOVE failures.0' }).failures).toEqual({ M: {} });
  expect(item.failures).toEqual({ M: {} });
});

it('a path without its map is refused', () => {
  const refused = () =>
    updated(
      {},
      { UpdateExpression: 'SET failures.0 = :one', ExpressionAttributeValues: { ':one': { N: '1' } } },
    );

  expect(refused).toThrow('The document path failures.0 in the update expression is invalid');
});

it('conditions look at what is there', () => {
  expect(holds(undefined, { ConditionExpression: 'attribute_exists(pk)' })).toBe(false);
  expect(holds(undefined, { ConditionExpression: 'attribute_not_exists(pk)' })).toBe(true);
  const equal = (N: string) => ({
    ConditionExpression: '#seq = :read',
    ExpressionAttributeNames: { '#seq': 'seq' },
    ExpressionAttributeValues: { ':read': { N } },
  });

  expect(holds(item, equal('3'))).toBe(true);
  expect(holds(item, equal('4'))).toBe(false);
});
