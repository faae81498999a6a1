import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';

const failed = z.object({ errorMessage: z.optional(z.string()), errorType: z.optional(z.string()) });

export interface Ran {
  /** The error that the function threw; undefined when it ended well. */
  readonly failure: string | undefined;
  /** Its last log lines, of which Lambda's answer holds 4 KB. */
  readonly printed: readonly string[];
}

/**
 * Runs a function and waits for its end. While it is busy Lambda refuses at once, and `failure`
 * says so: the run that is going on does the same work.
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
