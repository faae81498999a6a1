import { readFileSync } from 'node:fs';
import type { Sender } from './recorded.ts';

const HEADINGS: Readonly<Record<Sender, string>> = {
  webtask: 'From the webtask',
  extension: 'From the extension',
  'log-stream': 'From Log Streams',
};

/** A section of docs/migrating.md. */
function section(sender: Sender, heading: string): string {
  const page = readFileSync('docs/migrating.md', 'utf8');
  const [, of = ''] = page.split(`\n## ${HEADINGS[sender]}\n`);
  const [, part = ''] = (of.split('\n## ')[0] ?? '').split(`\n### ${heading}\n`);
  return part.split('\n### ')[0] ?? '';
}

const inTicks = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

function rows(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('|---'))
    .slice(1)
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
}

/** Old keys and what the page calls them now; an empty list where there is none. */
export function newNames(sender: Sender): ReadonlyMap<string, readonly string[]> {
  return new Map(
    rows(section(sender, 'Its settings')).flatMap(([before = '', now = '']) =>
      inTicks(before).map((key) => [key, now === 'the same' ? [key] : inTicks(now)] as const),
    ),
  );
}

/** Parts of a call that the page calls new, and parts that are gone. */
export function changedParts(sender: Sender): {
  readonly added: readonly string[];
  readonly gone: readonly string[];
} {
  const parts = rows(section(sender, 'The calls'));
  const named = (is: (before: string, now: string) => boolean) =>
    parts.filter(([, before = '', now = '']) => is(before, now)).flatMap(([part = '']) => inTicks(part));
  return {
    added: named((before, now) => before === 'none' && now.startsWith('new')),
    gone: named((_, now) => now.startsWith('none')),
  };
}

/** The two bodies that the page shows: before and now. */
export function shownBodies(sender: Sender): readonly unknown[] {
  return [...section(sender, 'The calls').matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']): unknown =>
    JSON.parse(json),
  );
}
