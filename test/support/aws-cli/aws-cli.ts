import { isObject } from '../../../lambdas/shared/text/json.ts';
import { type Call, parseCall } from './arguments.ts';
import { printed } from './output.ts';
import { ServiceError, UsageError } from './refusal.ts';
import { faultsOf } from './shapes.ts';

/**
 * Answers a command as its service does, such as `sqs receive-message`. Refuses by throwing a
 * ServiceError.
 */
export type Answer = (input: Readonly<Record<string, unknown>>) => unknown;
export type Answers = Readonly<Record<string, Answer>>;

/** One run of `aws` as a person would see it. */
export interface Run {
  readonly words: readonly string[];
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The input that was sent; undefined when the CLI refused the call before. */
  readonly input?: Readonly<Record<string, unknown>>;
}

/**
 * Runs `aws` with these words and variables, against services that answer so. `file://` has been
 * read already.
 */
export async function runAws(
  words: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
  answers: Answers,
): Promise<Run> {
  let call: Call | undefined;
  try {
    call = parseCall(words);
    const region = call.options.region ?? variables.AWS_REGION ?? variables.AWS_DEFAULT_REGION;
    if (!region) throw new UsageError('You must specify a region. You can also configure your region.', 253);
    const answer = await answerOf(call, answers);
    const stdout = call.command === 'logs tail' ? String(answer) : printed(answer, call.options);
    return { words, exitCode: 0, stdout, stderr: '', input: call.input };
  } catch (error) {
    const input = call && { input: call.input };
    if (error instanceof UsageError) {
      return {
        words,
        exitCode: error.exitCode,
        stdout: '',
        stderr: `aws: error: ${error.message}\n`,
        ...input,
      };
    }
    if (!(error instanceof ServiceError)) throw error;
    const of = `An error occurred (${error.code}) when calling the ${call?.operation.api} operation`;
    return { words, exitCode: 254, stdout: '', stderr: `\n${of}: ${error.message}\n`, ...input };
  }
}

async function answerOf(
  { command, operation, service, input, options }: Call,
  answers: Answers,
): Promise<unknown> {
  const answer = answers[command];
  if (answer === undefined) throw new UsageError(`the stand-in has no answer to: aws ${command}`, 255);
  const given = await answer(input);
  if (operation.output === undefined) return command === 'logs tail' ? given : {}; // the CLI prints nothing
  const faults = faultsOf(given, operation.output, service, 'answer').filter((fault) => !isAllowed(fault));
  if (faults.length > 0) throw new Error(`AWS does not answer so to ${command}:\n${faults.join('\n')}`);
  return paged(given, options);
}

/**
 * True for faults other than of names. An embedded service may answer with a number where the model
 * has a longer text, and so on.
 */
function isAllowed(fault: string): boolean {
  return !fault.startsWith('Unknown parameter');
}

/** Cuts the lists of an answer as `--max-items` does, and says that there is more. */
function paged(answer: unknown, options: Readonly<Record<string, string>>): unknown {
  const most = Number(options['max-items'] ?? Number.POSITIVE_INFINITY);
  if (!isObject(answer)) return answer;
  const cut = Object.values(answer).some((value) => Array.isArray(value) && value.length > most);
  const kept = Object.entries(answer).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.slice(0, Math.min(most, value.length)) : value,
  ]);
  return Object.fromEntries(cut ? [...kept, ['NextToken', 'more']] : kept);
}
