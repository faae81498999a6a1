import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMPILE_CACHE } from '../support/compile-cache.ts';
import { changes } from '../system/events.ts';
import { createWorld, until, type World } from '../system/local-run.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Terminal {
  readonly output: () => string;
  /** What a terminal does at Ctrl-C: the signal goes to the whole group, npm and shell included. */
  ctrlC(): void;
  readonly ended: Promise<number | null>;
  /** True while any process of it is left. */
  isLeft(): boolean;
}

/** `npm start` as a person has it. */
function npmStart(world: World): Terminal {
  const child = spawn('npm', ['start', '--', '--data', world.data, '--poll-seconds', '1'], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...world.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const group = -(child.pid ?? Number.NaN);
  const sent = (signal: NodeJS.Signals | 0) => {
    try {
      return process.kill(group, signal);
    } catch {
      return false; // none of it is left
    }
  };
  world.atEnd(() => void sent('SIGKILL'));
  return {
    output: () => output,
    ctrlC: () => void sent('SIGINT'),
    ended: new Promise((resolve) => child.once('close', (code) => resolve(code))),
    isLeft: () => sent(0),
  };
}

describe('Ctrl-C at npm start', () => {
  it('ends the run once what is in flight has ended, so that nothing is sent again', async () => {
    const world = await createWorld({ source: changes(5, 5) });
    let called = 0;
    world.receiver.respond = () => {
      called++;
      return { status: 204, delayMs: 2_000 };
    };
    const terminal = npmStart(world);
    await until(() => called === 5, 60_000);

    terminal.ctrlC();
    const code = await terminal.ended;

    expect(code).toBe(0);
    expect(terminal.output()).toMatch(/Stopping when .*delivery invocation.* \(Ctrl-C again: at once\)/);
    expect(world.seen.map(({ status }) => status)).toEqual(Array(5).fill(204));
    expect(terminal.isLeft()).toBe(false);

    called = 0;
    const again = npmStart(world);
    await until(() => again.output().includes('Polling:'), 60_000);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    again.ctrlC();
    await again.ended;

    expect(called).toBe(0);
  });

  it('a second time ends it at once, and nothing goes on without it', async () => {
    const world = await createWorld({ source: changes(5, 5) });
    let called = 0;
    world.receiver.respond = () => {
      called++;
      return 'hang';
    };
    const terminal = npmStart(world);
    await until(() => called > 0, 60_000);

    terminal.ctrlC();
    await until(() => terminal.output().includes('Ctrl-C again: at once'));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    terminal.ctrlC();
    const began = performance.now();
    const code = await terminal.ended;

    expect(code).not.toBe(0);
    expect(performance.now() - began).toBeLessThan(3_000);

    await until(() => !terminal.isLeft(), 5_000);
  });
});
