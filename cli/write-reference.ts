import { writeFile } from 'node:fs/promises';
import { createProgram } from './program.ts';
import { reference } from './reference.ts';
import { createTerminal } from './terminal/terminal.ts';

const terminal = createTerminal({ input: process.stdin, output: process.stdout, errors: process.stderr });
await writeFile('docs/cli.md', reference(createProgram({ terminal, env: {}, now: Date.now }, () => {})));
