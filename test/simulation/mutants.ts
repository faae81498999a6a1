import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { COPIED } from './copied.ts';
import { MUTANTS } from './mutant-list.ts';
import type { Mutant } from './mutants/mutant.ts';
import { say } from './say.ts';

const HELP = `Takes one guard of the protocol away at a time, in a copy of the sources, and shows that the simulator then
finds a line of the promise broken.

  npm run test:mutants                    every guard
  npm run test:mutants -- --only claim    those whose description has the word; may be given again
  npm run test:mutants -- --runs 20000    random seeds for each (default 20,000)

Ends with 0 when every mutant is killed, 1 when one is not, 2 when a text to replace is not in the sources any more.
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [''] },
    runs: { type: 'string', default: '20000' },
  },
});

/**
 * Seeds that the untouched sources must stand before any mutant is judged. Otherwise everything
 * would look killed.
 */
const CONTROL_RUNS = '300';

/**
 * Seeds that come before the small worlds. Nearly all mutants die in them, most within seconds; all
 * small worlds take a minute and more.
 */
const FIRST_RUNS = '4000';

/** How the sources without a guard were caught. */
interface Verdict {
  readonly killed: boolean;
  readonly by: string;
}

if (values.help) say(HELP);
else process.exitCode = await main();

async function main(): Promise<number> {
  const sources = snapshot();
  try {
    return await judgeAll(sources);
  } finally {
    rmSync(sources, { recursive: true, force: true });
  }
}

/** Copies the sources as they are now, as somebody may edit them meanwhile. */
function snapshot(): string {
  const copy = mkdtempSync(join(tmpdir(), 'sources-'));
  for (const path of COPIED) cpSync(path, join(copy, path), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  return copy;
}

async function judgeAll(sources: string): Promise<number> {
  const chosen = MUTANTS.filter(({ guard }) => values.only.some((word) => guard.includes(word)));
  const stale = chosen.flatMap((mutant) => edited(sources, mutant).stale);
  for (const text of stale) say(`not in the sources any more: ${text}`);
  if (stale.length > 0) return 2;
  const control = await simulate(sources, CONTROL_RUNS);
  if (control.code !== 0) {
    say(`the sources fail as they are, so that nothing can be said of a mutant:\n${control.text}`);
    return 1;
  }
  const verdicts = new Map<Mutant, Verdict>();
  const waiting = [...chosen];
  const worker = async () => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const verdict = await judge(sources, mutant);
      verdicts.set(mutant, verdict);
      say(`${verdict.killed ? 'killed  ' : 'SURVIVES'}  ${mutant.guard}\n            ${verdict.by}`);
    }
  };
  await Promise.all([worker(), worker()]);
  const killed = [...verdicts.values()].filter((verdict) => verdict.killed).length;
  say(`${killed} of ${chosen.length} mutants are killed`);
  return killed === chosen.length ? 0 : 1;
}

/** Edits the files. It also gives the texts that were in none. */
function edited(sources: string, { edits }: Mutant) {
  const files = new Map<string, string>();
  const stale: string[] = [];
  for (const [file, text, instead] of edits) {
    const source = files.get(file) ?? readFileSync(join(sources, file), 'utf8');
    if (!source.includes(text)) stale.push(`${file}: ${text}`);
    files.set(
      file,
      source.replace(text, () => instead),
    );
  }
  return { files, stale };
}

async function judge(sources: string, mutant: Mutant): Promise<Verdict> {
  const copy = mkdtempSync(join(tmpdir(), 'mutant-'));
  try {
    cpSync(sources, copy, { recursive: true, verbatimSymlinks: true });
    for (const [file, text] of edited(sources, mutant).files) writeFileSync(join(copy, file), text);
    const first = await simulate(copy, FIRST_RUNS, '--seeds-only');
    const simulated = first.code === 0 ? await simulate(copy, values.runs) : first;
    const violation = simulated.text.split('\n').find((line) => /^ {2}(P\d|error)/.test(line));
    if (violation?.includes('ReferenceError')) return { killed: false, by: `it does not run: ${violation}` };
    if (violation !== undefined) return { killed: true, by: `simulator: ${violation.trim().slice(0, 150)}` };
    // A mutant that does not even run says nothing about the simulator.
    if (simulated.code !== 0)
      return { killed: false, by: `it does not run: ${simulated.text.trim().slice(0, 300)}` };
    return { killed: false, by: 'nothing' };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function simulate(cwd: string, runs: string, ...more: readonly string[]) {
  const options = ['--first', '--pairs', 'none', '--workers', '1', '--runs', runs, ...more];
  return output(cwd, ['test/simulation/main.ts', ...options]);
}

function output(
  cwd: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly text: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    const add = (chunk: Buffer) => {
      text += chunk;
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.on('close', (code) => done({ code, text }));
  });
}
