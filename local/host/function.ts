import type { FunctionDefinition } from '../template/resources.ts';
import type { OnLine } from './bundle-process.ts';
import { type Environment, startEnvironment } from './environment.ts';
import type { InvocationResult } from './invocation.ts';

/** How many invocations a new AWS account may run at a time when none are reserved. */
const UNRESERVED_CONCURRENCY = 10;

/** A hosted Lambda function. */
export interface HostedFunction {
  readonly definition: FunctionDefinition;
  /**
   * Makes one invocation; `payload` is the event's JSON. It is throttled when every reserved
   * environment is busy. Never rejects.
   */
  invoke(payload: string): Promise<InvocationResult>;
  /**
   * Starts so many processes before they are needed, as the first events would wait for them. One
   * that cannot load its module is told by the first invocation, which starts another.
   */
  warm(processes: number): Promise<void>;
  /** Number of invocations that have not ended. */
  inFlight(): number;
  /** Ends the function's processes, busy ones too. */
  close(): Promise<void>;
}

export interface HostOptions {
  /** Variables that are set after Lambda's and the function's own. */
  readonly variables: Readonly<Record<string, string>>;
  readonly onLine: OnLine;
}

/**
 * Hosts a function as Lambda does: a process for each concurrent invocation, kept for the next one.
 */
export function hostFunction(
  definition: FunctionDefinition,
  { variables, onLine }: HostOptions,
): HostedFunction {
  const concurrency = definition.reservedConcurrency ?? UNRESERVED_CONCURRENCY;
  const idle: Environment[] = [];
  const alive = new Set<Environment>();
  let running = 0;
  let isClosed = false;

  const start = async (): Promise<Environment> => {
    const environment = await startEnvironment(definition, variables, onLine);
    alive.add(environment);
    return environment;
  };

  const take = async (): Promise<Environment> => {
    for (let warm = idle.pop(); warm; warm = idle.pop()) {
      if (warm.isAlive) return warm;
      alive.delete(warm); // it died while nobody used it
    }
    return await start();
  };

  const invoke = async (payload: string): Promise<InvocationResult> => {
    const environment = await take();
    const result = await environment.invoke(payload);
    if (environment.isAlive) idle.push(environment);
    else alive.delete(environment);
    return result;
  };

  return {
    definition,
    async invoke(payload) {
      if (isClosed || running >= concurrency) return { kind: 'throttled' };
      running += 1;
      try {
        return await invoke(payload);
      } catch (error) {
        return {
          kind: 'error',
          errorType: 'Runtime.Unstartable',
          message: error instanceof Error ? error.message : String(error),
        };
      } finally {
        running -= 1;
      }
    },
    async warm(processes) {
      const wanted = Math.min(processes, concurrency);
      const started = await Promise.allSettled(Array.from({ length: wanted }, start));
      for (const each of started) if (each.status === 'fulfilled') idle.push(each.value);
    },
    inFlight: () => running,
    async close() {
      isClosed = true;
      await Promise.all([...alive].map((environment) => environment.kill()));
      alive.clear();
    },
  };
}
