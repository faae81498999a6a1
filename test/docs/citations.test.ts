import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOCUMENTS, GENERATED } from './documents.ts';
import { wrapped } from './wrapped.ts';

const SOURCES = globSync('{infra,lambdas,local,cli,test,bench,.ci}/**/*.{ts,mjs,py,sh}').filter(
  (path) => path !== 'test/docs/citations.test.ts',
);
const text = (path: string) => readFileSync(path, 'utf8');
/** A document without its code blocks, in which `[a](b)` may be code. */
const prose = (path: string) => text(path).replace(/^```[\s\S]*?^```$/gm, '');

const ROOM = /^(infra|lambdas|local|cli|test|docs|bench|system|\.ci)\//;
/** Rooms that are named before their first file is there. */
const TO_COME = /^(cli|bench|lambdas\/shared\/operations)\/?/;

/**
 * Tells whether nothing has that path. Documents name tests from `test/` or `test/lambdas/` on,
 * with or without their ending.
 */
function isMissing(path: string): boolean {
  if (TO_COME.test(path)) return false;
  const bare = path.replace(/\/$/, '');
  const places = [bare, `test/${bare}`, `test/${bare}.*ts`, `test/lambdas/${bare}`];
  return places.every((place) => globSync(place).length === 0);
}

/** Anchors of a document, as GitHub makes them of headings. */
function anchorsOf(path: string): ReadonlySet<string> {
  const headings = [...text(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

describe.each(DOCUMENTS)('%s', (document) => {
  const links = [...prose(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);

  it('links to documents and headings that are there', () => {
    const broken = links
      .filter((link) => !/^(https?|mailto):/.test(link))
      .filter((link) => {
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? document : join(dirname(document), path);
        if (!existsSync(target)) return true;
        return anchor !== undefined && !anchorsOf(target).has(anchor);
      });

    expect(broken).toEqual([]);
  });

  it('names files, folders and tests that are there', () => {
    const named = [...prose(document).matchAll(/`([\w.{}*,-]+\/[^`\s]*)`/g)].map(([, path = '']) => path);
    const missing = named.filter((path) => ROOM.test(path) || path.endsWith('.test.ts')).filter(isMissing);

    expect(missing).toEqual([]);
  });

  it('is wrapped: `npm run fix` does it', () => {
    const lines = text(document).split('\n');
    const asWrapped = GENERATED.includes(document) ? lines : wrapped(text(document)).split('\n');

    expect(lines.filter((line) => !asWrapped.includes(line))).toEqual([]);
  });
});

describe('a comment', () => {
  it.each([
    [
      'a document that is not in the repository',
      /\bDESIGN\b|\(?reference: |\b(auth0|webhooks|field|style|tooling)\.md\b/,
    ],
    ['a paragraph by a sign that no heading has', /\.md §/],
  ])('does not cite %s', (_, citation) => {
    const citing = [...SOURCES, ...DOCUMENTS].flatMap((path) =>
      text(path)
        .split('\n')
        .flatMap((line, index) => (citation.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
    );

    expect(citing).toEqual([]);
  });

  it('cites documents that are there', () => {
    const missing = SOURCES.flatMap((path) =>
      [...text(path).matchAll(/\bdocs\/[\w./-]+\.md\b/g)]
        .map(([document]) => document)
        .filter((document) => !existsSync(document))
        .map((document) => `${path}: ${document}`),
    );

    expect(missing).toEqual([]);
  });
});
