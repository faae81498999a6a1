import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import { CliError } from '../errors.ts';

/** Colours by meaning; the dashboard's thresholds use the same three. */
export type Tone = 'good' | 'warn' | 'bad' | 'dim' | 'bold';

/**
 * Where a command prints and asks. Results go to standard output, everything else to standard
 * error.
 */
export interface Terminal {
  /** True when a person can be asked. */
  readonly isInteractive: boolean;
  /** True when a person reads the results, not a program. */
  readonly isScreen: boolean;
  /** Width of the screen in columns. */
  readonly width: number;
  print(line: string): void;
  note(line: string): void;
  /** Shows progress in place of what it showed before. Does nothing where nobody watches. */
  progress(line: string): void;
  /** Colours the text where that stream is a terminal with colours. */
  style(tone: Tone, text: string, on?: 'output' | 'errors'): string;
  /** True when nobody reads the results any more, as after `| head`. */
  isClosed(): boolean;
  /**
   * Resolves when what was printed has been read. Otherwise a slow reader would fill the memory.
   */
  drained(): Promise<void>;
  /** Asks; true for a yes only. */
  ask(question: string): Promise<boolean>;
  /** Asks for a line that is not shown while it is typed. */
  askHidden(question: string): Promise<string>;
  /** Reads standard input to its end. */
  readInput(): Promise<string>;
  clear(): void;
}

export interface Streams {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly errors: NodeJS.WriteStream;
}

const FORMATS = { good: 'green', warn: 'yellow', bad: 'red', dim: 'gray', bold: 'bold' } as const;
const USUAL_WIDTH = 80;

export function createTerminal({ input, output, errors }: Streams): Terminal {
  let hasProgress = false;
  let isClosed = false;
  output.on('error', () => {
    isClosed = true;
  });
  const endProgress = () => {
    if (hasProgress) errors.write('\r\x1b[K');
    hasProgress = false;
  };
  return {
    isInteractive: input.isTTY === true && errors.isTTY === true,
    isScreen: output.isTTY === true,
    width: output.columns || USUAL_WIDTH,
    print(line) {
      endProgress();
      output.write(`${line}\n`);
    },
    note(line) {
      endProgress();
      errors.write(`${line}\n`);
    },
    progress(line) {
      if (errors.isTTY !== true) return;
      errors.write(`\r\x1b[K${line}`);
      hasProgress = true;
    },
    style: (tone, text, on = 'output') =>
      styleText(FORMATS[tone], text, { stream: on === 'output' ? output : errors }),
    isClosed: () => isClosed,
    async drained() {
      if (!output.writableNeedDrain || isClosed) return;
      await Promise.race([once(output, 'drain'), once(output, 'close')]).catch(() => {});
    },
    async ask(question) {
      endProgress();
      return /^y(es)?$/i.test((await answerTo(question, input, errors)).trim());
    },
    askHidden: (question) => hiddenLine(input, errors, question),
    async readInput() {
      let text = '';
      for await (const chunk of input) text += String(chunk);
      return text;
    },
    clear: () => output.write('\x1b[2J\x1b[H'),
  };
}

/**
 * Waits for the answer. Ctrl-C and the end of the input mean no, as nothing has been changed by
 * then.
 */
async function answerTo(
  question: string,
  input: NodeJS.ReadStream,
  errors: NodeJS.WriteStream,
): Promise<string> {
  const lines = createInterface({ input, output: errors });
  try {
    return await lines.question(`${question} [y/N] `);
  } catch {
    errors.write('\n'); // after the `^C`
    return '';
  } finally {
    lines.close();
  }
}

/** Reads key by key, so that the terminal shows none of them. */
function hiddenLine(input: NodeJS.ReadStream, errors: NodeJS.WriteStream, question: string): Promise<string> {
  errors.write(question);
  input.setRawMode(true);
  input.setEncoding('utf8');
  input.resume();
  return new Promise((resolve, reject) => {
    let line = '';
    const end = (act: () => void) => {
      input.setRawMode(false);
      input.pause();
      input.off('data', onData);
      errors.write('\n');
      act();
    };
    const onData = (keys: Buffer | string) => {
      for (const key of String(keys)) {
        if (key === '\r' || key === '\n') return end(() => resolve(line));
        if (key === '\u0003' || key === '\u0004')
          return end(() => reject(new CliError('interrupted; nothing was changed')));
        line = key === '\u007f' || key === '\b' ? line.slice(0, -1) : line + key;
      }
    };
    input.on('data', onData);
  });
}
