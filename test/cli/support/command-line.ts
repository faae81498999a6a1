import { exitCodeOf, explain } from '../../../cli/errors.ts';
import { createProgram } from '../../../cli/program.ts';
import type { Terminal } from '../../../cli/terminal/terminal.ts';

/** What a command printed, and its exit code. */
export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

export interface Person {
  /** Answers to questions, in turn. Without them nobody can be asked. */
  readonly answers?: readonly boolean[];
  /** What is typed without being shown, or piped in. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs one command line in this process, on a terminal that keeps what is printed. */
export async function commandLine(args: readonly string[], person: Person = {}): Promise<Ended> {
  const output: string[] = [];
  const errors: string[] = [];
  const terminal = rememberingTerminal(output, errors, person);
  let code: number | undefined;
  try {
    const outside = { terminal, env: person.env ?? {}, now: Date.now };
    const program = createProgram(outside, (ended) => {
      code = ended;
    });
    await program.parseAsync(['node', 'auth0-webhooks', ...args]);
  } catch (error) {
    code = exitCodeOf(error);
    explain(error, { terminal, asJson: args.includes('--json') });
  }
  return { code: code ?? 0, output: output.join('\n'), errors: errors.join('\n') };
}

function rememberingTerminal(output: string[], errors: string[], { answers, input = '' }: Person): Terminal {
  const left = [...(answers ?? [])];
  return {
    isInteractive: answers !== undefined,
    isScreen: false,
    width: 80,
    print: (line) => output.push(line),
    note: (line) => errors.push(line),
    progress: () => {},
    style: (_tone, text) => text,
    isClosed: () => false,
    drained: async () => {},
    ask: async (question) => {
      errors.push(question);
      return left.shift() ?? false;
    },
    askHidden: async () => input,
    readInput: async () => input,
    clear: () => {},
  };
}
