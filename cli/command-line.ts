import { exitCodeOf, explain } from './errors.ts';
import { createProgram } from './program.ts';
import { createTerminal } from './terminal/terminal.ts';

const terminal = createTerminal({ input: process.stdin, output: process.stdout, errors: process.stderr });
let exitCode: number | undefined;
const program = createProgram({ terminal, env: process.env, now: Date.now }, (code) => {
  exitCode = code;
});

try {
  await program.parseAsync(process.argv);
} catch (error) {
  exitCode = exitCodeOf(error);
  explain(error, { terminal, asJson: process.argv.includes('--json') });
}
process.exitCode = exitCode ?? 0;
