import { parseArgs } from 'node:util';
import { wholeNumber } from '../../lambdas/shared/text/whole-number.ts';
import { UserError } from '../user-error.ts';

export interface Arguments {
  readonly once: boolean;
  readonly timeoutSeconds: number;
  /** Seconds between two polls; undefined: by the template's schedule. */
  readonly pollSeconds: number | undefined;
  readonly concurrentCalls: number | undefined;
  readonly retryWindowSeconds: number | undefined;
  /** The data folder; undefined: the tenant's own one. */
  readonly data: string | undefined;
  readonly fresh: boolean;
  /** Port of the page. The next free one is taken when it is in use. */
  readonly port: number;
  /** True to open the page in the browser. */
  readonly open: boolean;
  readonly quiet: boolean;
  /** True to print every poll and every attempt, and the services' addresses. */
  readonly verbose: boolean;
  readonly help: boolean;
}

export const HELP = `Usage: npm start -- [options]

Runs the whole pipeline on this machine, from the stack that \`cdk deploy\` would deploy.
Settings come from the environment or from .env (see .env.example). Without AUTH0_DOMAIN
a simulated tenant is read; without WEBHOOK_URL a receiver of our own is called. With
WEBHOOK_URL=http://localhost:3000/ it is yours: the run says how to give it the signing secret.

  --once                  poll until caught up, wait until everything is delivered or
                          dead-lettered, print a line of JSON, exit
  --timeout SECONDS       with --once: give up after that long, exit 1 (default 300)
  --poll-seconds N        poll every N seconds (default: the stack's schedule;
                          2 for the simulated tenant)
  --concurrent-calls N    at most N requests at a time to the webhook (1 to 100)
  --retry-window SECONDS  dead-letter an event that still fails after that long
  --data DIR              where state is kept (default .local/simulated, or .local/ and
                          the tenant's domain)
  --fresh                 start empty: delete the state first
  --port N                the page's port (default 4280; the next free one if it is taken)
  --open                  open the page in the browser
  --verbose               print every poll and every attempt
  --quiet                 print nothing but errors and the line of JSON
  --help                  print this

Ctrl-C finishes what is in flight; a second Ctrl-C exits at once.`;

/** No well-known service has this port. */
const PAGE_PORT = 4280;
const DAY_SECONDS = 24 * 3600;
/** The longest retry window that the stack takes. */
const LONGEST_RETRY_WINDOW_SECONDS = 12 * DAY_SECONDS;

/**
 * Parses the command line.
 * @throws {UserError} with exit code 2, naming what is wrong
 */
export function parseArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parsed(args);
  const [extra] = positionals;
  if (extra !== undefined) throw wrong(`Unexpected argument '${extra}'.`);
  const { data } = values;
  if (data?.trim() === '') throw wrong('--data needs a directory.');
  return {
    once: values.once ?? false,
    timeoutSeconds: numberOption('--timeout', values.timeout, 1, DAY_SECONDS) ?? 300,
    pollSeconds: numberOption('--poll-seconds', values['poll-seconds'], 1, DAY_SECONDS),
    concurrentCalls: numberOption('--concurrent-calls', values['concurrent-calls'], 1, 100),
    retryWindowSeconds: numberOption(
      '--retry-window',
      values['retry-window'],
      1,
      LONGEST_RETRY_WINDOW_SECONDS,
    ),
    data,
    fresh: values.fresh ?? false,
    port: numberOption('--port', values.port, 0, 65_535) ?? PAGE_PORT,
    open: values.open ?? false,
    quiet: values.quiet ?? false,
    verbose: values.verbose ?? false,
    help: values.help ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        once: { type: 'boolean' },
        timeout: { type: 'string' },
        'poll-seconds': { type: 'string' },
        'concurrent-calls': { type: 'string' },
        'retry-window': { type: 'string' },
        data: { type: 'string' },
        fresh: { type: 'boolean' },
        port: { type: 'string' },
        open: { type: 'boolean' },
        quiet: { type: 'boolean' },
        verbose: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw wrong(`${error.message.split('. ')[0]?.replace(/\.$/, '')}.`); // Node goes on about positional arguments
  }
}

function numberOption(
  option: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = wholeNumber(text, least, most);
  if (value !== undefined) return value;
  throw wrong(`${option} takes a whole number from ${least} to ${most}, not '${text}'.`);
}

function wrong(message: string): UserError {
  return new UserError(`${message} Try --help.`, 2);
}
