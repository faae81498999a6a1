import { UserError } from '../user-error.ts';

/**
 * Options of ours that npm does not know. When the `--` before them was forgotten, npm hands them
 * over as variables.
 */
const OURS = [
  'once',
  'timeout',
  'poll-seconds',
  'concurrent-calls',
  'retry-window',
  'data',
  'fresh',
  'port',
  'open',
];

/**
 * Refuses to start when npm has swallowed an option. `npm start --once` gives the option to npm,
 * which takes it for a setting of its own and starts us without it.
 *
 * @throws {UserError} with exit code 2, saying what to type
 */
export function refuseSwallowedOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): void {
  if (environment.npm_lifecycle_event !== 'start') return;
  const swallowed = OURS.flatMap((name) => {
    const value = environment[`npm_config_${name.replaceAll('-', '_')}`];
    return value === undefined ? [] : [{ name, value }];
  });
  const [first] = swallowed;
  if (first === undefined) return;
  // `--timeout 5` comes as `true`, with the 5 left among the arguments. Such an option goes last,
  // before them.
  const last = swallowed.filter(({ value }) => value === 'true').map(({ name }) => `--${name}`);
  const whole = swallowed
    .filter(({ value }) => value !== 'true')
    .map(({ name, value }) => `--${name} ${value}`);
  throw new UserError(
    `npm kept --${first.name} for itself, as the \`--\` before our options is missing. ` +
      `Type: npm start -- ${[...whole, ...last, ...args].join(' ')}`,
    2,
  );
}
