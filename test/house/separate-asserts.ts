import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TEST = /^\s*it(?:[.(]|$)/;
const ASSERT = /^\s*(?:await )?expect(?:[.(]|$)/;
const COMMENT = /^\s*\/\//;

export const TESTS = globSync('test/**/*.test.ts').toSorted();

/**
 * Puts a blank line between what a test does and what it then asserts. It goes by lines, as Biome
 * formats them: a statement of a test begins two spaces deeper than the test's end.
 */
export function separateAsserts(source: string): string {
  const lines = source.split('\n');
  const out: string[] = [];
  let depth = '';
  let isInTest = false;
  let isTestAhead = false;
  for (const line of lines) {
    if (TEST.test(line)) isTestAhead = true;
    if (isInTest && line.startsWith(`${depth}}`)) isInTest = false;
    if (isInTest && line.startsWith(`${depth}  `) && ASSERT.test(line) && indent(line) === `${depth}  `)
      separate(out, `${depth}  `);
    out.push(line);
    if (isTestAhead && line.endsWith('=> {')) {
      isInTest = true;
      isTestAhead = false;
      depth = indent(line);
    }
  }
  return out.join('\n');
}

function indent(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? '';
}

/** Puts a blank line before an assertion that comes next, and before its comment. */
function separate(out: string[], at: string): void {
  let end = out.length;
  while (end > 0 && COMMENT.test(out[end - 1] ?? '')) end--;
  const before = out[end - 1] ?? '';
  if (before.trim() === '' || before.endsWith('=> {')) return;
  const start = out.findLastIndex(
    (line, index) => index < end && indent(line) === at && !/^\s*[)\]}]/.test(line),
  );
  if (!ASSERT.test(out[start] ?? '')) out.splice(end, 0, '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const path of TESTS) {
    const before = readFileSync(path, 'utf8');
    const after = separateAsserts(before);
    if (after !== before) writeFileSync(path, after);
  }
}
