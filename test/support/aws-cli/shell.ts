import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export type Shell = 'bash' | 'zsh';

/** Those of the two shells that this machine has. `.ci/run` makes sure that it has both. */
export const SHELLS = (['bash', 'zsh'] as const).filter(
  (shell) => spawnSync(shell, ['-c', 'exit 0'], { stdio: 'ignore' }).status === 0,
);

export interface ShellRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script without a person's own start-up files. `input` is what is typed meanwhile. */
export async function runShell(
  shell: Shell,
  script: string,
  variables: Readonly<Record<string, string>>,
  input = '',
): Promise<ShellRun> {
  const flags = shell === 'zsh' ? ['-fc'] : ['--noprofile', '--norc', '-c'];
  const child = spawn(shell, [...flags, script], { env: variables, stdio: 'pipe' });
  child.stdin.on('error', () => {}); // a script that asks nothing ends before it is written
  child.stdin.end(input);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exitCode, stdout, stderr };
}
