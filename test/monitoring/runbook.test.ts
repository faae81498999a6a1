import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type LogQuery, SAVED_QUERIES } from '../../infra/monitoring/queries.ts';
import { webhookTemplate } from '../infra/template.ts';
import { articles, RUNBOOK, section, shellBlocks } from './support/runbook.ts';

const alarms = Object.values(webhookTemplate().findResources('AWS::CloudWatch::Alarm')).map(
  ({ Properties }) => String(Properties.AlarmName).replace('auth0-webhooks-', ''),
);

describe('docs/operations.md', () => {
  it('has an article for every alarm, and no other', () => {
    expect(articles().toSorted()).toEqual(alarms.toSorted());
  });

  it.each(articles())('tells of %s what it means, how to investigate and what to type', (alarm) => {
    const article = section(alarm, 3);
    const [, means = '', investigate = '', resolve = ''] =
      /\*\*Means\.\*\*([\s\S]*)\*\*Investigate\.\*\*([\s\S]*)\*\*Resolve\.\*\*([\s\S]*)/.exec(article) ?? [];

    expect(means.trim().length).toBeGreaterThan(80);
    expect(shellBlocks(investigate).length).toBeGreaterThan(0);
    expect(shellBlocks(resolve).length).toBeGreaterThan(0);
  });

  it.each(articles())('has a test that drives %s to fire', (alarm) => {
    const tests = globSync('test/monitoring/*-alarms.test.ts').map((path) => readFileSync(path, 'utf8'));

    expect(tests.join('')).toContain(`it('${alarm} fires `);
  });

  it('has nothing in its commands that a shell takes otherwise when it is typed than in a script', () => {
    const lines = shellBlocks(RUNBOOK).flatMap((block) => block.split('\n'));

    // zsh takes no comments at its prompt. Both shells take ! in double quotes for their history.
    expect(lines.filter((line) => /^\s*#|\s#\s/.test(line))).toEqual([]);
    expect(lines.filter((line) => /"[^"']*![^"']*"/.test(line.replace(/'[^']*'/g, '')))).toEqual([]);
  });

  it('puts no secret on a command line, where the history keeps it', () => {
    expect(RUNBOOK).not.toMatch(/--secret-string (?!file:\/\/\/dev\/stdin)/);
    expect(shellBlocks(RUNBOOK).join('')).not.toMatch(/(SECRET|AUTHORIZATION|VALUE)=\S/);
  });

  it('has the saved queries word for word', () => {
    for (const { title, lines } of Object.values<LogQuery>(SAVED_QUERIES)) {
      expect(RUNBOOK).toContain(`**${title}**`);
      expect(RUNBOOK).toContain(`\n${lines.join('\n| ')}\n`);
    }
  });

  it('lists every line that the functions and a dismissal log', () => {
    const sources = globSync(['lambdas/**/*.ts', 'cli/run/dismissal-note.ts']).map((path) =>
      readFileSync(path, 'utf8'),
    );
    const events = [...sources.join('').matchAll(/'([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)'/g)]
      .map(([, event]) => event ?? '')
      .filter((event) => !event.startsWith('auth0.')); // reasons of a failed poll
    const listed = [...section('Log lines', 2).matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell]) =>
      [...(cell ?? '').matchAll(/`([a-z-]+\.[a-z-]+)`/g)].map(([, event]) => event),
    );

    expect(events).toContain('poll.completed');
    expect([...new Set(events)].toSorted()).toEqual(listed.toSorted());
  });

  it('has no link to an article that is not there', () => {
    const anchors = [...RUNBOOK.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...RUNBOOK.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor ?? '');

    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
  });
});
