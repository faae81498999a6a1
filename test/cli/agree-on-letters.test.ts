import { describe, expect, it } from 'vitest';
import { agreeOnLetters, type Proposal } from '../../cli/run/agree-on-letters.ts';
import { silentTerminal } from './support/silent-terminal.ts';

const proposal: Proposal = {
  logIds: [],
  dryRun: undefined,
  nothing: { moved: 0 },
  question: (letters) => `Move ${letters}.`,
};

/** Makes a person who says yes, and what was asked. */
function asked() {
  const notes: string[] = [];
  const terminal = { ...silentTerminal(), note: (text: string) => notes.push(text) };
  return { notes, context: { terminal, env: {}, now: Date.now, global: { yes: true } } };
}

describe('dead letters to redrive or dismiss', () => {
  it('may all lie behind those that were looked at', async () => {
    const { context, notes } = asked();
    const list = { letters: [], seen: 500, total: 520, asOf: 0 };

    const goesOn = await agreeOnLetters(context, list, { ...proposal, logIds: ['1'] });

    expect(goesOn).toBe(true);
    expect(notes).toEqual(['Move what matches of the 20 dead letters that lie behind.']);
  });

  it('are none when all were looked at and none matches', async () => {
    const { context, notes } = asked();

    const goesOn = await agreeOnLetters(context, { letters: [], seen: 2, total: 2, asOf: 0 }, proposal);

    expect(goesOn).toBe(false);
    expect(notes).toEqual([]);
  });
});
