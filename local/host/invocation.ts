import * as z from 'zod';

export type InvocationResult =
  /** `payload` is the JSON of what the handler returned. */
  | { readonly kind: 'success'; readonly payload: string }
  /** The handler threw, the process died, or the time was over. */
  | { readonly kind: 'error'; readonly errorType: string; readonly message: string }
  /** No execution environment was free within the reserved concurrency. */
  | { readonly kind: 'throttled' };

export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  /** The event's JSON. */
  readonly payload: string;
  readonly timeoutMs: number;
}

const functionError = z.object({ errorType: z.string(), errorMessage: z.string() });

/** The result of a handler that threw, as the runtime client reports it. */
export function handlerError(body: string): InvocationResult {
  try {
    const { errorType, errorMessage } = functionError.parse(JSON.parse(body));
    return { kind: 'error', errorType, message: errorMessage };
  } catch {
    return {
      kind: 'error',
      errorType: 'Runtime.Unknown',
      message: 'The function failed without saying why.',
    };
  }
}
