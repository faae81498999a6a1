import { createCalm } from '../output/calm.ts';
import { createEventWords } from '../output/event-words.ts';
import { createPrinter } from '../output/printer.ts';
import { createVerbose } from '../output/verbose.ts';
import { envFile, type Variables } from '../settings/env-file.ts';
import { localSettings } from '../settings/local-settings.ts';
import { unknownVariables } from '../settings/unknown-variables.ts';
import { synthesised } from '../template/synthesised.ts';
import { UserError } from '../user-error.ts';
import type { Arguments } from './arguments.ts';
import { dataPathOf, openDataDirectory } from './data-directory.ts';
import { onInterrupt } from './interrupt.ts';
import { createJournal } from './journal.ts';
import { openLineFile } from './line-file.ts';
import { createPageFeed } from './page-feed.ts';
import { createPolls, type Polls } from './polls.ts';
import { runForever } from './run-forever.ts';
import { type RunOptions, runOnce } from './run-once.ts';
import { type Running, startPipeline } from './running.ts';
import { stoppingLine } from './stopping.ts';
import { tellDeadLetters } from './tell-dead-letters.ts';
import { tellPage } from './tell-page.ts';
import { tellSecret } from './tell-secret.ts';
import { userMistake } from './user-mistake.ts';

/**
 * How long a run that gives up waits for the requests in flight. Ending them at once would make
 * duplicates.
 */
const GRACE_SECONDS = 10;
/** The webhook's time-out when none is set. */
const WEBHOOK_TIMEOUT_SECONDS = 15;

/**
 * Runs the pipeline as the command line says. Resolves with the exit code.
 *
 * @throws {UserError} for what the user can mend
 */
export async function run(args: Arguments, environment: Variables): Promise<0 | 1> {
  const printer = createPrinter(args.quiet);
  const file = await envFile('.env');
  const variables = { ...file, ...environment };
  for (const line of unknownVariables(file, environment)) printer.say(line);
  const settings = localSettings(variables);
  const patience =
    Number(settings.webhook.WEBHOOK_TIMEOUT_SECONDS ?? WEBHOOK_TIMEOUT_SECONDS) + GRACE_SECONDS;
  const stop = new AbortController();
  let running: Running | undefined;
  onInterrupt(
    () => {
      printer.say(stoppingLine(running, patience));
      stop.abort('interrupted');
    },
    () => process.exit(1),
  );

  const directory = await openDataDirectory(dataPathOf(args.data, settings.domain), args.fresh);
  const lines = await openLineFile(directory.lines);
  const polls = createPolls(printer);
  const feed = createPageFeed();
  const words = createEventWords();
  const calm = createCalm({
    printer,
    wordsOf: words.of,
    now: Date.now,
    afterBacklog: () => running?.page !== undefined && tellPage(running.page, printer),
    onUnauthorised: () => tellSecret(settings, directory, printer),
  });
  const journal = createJournal(
    args.verbose ? createVerbose(printer) : calm,
    (line) => {
      polls.take(line);
      feed.take(line);
      const mistake = userMistake(line, args.once);
      if (mistake) stop.abort(mistake);
    },
    (functionName, text) => {
      lines.write(functionName, text);
      feed.takeText(text);
    },
  );
  const assembly = await synthesised(args, directory.assembly).catch((error: unknown) => {
    // Ctrl-C has ended the process that synthesises, too.
    if (stop.signal.reason === 'interrupted') return undefined;
    throw error;
  });
  if (!assembly) return 1;
  const certificates = variables.NODE_EXTRA_CA_CERTS;
  const pipeline = { args, settings, directory, assembly, journal, printer, feed, words, certificates };
  running = await startPipeline(pipeline);
  for (const [name, address] of running.addresses) printer.say(`${name}: ${address}`);
  tellSecret(settings, directory, printer);
  await tellDeadLetters(running.operations, printer);
  return await runUntilStopped({ args, running, polls, stop, journal, printer }, patience);
}

async function runUntilStopped(
  { polls, ...rest }: Omit<RunOptions, 'poll'> & { readonly polls: Polls },
  patience: number,
): Promise<0 | 1> {
  const { args, running, stop } = rest;
  stop.signal.addEventListener('abort', () => {
    const seconds = stop.signal.reason === 'interrupted' ? patience : GRACE_SECONDS;
    setTimeout(running.close, seconds * 1000).unref();
  });
  // A run that polls by its own clock wants one poll each time. The schedule's event may ask for a
  // minute of them.
  const byItsClock = args.once || args.pollSeconds !== undefined || running.simulatesTenant;
  const input = byItsClock ? undefined : running.schedule.input;
  const options = { ...rest, poll: () => polls.poll(running.poller, input) };
  try {
    const code = await (args.once ? runOnce(options) : runForever(options));
    if (stop.signal.reason instanceof UserError) throw stop.signal.reason;
    return code;
  } finally {
    await running.close();
  }
}
