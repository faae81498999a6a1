import { type Argument, GLOBALS, LOGS_TAIL, MODEL, type Operation, type Service } from './model.ts';
import { parameterOf } from './parameters.ts';
import { UsageError } from './refusal.ts';
import { faultsOf } from './shapes.ts';

/** One parsed call of the CLI. */
export interface Call {
  /** The command, such as `sqs receive-message`. */
  readonly command: string;
  readonly service: Service;
  readonly operation: Operation;
  readonly input: Readonly<Record<string, unknown>>;
  /**
   * Options of all commands, such as `--region`, `--query` and `--output`, and those that the CLI
   * itself carries out, such as `--max-items`.
   */
  readonly options: Readonly<Record<string, string>>;
}

const NO_SERVICE: Service = { operations: {}, shapes: {} };

/** Parses a call. Throws a UsageError for what the CLI would refuse. */
export function parseCall(words: readonly string[]): Call {
  const [serviceName = '', operationName = '', ...rest] = withoutLeadingGlobals(words);
  const command = `${serviceName} ${operationName}`;
  const service = MODEL.services[serviceName] ?? NO_SERVICE;
  const operation = command === 'logs tail' ? LOGS_TAIL : service.operations[operationName];
  if (operation === undefined) {
    throw new UsageError(
      `argument command: Invalid choice, or not recorded in commands.json: aws ${command}`,
    );
  }
  const { input, options } = optionsOf(rest, operation, service);
  const faults = operation === LOGS_TAIL ? [] : inputFaults(input, operation, service);
  if (faults.length > 0) throw new UsageError(`Parameter validation failed:\n${faults.join('\n')}`);
  return { command, service, operation, input, options };
}

/** Moves options that stand before the service behind it: `aws --region eu-west-1 sqs ...`. */
function withoutLeadingGlobals(words: readonly string[]): readonly string[] {
  let at = 0;
  while (words[at]?.startsWith('--')) at += GLOBALS[words[at]?.slice(2) ?? '']?.takesValue ? 2 : 1;
  return [...words.slice(at), ...words.slice(0, at)];
}

function optionsOf(words: readonly string[], operation: Operation, service: Service) {
  const byName = new Map(operation.arguments.map((argument) => [argument.name, argument]));
  const positional = operation.arguments.filter(
    (argument) => argument.positional || argument.name === 'outfile',
  );
  const input: Record<string, unknown> = {};
  const options: Record<string, string> = {};
  const given = new Set<string>();
  const unknown: string[] = [];

  for (let at = 0; at < words.length; ) {
    const word = words[at++] ?? '';
    if (!word.startsWith('--')) {
      const argument = positional.find(({ name }) => !given.has(name));
      if (argument === undefined) unknown.push(word);
      else take(argument, [word]);
      continue;
    }
    const [name = '', attached] = word.slice(2).split(/=(.*)/s);
    const argument = byName.get(name);
    if (argument === undefined && GLOBALS[name] === undefined) {
      unknown.push(word);
      continue;
    }
    if (argument ? argument.type === 'boolean' : !GLOBALS[name]?.takesValue) {
      if (argument) take(argument, []);
      else options[name] = 'true';
      continue;
    }
    const values = attached === undefined ? [] : [attached];
    const several = argument?.type === 'list';
    while (at < words.length && (several || values.length === 0) && !words[at]?.startsWith('--')) {
      values.push(words[at++] ?? '');
    }
    if (values.length === 0) throw new UsageError(`argument --${name}: expected one argument`);
    if (argument) take(argument, values);
    else options[name] = values[0] ?? '';
  }

  function take(argument: Argument, values: readonly string[]): void {
    given.add(argument.name);
    if (argument.type === 'boolean') {
      if (argument.member) input[argument.member] = !argument.name.startsWith('no-');
    } else if (argument.member && argument.shape !== 'PageArgument') {
      input[argument.member] = parameterOf(argument, values, service);
    } else options[argument.name] = values[0] ?? '';
  }

  if (unknown.length > 0) throw new UsageError(`Unknown options: ${unknown.join(', ')}`);
  const missing = operation.arguments.filter(({ required, name }) => required && !given.has(name));
  if (missing.length > 0) {
    const names = missing.map(({ name, positional: bare }) => (bare ? name : `--${name}`));
    throw new UsageError(`the following arguments are required: ${names.join(', ')}`);
  }
  return { input, options };
}

function inputFaults(
  input: Readonly<Record<string, unknown>>,
  operation: Operation,
  service: Service,
): readonly string[] {
  return Object.entries(input).flatMap(([member, value]) => {
    const shape = operation.arguments.find((argument) => argument.member === member)?.shape;
    return shape === undefined ? [] : faultsOf(value, shape, service, member);
  });
}
