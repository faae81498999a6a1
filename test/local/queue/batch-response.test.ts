import { describe, expect, it } from 'vitest';
import { returnedIds } from '../../../local/queue/batch-response.ts';

const IDS = new Set(['a', 'b']);

function returned(payload: unknown, reports = true): readonly string[] {
  return [...returnedIds({ kind: 'success', payload: JSON.stringify(payload) }, IDS, reports)];
}

describe('returnedIds', () => {
  it.each([null, {}, { batchItemFailures: null }, { batchItemFailures: [] }])(
    'takes %j as full success',
    (payload) => {
      expect(returned(payload)).toEqual([]);
    },
  );

  it('returns the records that the function names', () => {
    expect(returned({ batchItemFailures: [{ itemIdentifier: 'b' }] })).toEqual(['b']);
  });

  it.each([
    { batchItemFailures: [{ itemIdentifier: 'unknown' }] },
    { batchItemFailures: [{ itemIdentifier: '' }] },
    { batchItemFailures: [{ itemIdentifier: null }] },
    { batchItemFailures: [{ id: 'a' }] },
    { batchItemFailures: 'a' },
    'text',
  ])('returns the whole batch for %j', (payload) => {
    expect(returned(payload)).toEqual(['a', 'b']);
  });

  it('returns the whole batch for an answer that is no JSON, an error and a throttled invocation', () => {
    const results = [
      { kind: 'success', payload: '{' },
      { kind: 'error', errorType: 'Error', message: '' },
      { kind: 'throttled' },
    ] as const;

    expect(results.map((result) => [...returnedIds(result, IDS, true)])).toEqual(
      results.map(() => ['a', 'b']),
    );
  });

  it('does not read the answer of a mapping that reports no item failures', () => {
    expect(returned({ batchItemFailures: [{ itemIdentifier: 'b' }] }, false)).toEqual([]);
  });
});
