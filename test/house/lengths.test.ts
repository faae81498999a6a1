import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const MOST_LINES = { function: 60, file: 150 };

const SOURCES = globSync('{infra,lambdas,local,cli,bench}/**/*.ts').toSorted();
const linesOf = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n');

/** The beginning of a function, as Biome formats it. Its last line is as far to the left. */
const BEGINS = /(\bfunction\b.*|=>|\)(: [^{]+)?) \{$/;
const NO_FUNCTION = /^\s*(if|for|while|switch|catch|\}|describe|it)\b/;

/** Lines of each function of a file, with comments and blank lines, by where it begins. */
function functionsOf(path: string): readonly (readonly [place: string, lines: number])[] {
  const lines = linesOf(path);
  return lines.flatMap((line, index) => {
    if (!BEGINS.test(line) || NO_FUNCTION.test(line)) return [];
    const end = `${/^\s*/.exec(line)?.[0] ?? ''}}`;
    const length = lines.slice(index + 1).findIndex((later) => later.startsWith(end)) + 2;
    return [[`${path}:${index + 1}`, length] as const];
  });
}

// Biome's rules for both count neither comments nor some of the blank lines.
it('no function is longer than 60 lines, comments and all', () => {
  const functions = SOURCES.flatMap(functionsOf);

  expect(functions.length).toBeGreaterThan(1_000);
  expect(functions.filter(([, lines]) => lines > MOST_LINES.function)).toEqual([]);
});

it('no source file is longer than 150 lines, comments and all', () => {
  const lengths = SOURCES.map((path) => [path, linesOf(path).length] as const);

  expect(lengths.filter(([, lines]) => lines > MOST_LINES.file)).toEqual([]);
});
