import { randomUUID } from 'node:crypto';
import type { FunctionDefinition } from '../template/resources.ts';
import { DRAIN_MS, type OnLine, startBundle } from './bundle-process.ts';
import type { InvocationResult } from './invocation.ts';
import { startRuntimeApi } from './runtime-api.ts';
import { functionVariables } from './variables.ts';

/** Lambda's limit for the init phase. */
const INIT_TIMEOUT_MS = 10_000;

/** A process that serves one invocation at a time. */
export interface Environment {
  readonly isAlive: boolean;
  /**
   * Resolves after every line that the invocation printed has been handed to `onLine`. Never
   * rejects.
   */
  invoke(payload: string): Promise<InvocationResult>;
  /** Kills the process; resolves when it is gone. */
  kill(): Promise<void>;
}

interface Current {
  readonly requestId: string;
  readonly result: PromiseWithResolvers<InvocationResult>;
  readonly printed: PromiseWithResolvers<void>;
  timer: NodeJS.Timeout | undefined;
}

function newInvocation(): Current {
  return {
    requestId: randomUUID(),
    result: Promise.withResolvers(),
    printed: Promise.withResolvers(),
    timer: undefined,
  };
}

/** Waits until all that the invocation printed is read, or the time for that is over. */
async function afterPrinting(invocation: Current): Promise<InvocationResult> {
  const result = await invocation.result.promise;
  clearTimeout(invocation.timer);
  invocation.timer = setTimeout(invocation.printed.resolve, DRAIN_MS);
  await invocation.printed.promise;
  return result;
}

/**
 * Starts an execution environment: a child process with the function's bundle and a Runtime API of
 * its own.
 */
export async function startEnvironment(
  definition: FunctionDefinition,
  extraVariables: Readonly<Record<string, string>>,
  onLine: OnLine,
): Promise<Environment> {
  let current: Current | undefined;
  let isLoaded = false;
  /** Why the process has ended, or is about to end. */
  let end: InvocationResult | undefined;

  const limit = (milliseconds: number, errorType: string) => {
    if (!current) return;
    clearTimeout(current.timer);
    current.timer = setTimeout(() => {
      const message = `Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`;
      end = { kind: 'error', errorType, message };
      bundle.kill();
    }, milliseconds);
  };

  const api = await startRuntimeApi({
    idle() {
      isLoaded = true;
    },
    taken({ timeoutMs }) {
      limit(timeoutMs, 'Sandbox.Timedout');
    },
    done(requestId, result) {
      if (current?.requestId === requestId) current.result.resolve(result);
    },
    initFailed(result) {
      end = result;
    },
  });
  const variables = functionVariables(definition, api.address, extraVariables);
  const bundle = startBundle(definition, variables, onLine, () => current?.printed.resolve());
  const gone = bundle.ended.then(async (reason): Promise<InvocationResult> => {
    end ??= { kind: 'error', ...reason };
    await api.close();
    return end;
  });

  return {
    get isAlive() {
      return end === undefined;
    },
    async invoke(payload) {
      const invocation = newInvocation();
      current = invocation;
      const { requestId } = invocation;
      const timeoutMs = definition.timeoutSeconds * 1000;
      if (!isLoaded) limit(INIT_TIMEOUT_MS, 'Sandbox.InitTimedout');
      api.offer({ requestId, functionArn: definition.arn, payload, timeoutMs });
      const result = await Promise.race([afterPrinting(invocation), gone]);
      clearTimeout(invocation.timer);
      current = undefined;
      return result;
    },
    async kill() {
      bundle.kill();
      await gone;
    },
  };
}
