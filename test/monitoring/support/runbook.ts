import { readFileSync } from 'node:fs';

export const RUNBOOK = readFileSync('docs/operations.md', 'utf8');

/** The text under a heading of that level, up to the next one of the same or a higher level. */
export function section(heading: string, level: 2 | 3): string {
  const marks = '#'.repeat(level);
  const start = RUNBOOK.indexOf(`\n${marks} ${heading}\n`);
  if (start < 0) throw new Error(`docs/operations.md has no ${marks} ${heading}`);
  const rest = RUNBOOK.slice(start + 1);
  const end = rest.slice(marks.length).search(new RegExp(`\\n#{2,${level}} `));
  return end < 0 ? rest : rest.slice(0, end + marks.length);
}

/** Headings of the alarms' articles, which are their anchors, too. */
export function articles(): readonly string[] {
  return [...section('Alarms', 2).matchAll(/^### (.+)$/gm)].map(([, name]) => name ?? '');
}

/** The texts between ```sh and ```. */
export function shellBlocks(text: string): readonly string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '');
}
