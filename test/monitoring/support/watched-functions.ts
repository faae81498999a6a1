import { DelivererEnv } from '../../../lambdas/shared/contract.ts';
import { type HostedFunction, hostFunction } from '../../../local/host/function.ts';
import type { InvocationResult } from '../../../local/host/invocation.ts';
import type { Pipeline } from '../../../local/template/pipeline.ts';
import type { FunctionDefinition } from '../../../local/template/resources.ts';
import type { Watch } from './watch.ts';

export interface DelivererChange {
  /** Another handler of the bundle, such as one that is not there. */
  readonly handler?: string;
  /** Another retry window. The deployed stack allows a minute at least. */
  readonly retryWindowSeconds?: number;
  /** Another concurrency, as somebody may set by hand. */
  readonly reservedConcurrency?: number;
}

/**
 * Both functions in local mode's host. The watch gets what Lambda itself reports of each
 * invocation.
 */
export interface WatchedFunctions {
  poll(): Promise<InvocationResult>;
  deliver(payload: string): Promise<InvocationResult>;
  close(): Promise<void>;
}

export function watchedFunctions(
  { poller, deliverer }: Pipeline,
  watch: Watch,
  variables: Readonly<Record<string, string>>,
  change: DelivererChange,
): WatchedFunctions {
  const host = (definition: FunctionDefinition) =>
    hostFunction(definition, { variables, onLine: watch.takeLine });
  const hostedPoller = host(poller);
  const hostedDeliverer = host(changed(deliverer, change));

  async function invoke(hosted: HostedFunction, payload: string): Promise<InvocationResult> {
    const startedAt = performance.now();
    const result = await hosted.invoke(payload);
    const ran = {
      Invocations: 1,
      Errors: result.kind === 'error' ? 1 : 0,
      Throttles: 0,
      Duration: performance.now() - startedAt,
      ConcurrentExecutions: 1,
    };
    const { name } = hosted.definition;
    watch.take('AWS/Lambda', 'FunctionName', name, result.kind === 'throttled' ? { Throttles: 1 } : ran);
    return result;
  }

  return {
    poll: () => invoke(hostedPoller, '{}'),
    deliver: (payload) => invoke(hostedDeliverer, payload),
    async close() {
      await Promise.all([hostedPoller.close(), hostedDeliverer.close()]);
    },
  };
}

function changed(
  definition: FunctionDefinition,
  {
    handler = definition.handler,
    reservedConcurrency = definition.reservedConcurrency,
    retryWindowSeconds,
  }: DelivererChange,
): FunctionDefinition {
  const environment = { ...definition.environment };
  if (retryWindowSeconds !== undefined)
    environment[DelivererEnv.retryWindowSeconds] = String(retryWindowSeconds);
  return { ...definition, handler, reservedConcurrency, environment };
}
