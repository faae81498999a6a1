import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SHELLS } from '../support/aws-cli/shell.ts';
import { type OperatorShell, operatorShell } from './support/operator-shell.ts';
import { shellBlocks } from './support/runbook.ts';

/** Documents whose commands are typed by whoever operates a deployed stack. */
const DOCUMENTS = ['docs/operations.md', 'docs/deploying.md', 'docs/migrating.md'];

const BLOCKS = DOCUMENTS.flatMap((document) =>
  [...new Set(shellBlocks(readFileSync(document, 'utf8')))].map(
    (block) => [document, block.split('\n')[0] ?? '', block] as const,
  ),
);

let operator: OperatorShell;
beforeAll(async () => {
  operator = await operatorShell();
});
beforeEach(() => operator.standIn.forget());
afterAll(() => operator.standIn.close());

/** What `ask` printed. */
const answersOf = ({ standIn }: OperatorShell) =>
  standIn.runs.filter(({ words }) => words.at(-1)?.startsWith('results[')).map(({ stdout }) => stdout);

describe.each(SHELLS)('in %s', (shell) => {
  it.each(BLOCKS)('%s: %s', async (_, __, block) => {
    const { exitCode, stderr } = await operator.run(shell, block);

    expect(operator.standIn.runs.filter((run) => run.exitCode !== 0)).toEqual([]);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
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

  it.each(['npx auth0-webhooks redrives --all', 'npx auth0-webhooks rewind --from 2h', 'since'])(
    'would not pass with: %s',
    async (typed) => {
      const { stderr } = await operator.run(shell, typed.replace(/^since$/, 'aws cloudwatch describe-alarm'));

      expect(stderr).not.toBe('');
    },
  );
});
