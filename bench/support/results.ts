import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { resultsFolder } from './folder.ts';

export interface Table {
  /** For a result that has several tables. */
  readonly title?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

interface Described {
  readonly name: string;
  readonly title: string;
  /** The command that made the result. */
  readonly command: string;
  /** What was measured and against what, in plain sentences. */
  readonly about: string;
}

export type Result = Described & (Table | { readonly tables: readonly Table[] });

/** Prints the tables, and keeps them in `bench/results/` with machine, versions and date. */
export function keep(result: Result): void {
  const { title } = result;
  console.log(`${title}\n\n${tablesOf(result)}\n`);
  write(result, machine());
}

/** Keeps the tables after each row, without printing. A run that is cut off leaves what it has. */
export function keepSoFar(result: Result): void {
  write(result, `${machine()}; not all of it was measured`);
}

function write(result: Result, where: string): void {
  const { name, title, command, about } = result;
  const text = `# ${title}\n\n${about}\n\n${tablesOf(result)}\n\n\`${command}\`, ${where}\n`;
  writeFileSync(`${resultsFolder()}${name}.md`, text);
}

function tablesOf(result: Result): string {
  const tables = 'tables' in result ? result.tables : [{ ...result, title: '' }];
  return tables.map(textOf).join('\n\n');
}

function textOf({ title = '', columns, rows }: Table): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const table = [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
  return title === '' ? table : `## ${title}\n\n${table}`;
}

function machine(): string {
  const [first] = cpus();
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${new Date().toISOString().slice(0, 10)}, version ${version}, Node ${process.version}, ${cpus().length} × ${first?.model ?? arch()}, ${gigabytes} GB, ${platform()}, load ${(loadavg()[0] ?? 0).toFixed(1)}`;
}

/** The value below which that share of the sorted numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
