import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SHELLS } from '../support/aws-cli/shell.ts';
import { idAt } from '../support/operations-world.ts';
import { type OperatorShell, operatorShell } from './support/operator-shell.ts';
import { RUNBOOK, shellBlocks } from './support/runbook.ts';

const BLOCKS = [...new Set(shellBlocks(RUNBOOK))].map(
  (block) => [block.split('\n')[0] ?? '', block] as const,
);

let operator: OperatorShell;
let batch: string;
let tests = 0;
beforeAll(async () => {
  operator = await operatorShell(afterAll);
});
/** Three events of a batch wait: one of them is a dead letter. */
beforeEach(async () => {
  const { world, standIn } = operator;
  await Promise.all([world.dead(), world.queued()]); // what an earlier test left is taken out
  batch = await world.open(idAt(0), idAt(10), 3);
  // A resource of its own, as a message that an earlier test hid would hold back this one.
  await world.bury(batch, 1, { resource: `users/${++tests}` });
  standIn.forget();
});

/** A block as a person would type it who has filled in the places that are theirs. */
const filledIn = (block: string) =>
  block
    .replaceAll('LOG_ID', idAt(1))
    .replaceAll('2026-11-23T09:00:00Z', '2026-11-23T09:00:05Z')
    .replace("BATCH='batch#...'", `BATCH='${batch}'`)
    .replace('PREVIOUS_VERSION', 'v1.0.0');

/** What `ask` printed. */
const answersOf = ({ standIn }: OperatorShell) =>
  standIn.runs.filter(({ words }) => words.at(-1)?.startsWith('results[')).map(({ stdout }) => stdout);

describe.each(SHELLS)('in %s', (shell) => {
  it.each(BLOCKS)('docs/operations.md: %s', async (_, block) => {
    await operator.world.ledger.markEnqueued(batch, new Set([0]));

    const { exitCode, stderr } = await operator.run(shell, filledIn(block), 'typed value\nyes\n');

    const refused = operator.standIn.runs.filter((run) => run.exitCode !== 0);
    const isRewind = block.includes('rewind');
    expect(refused).toEqual([]);
    expect(stderr.replace(isRewind ? /^Refused.*\n/ : '', '')).toBe('');
    expect(exitCode).toBe(isRewind ? 1 : 0); // `typed value` is no confirmation
    for (const answer of answersOf(operator)) expect(answer).toMatch(/^\S+=\S/);
  });

  it('says when an alarm fired', async () => {
    const { stdout } = await operator.run(shell, 'since not-polling');

    expect(stdout).toContain('2026-11-25T09:00:00Z');
    expect(operator.standIn.runs.at(-1)?.input).toMatchObject({ AlarmName: 'auth0-webhooks-not-polling' });
  });

  it('says at once that there is no such stack', async () => {
    const { stderr } = await operator.run(shell, '. docs/operations.sh another');

    expect(stderr).toContain('There is no stack another here');
  });
});

