import { describe, expect, it } from 'vitest';
import { grown } from '../../bench/support/grown.ts';
import { readCounts } from '../../bench/support/kept-counts.ts';

const committed = {
  cost: { 'idle/60/dynamodb.get': 100, 'idle/60/sqs.send': 0, 'even/1M/auth0.searches': -4 },
};

describe('the check of counts', () => {
  it('passes for what is committed, and for less of it', () => {
    const less = { cost: { ...committed.cost, 'idle/60/dynamodb.get': 60 } };

    expect(grown(committed, committed)).toEqual([]);
    expect(grown(committed, less)).toEqual([]);
  });

  it('lets a count grow by 5 % and no more', () => {
    const by = (count: number) =>
      grown(committed, { cost: { ...committed.cost, 'idle/60/dynamodb.get': count } });

    expect(by(105)).toEqual([]);
    expect(by(106)).toEqual(['cost/idle/60/dynamodb.get: 100 before, 106 now']);
  });

  it('fails for the first of what there was none of', () => {
    const first = { cost: { ...committed.cost, 'idle/60/sqs.send': 1 } };

    expect(grown(committed, first)).toEqual(['cost/idle/60/sqs.send: 0 before, 1 now']);
  });

  it('fails for what cannot be compared', () => {
    const other = { cost: { 'idle/60/sqs.send': 0, 'even/1M/auth0.searches': -4, 'idle/60/sqs.new': 1 } };

    expect(grown(committed, other)).toEqual([
      'cost/idle/60/dynamodb.get: 100 is committed, and it was not counted',
      'cost/idle/60/sqs.new: 1 is counted, and no result of it is committed',
    ]);
  });

  it('has requests, bundle bytes and items read to compare', () => {
    const counts = readCounts();

    expect(counts.cost).toMatchObject({ 'bulk/5/sqs.send': 100, 'idle/60/dynamodb.get': expect.any(Number) });
    expect(Object.keys(counts.function ?? {})).toEqual(['deliverer/bytes', 'poller/bytes']);
    expect(counts['open-batches']).toMatchObject({ 'poll/0/items': expect.any(Number) });
  });
});
