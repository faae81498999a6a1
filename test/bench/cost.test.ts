import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const RESULT = readFileSync('bench/results/cost.md', 'utf8');
const README = readFileSync('README.md', 'utf8');
const SCALE = readFileSync('docs/scale.md', 'utf8');

/** The rows of the committed result's table under a heading, by the names of its columns. */
function table(heading: string): readonly ReadonlyMap<string, string>[] {
  const [, after = ''] = RESULT.split(`## ${heading}\n`);
  const [text = ''] = after.split('\n## ');
  const [columns = [], , ...rows] = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.slice(1, -1).split('|'));
  return rows.map((row) => new Map(columns.map((name, index) => [name.trim(), (row[index] ?? '').trim()])));
}

const dollars = (text = '') => Number(text.replaceAll(/[$*]/g, ''));

const MILLIONS = ['one million', 'ten million'].map(
  (million) => [million, table(`A million events, beyond that month, where ${million} come in one`)] as const,
);

describe('what the committed result says is within the goals', () => {
  it.each([
    ['full', 8],
    ['essential', 3],
  ])('a quiet month with monitoring %s, polled once a minute: $%i at most', (monitoring, most) => {
    const rows = table('A month in which nothing happens').filter(
      (row) => row.get('monitoring') === monitoring && row.get('polled every') === '60 s',
    );

    expect(rows).toHaveLength(1);
    expect(dollars(rows[0]?.get('in all'))).toBeLessThanOrEqual(most);
  });

  it.each(MILLIONS)('a million events where %s come in a month: $2 at most', (_, all) => {
    const rows = all.filter((row) => row.get('polled every') === '60 s');

    expect(rows.map((row) => `${row.get('monitoring')} ${row.get('calls')}`)).toEqual(
      ['full', 'essential'].flatMap((monitoring) => [1, 5, 100].map((calls) => `${monitoring} ${calls}`)),
    );
    for (const row of rows) expect(dollars(row.get('in all'))).toBeLessThanOrEqual(2);
  });
});

describe('documents quote the committed result', () => {
  const [one, ten] = MILLIONS.map(([, rows]) =>
    rows.filter((row) => row.get('monitoring') === 'full' && row.get('polled every') === '60 s'),
  );
  const inAll = (rows: typeof one, calls: string) =>
    rows
      ?.find((row) => row.get('calls') === calls)
      ?.get('in all')
      ?.replaceAll('*', '');

  it('README.md has the price of a million events by default', () => {
    expect(README).toContain(
      `A [million events](bench/results/cost.md): ${inAll(one, '5')}; each of ten million in a month: ${inAll(ten, '5')}.`,
    );
  });

  it.each(['Lambda', 'SQS', 'DynamoDB', 'Secrets Manager', 'logs', 'in all'])(
    'docs/scale.md: %s',
    (service) => {
      const cells = ['1', '5', '100'].flatMap((calls) =>
        [one, ten].map((rows) =>
          rows
            ?.find((row) => row.get('calls') === calls)
            ?.get(service)
            ?.replaceAll('*', ''),
        ),
      );

      expect(SCALE).toContain(` | ${cells.join(' | ')} |`);
    },
  );
});
