import type { HostedFunction } from '../host/function.ts';
import type { InvocationEnd } from '../page/metrics/sources.ts';

/**
 * Wraps a function, so that the end of each invocation is reported, as Lambda reports it to
 * CloudWatch.
 */
export function measured(
  hosted: HostedFunction,
  told: ((end: InvocationEnd) => void) | undefined,
): HostedFunction {
  if (!told) return hosted;
  return {
    ...hosted,
    async invoke(payload) {
      const startedAt = performance.now();
      const atOnce = hosted.inFlight() + 1;
      const result = await hosted.invoke(payload);
      const durationMs = Math.round(performance.now() - startedAt);
      told({ functionName: hosted.definition.name, kind: result.kind, durationMs, atOnce });
      return result;
    },
  };
}
