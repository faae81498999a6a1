import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';

const failed = z.object({ errorMessage: z.optional(z.string()), errorType: z.optional(z.string()) });

export interface Ran {
  /** What it threw; undefined when it ended well. */
  readonly failure: string | undefined;
  /** The last lines that it printed, as far as the answer tells them. */
  readonly printed: readonly string[];
}

/**
 * Runs a function and waits for its end. Busy ones refuse (TooManyRequestsException), at once: the
 * other run does the same.
 */
export async function runFunction(client: LambdaClient, name: string): Promise<Ran> {
  try {
    const { FunctionError, Payload, LogResult } = await client.send(
      new InvokeCommand({
        FunctionName: name,
        Payload: '{}',
        InvocationType: 'RequestResponse',
        LogType: 'Tail',
      }),
    );
    const printed = Buffer.from(LogResult ?? '', 'base64')
      .toString('utf8')
      .split('\n');
    if (FunctionError === undefined) return { failure: undefined, printed };
    const text = Payload ? Buffer.from(Payload).toString('utf8') : '';
    const { data } = failed.safeParse(jsonOrUndefined(text));
    return { failure: data?.errorMessage ?? data?.errorType ?? FunctionError, printed };
  } catch (error) {
    if (error instanceof Error && error.name === 'TooManyRequestsException')
      return { failure: 'another poll is running: it reads what there is', printed: [] };
    throw error;
  }
}
