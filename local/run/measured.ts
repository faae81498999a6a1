import type { HostedFunction } from '../host/function.ts';
import type { InvocationEnd } from '../page/metrics/sources.ts';

/**
 * Wraps a function, so that the end of each invocation is reported, as Lambda reports it to
 * CloudWatch.
 */
export function measured(
  hosted: HostedFunction,
  onEnd: ((end: InvocationEnd) => void) | undefined,
): HostedFunction {
  if (!onEnd) return hosted;
  return {
    ...hosted,
    async invoke(payload) {
      const startedAt = performance.now();
      const atOnce = hosted.inFlight() + 1;
      const result = await hosted.invoke(payload);
      const durationMs = Math.round(performance.now() - startedAt);
      onEnd({ functionName: hosted.definition.name, kind: result.kind, durationMs, atOnce });
      return result;
    },
  };
}
