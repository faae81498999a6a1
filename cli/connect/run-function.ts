import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';

const failed = z.object({ errorMessage: z.optional(z.string()), errorType: z.optional(z.string()) });

/**
 * Runs a function and waits for its end; `failure` is what it threw. Busy ones refuse
 * (TooManyRequestsException).
 */
export async function runFunction(
  client: LambdaClient,
  name: string,
): Promise<{ readonly failure: string | undefined }> {
  try {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: name, Payload: '{}', InvocationType: 'RequestResponse' }),
    );
    if (FunctionError === undefined) return { failure: undefined };
    const text = Payload ? Buffer.from(Payload).toString('utf8') : '';
    const { data } = failed.safeParse(jsonOrUndefined(text));
    return { failure: data?.errorMessage ?? data?.errorType ?? FunctionError };
  } catch (error) {
    if (error instanceof Error && error.name === 'TooManyRequestsException')
      return { failure: 'another poll is running: it reads what there is' };
    throw error;
  }
}
