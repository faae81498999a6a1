import { expect, it } from 'vitest';
import { createPageSize } from '../../../../lambdas/poller/reading/page-size.ts';

const MB = 1024 * 1024;

it('asks for all that Auth0 gives while the entries are of the usual size', () => {
  const size = createPageSize();

  size.answered(100, 400_000, 200);

  expect(size.take).toBe(100);
});

it('asks for a tenth after an answer that was too large, down to one', () => {
  const size = createPageSize();
  const takes = [1, 2, 3].map(() => {
    size.tooLarge();
    return size.take;
  });

  expect(takes).toEqual([10, 1, 1]);
});

it('asks for so many entries as fit, and for more again when they are small', () => {
  const size = createPageSize();

  size.answered(100, 12 * MB, 200);

  expect(size.take).toBe(33);
  size.answered(33, 100_000, 200);

  expect(size.take).toBe(66);
  size.answered(66, 200_000, 200);

  expect(size.take).toBe(100);
});

it('asks for a quarter after a time-out, and for no more while a page takes long', () => {
  const size = createPageSize();

  size.timedOut();

  expect(size.take).toBe(25);
  size.answered(25, 50_000, 9_000);

  expect(size.take).toBe(25);
  size.answered(25, 50_000, 3_000);

  expect(size.take).toBe(50);
});

it('does not change for the empty page at the end', () => {
  const size = createPageSize();

  size.answered(0, 2, 100);

  expect(size.take).toBe(100);
});
