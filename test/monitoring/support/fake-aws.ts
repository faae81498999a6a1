import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An `aws` that answers nothing and keeps its arguments, one JSON array a line. */
const FAKE = (log: string) =>
  `#!${process.execPath}\nrequire('node:fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + '\\n');\n`;

/** Runs a block of the runbook in bash; the arguments of every call of `aws`, in order. */
export function awsCallsOf(block: string, variables: Readonly<Record<string, string>>): readonly string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'aws-'));
  try {
    const log = join(folder, 'calls');
    writeFileSync(log, '');
    writeFileSync(join(folder, 'aws'), FAKE(log));
    chmodSync(join(folder, 'aws'), 0o755);
    execFileSync('bash', ['-euc', block], {
      env: { ...variables, PATH: `${folder}:/usr/local/bin:/usr/bin:/bin` },
      stdio: 'pipe',
    });
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    return lines.map((line): string[] => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `--option value` pairs of a call. */
export function optionsOf(call: readonly string[]): Readonly<Record<string, string>> {
  const pairs = call.flatMap((word, index) =>
    word.startsWith('--') ? [[word.slice(2), call[index + 1] ?? ''] as const] : [],
  );
  return Object.fromEntries(pairs);
}