describe.each(SHELLS)('a command that changes something, in %s', (shell) => {
  const writes = () =>
    operator.standIn.runs.filter(({ words: [, command] }) =>
      /^(update|put|delete|start-mess|send)/.test(command ?? ''),
    );

  it.each([
    ['rewind', 'neither a log_id nor a time'],
    ["rewind ''", 'neither a log_id nor a time'],
    ['rewind yesterday', 'neither a log_id nor a time'],
    ['rewind 9002026112309', 'a log_id has 56 digits here'],
    [`rewind 800${idAt(5).slice(3)}`, 'the ids of this tenant begin with 900'],
    [`rewind ${idAt(10)}`, 'is not before the cursor'],
    [`rewind ${idAt(11)}`, 'is not before the cursor'],
    [`rewind ${idAt(5)}`, 'it was not confirmed'],
    ['dismiss', 'is no log_id'],
    ['dismiss LOG_ID', 'is no log_id'],
    ['dismiss 123', 'no dead letter'],
    ['dismiss_unreadable', 'is no batch'],
    ["dismiss_unreadable 'batch#1'", 'is no ordinal'],
    ["dismiss_unreadable 'batch#1' first", 'is no ordinal'],
    ['setting', 'say which secret and which key'],
    ['setting AUTH0_DOMAIN', 'say which secret and which key'],
    ['setting auth0 AUTH0_DOMAIN', 'no value was typed'],
  ])('refuses: %s', async (typed, reason) => {
    const { exitCode, stderr } = await operator.run(shell, typed, '\n');

    expect(stderr).toContain('Refused, nothing was changed');
    expect(stderr).toContain(reason);
    expect(exitCode).not.toBe(0);
    expect(writes()).toEqual([]);
  });

  it('rewinds to a time, when it is confirmed, so that a poll that runs meanwhile ends', async () => {
    const before = await operator.world.ledger.readState();

    const { exitCode } = await operator.run(shell, 'rewind 2026-11-23T09:00:05Z', 'yes\n');

    const after = await operator.world.ledger.readState();
    expect(exitCode).toBe(0);
    expect(after?.cursor).toBe(idAt(5));
    expect(before && (await operator.world.ledger.claim(before, { cursor: idAt(20) }))).toBeUndefined();
  });

  it('refuses a rewind where nothing was ever read', async () => {
    const empty = await operatorShell();

    const { stderr } = await empty.run(shell, `rewind ${idAt(1)}`, 'yes\n');

    expect(stderr).toContain('the table has no cursor yet');
  });

  it('dismisses a dead letter: the ledger first, then the message, and nothing else', async () => {
    const { exitCode, stdout } = await operator.run(shell, `dismiss ${idAt(1)}`);

    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Dismissed ${idAt(1)}`);
    expect(writes().map(({ words }) => words[1])).toEqual(['update-item', 'delete-message']);
    expect((await operator.world.ledger.readBatch(batch))?.pending).toEqual(new Set([0, 2]));
    expect(await operator.world.dead()).toEqual([]);
  });

  it('deletes the message alone of an event that is settled already', async () => {
    await operator.world.ledger.removeBatch(batch);

    const { exitCode } = await operator.run(shell, `dismiss ${idAt(1)}`);

    expect(exitCode).toBe(0);
    expect(writes().map(({ words }) => words[1])).toEqual(['delete-message']);
    expect(await operator.world.ledger.readBatch(batch)).toBeUndefined(); // no ghost
  });

  it('keeps the message when the ledger cannot be written', async () => {
    const { exitCode } = await operator.run(shell, `TABLE=none\ndismiss ${idAt(1)}`);

    expect(exitCode).not.toBe(0);
    expect(operator.standIn.runs.map(({ words }) => words[1])).not.toContain('delete-message');
  });

  it('dismisses of the unreadable events only those that are unreadable', async () => {
    await operator.world.ledger.markEnqueued(batch, new Set([0]));

    const wrong = await operator.run(shell, `dismiss_unreadable '${batch}' 2`);
    const right = await operator.run(shell, `dismiss_unreadable '${batch}' 0`);

    expect(wrong.stderr).toContain('2 is not an unreadable event');
    expect(right.exitCode).toBe(0);
    expect((await operator.world.ledger.readBatch(batch))?.pending).toEqual(new Set([1, 2]));
  });

  it('sends the dead letters to the queue again', async () => {
    const { exitCode } = await operator.run(shell, 'redrive');

    expect(exitCode).toBe(0);
    expect(await operator.world.queued()).toEqual([idAt(1)]);
    expect(await operator.world.dead()).toEqual([]);
  });

  it('sets one key, keeps the others, and shows the value to nobody', async () => {
    const value = 'a "new" $ecret \\ with ä';
    const before = JSON.parse(operator.secrets.get('auth0-webhooks/auth0') ?? '');

    const { stdout, exitCode } = await operator.run(shell, 'setting auth0 AUTH0_CLIENT_SECRET', `${value}\n`);

    expect(exitCode).toBe(0);
    expect(JSON.parse(operator.secrets.get('auth0-webhooks/auth0') ?? '')).toEqual({
      ...before,
      AUTH0_CLIENT_SECRET: value,
    });
    expect(stdout).not.toContain('ecret \\');
    const onCommandLines = operator.standIn.runs.flatMap(({ words }) =>
      words.filter((word) => !word.startsWith('{')),
    );
    expect(onCommandLines.join(' ')).not.toContain('$ecret');
  });
});
