import { describe, expect, it } from 'vitest';
import { onKept } from '../../../local/services/kept.ts';
import { UserError } from '../../../local/user-error.ts';

describe('onKept', () => {
  it('tells what cannot be used, where, why and what to do, without a stack', async () => {
    const broken = onKept('The queues', '/data/queues', () => {
      throw new Error('file is not a database\n    at somewhere');
    });

    await expect(broken).rejects.toThrow(UserError);
    await expect(broken).rejects.toThrow(
      /^The queues in \/data\/queues cannot be used \(file is not a database\).*--fresh/,
    );
  });

  it('gives what was started', async () => {
    expect(await onKept('The queues', '/data/queues', async () => 7)).toBe(7);
  });
});
