import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DOCUMENTS } from './documents.ts';

const README = readFileSync('README.md', 'utf8');
const headings = [...README.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);

describe('README.md', () => {
  it('has at most 200 lines', () => {
    expect(README.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  });

  it("answers a stranger's questions, in their order", () => {
    expect(headings).toEqual([
      'For whom',
      'What is promised',
      'Try it',
      'Deploy',
      'What arrives',
      'Receiving',
      'Configuration',
      'Operating',
      'Cost',
      'Alternatives',
      'Troubleshooting',
      'Develop',
    ]);
  });

  it('begins with a picture and the list of its contents', () => {
    const [beginning = ''] = README.split('\n## ');

    expect(beginning).toMatch(/!\[.+\]\(docs\/images\/\S+\)/s);
    expect([...beginning.matchAll(/\[([^\]!]+)\]\(#/g)].map(([, name]) => name)).toEqual(headings);
  });

  it('gives each promise its proof', () => {
    const [, promised = ''] = README.split('\n## What is promised\n');
    const rows = (promised.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| **'));

    expect(rows.length).toBe(7);
    expect(rows.filter((row) => !/\]\((test|docs)\/[^)]+\)[^|]* \|$/.test(row))).toEqual([]);
  });
});

describe('docs/README.md', () => {
  const index = readFileSync('docs/README.md', 'utf8');

  it('says of every document for whom it is', () => {
    const documents = DOCUMENTS.filter((path) => /^docs\/[^/]+\.md$/.test(path)).map((path) => path.slice(5));

    expect(documents.filter((path) => path !== 'README.md' && !index.includes(`](${path})`))).toEqual([]);
  });
});
