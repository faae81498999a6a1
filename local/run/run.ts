import { createPrinter } from '../output/printer.ts';
import { type Variables, withEnvFile } from '../settings/env-file.ts';
import { localSettings } from '../settings/local-settings.ts';
import { synthesised } from '../template/synthesised.ts';
import { UserError } from '../user-error.ts';
import type { Arguments } from './arguments.ts';
import { openDataDirectory } from './data-directory.ts';
import { onInterrupt } from './interrupt.ts';
import { createJournal } from './journal.ts';
import { createPolls } from './polls.ts';
import { runForever } from './run-forever.ts';
import { runOnce } from './run-once.ts';
import { startPipeline } from './running.ts';
import { userMistake } from './user-mistake.ts';

/** How long a run that gives up waits for the requests in flight: killing them at once would make duplicates. */
const GRACE_MS = 10_000;

/**
 * Runs the pipeline as the command line says; resolves with the exit code.
 *
 * @throws {UserError} for what the user can mend.
 */
export async function run(args: Arguments, environment: Variables): Promise<0 | 1> {
  const printer = createPrinter(args.quiet);
  const stop = new AbortController();
  onInterrupt(
    () => {
      printer.say('Stopping: what is in flight is finished first (Ctrl-C again stops at once).');
      stop.abort('interrupted');
    },
    () => process.exit(1),
  );

  const variables = await withEnvFile('.env', environment);
  const settings = localSettings(variables);
  const directory = await openDataDirectory(args.data, args.fresh);
  const polls = createPolls(printer);
  const journal = createJournal(printer, (line) => {
    polls.take(line);
    const mistake = args.once ? userMistake(line) : undefined; // without --once it may be mended meanwhile
    if (mistake) stop.abort(mistake);
  });
  const assembly = await synthesised(args);
  const certificates = variables.NODE_EXTRA_CA_CERTS;
  const running = await startPipeline({
    args,
    settings,
    directory,
    assembly,
    journal,
    printer,
    certificates,
  });
  for (const [name, address] of running.addresses) printer.say(`${name}: ${address}`);

  stop.signal.addEventListener('abort', () => {
    if (stop.signal.reason !== 'interrupted') setTimeout(running.close, GRACE_MS).unref();
  });
  const poll = () => polls.poll(running.poller, running.schedule.input);
  const options = { args, running, poll, stop, journal, printer };
  try {
    const code = await (args.once ? runOnce(options) : runForever(options));
    if (stop.signal.reason instanceof UserError) throw stop.signal.reason;
    return code;
  } finally {
    await running.close();
  }
}
