import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SOURCES } from './sources.ts';
import { COMMENT_WIDTH, wrapComments } from './wrapped-comments.ts';

const WORDS = 'word '.repeat(30).trim();

describe('wrapping', () => {
  it.each([
    ['a doc comment of one line', `  /** ${WORDS} */\n  code();`],
    ['a doc comment of several', `/**\n * ${WORDS}\n * ${WORDS}\n *\n * @param a ${WORDS}\n */\ncode();`],
    ['line comments', `    // ${WORDS}\n    // ${WORDS}\n    code();`],
  ])('makes %s no wider than 100, and keeps its words', (_, source) => {
    const after = wrapComments(source);

    const words = (text: string) => text.match(/[@\w]+/g);

    expect(after.split('\n').every((line) => line.length <= COMMENT_WIDTH)).toBe(true);
    expect(words(after)).toEqual(words(source));
    expect(after.endsWith(source.split('\n').at(-1) ?? '')).toBe(true);
    expect(wrapComments(after)).toBe(after);
  });

  it.each(['/** short */', `const text = '${WORDS} // not a comment';`, `code(); // ${WORDS}`])(
    'leaves alone: %.40s',
    (source) => {
      expect(wrapComments(source)).toBe(source);
    },
  );
});

it('no comment is wider than 100 columns: `npm run fix` wraps it', () => {
  const wide = SOURCES.filter((path) => {
    const source = readFileSync(path, 'utf8');
    return wrapComments(source) !== source;
  });

  expect(wide).toEqual([]);
});
