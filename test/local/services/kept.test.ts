import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTable } from '../../../local/dynamodb/table-service.ts';
import { onKept } from '../../../local/services/kept.ts';
import { UserError } from '../../../local/user-error.ts';
import { STATE_TABLE } from '../../support/state-table-definition.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

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

  it.each([
    ['database is locked', /another program has it open.*Close/],
    ['database or disk is full', /no room.*Make room/],
    ['ENOSPC: no space left on device, write', /no room.*Make room/],
  ])('does not call it damaged, nor lead to forget it, at: %s', async (message, advice) => {
    const broken = onKept('The queues', '/data/queues', () => {
      throw new Error(message);
    });

    await expect(broken).rejects.toThrow(advice);
    await expect(broken).rejects.not.toThrow(/damaged|--fresh/);
  });

  it('knows the words of SQLite for a file that somebody looks into', async () => {
    const folder = await temporaryDirectory();
    await startTable(folder, STATE_TABLE).then((table) => table.close());
    const viewer = new DatabaseSync(join(folder, 'tables.db'));
    onTestFinished(() => viewer.close());
    viewer.prepare('SELECT count(*) FROM items').get();

    await expect(onKept('The state table', folder, () => startTable(folder, STATE_TABLE))).rejects.toThrow(
      'another program has it open',
    );
  });

  it('gives what was started', async () => {
    expect(await onKept('The queues', '/data/queues', async () => 7)).toBe(7);
  });
});
