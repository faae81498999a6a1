/**
 * A second Ctrl-C this soon is the first one again: npm passes on the one that the terminal has
 * sent to us already.
 */
const SAME_INTERRUPT_MS = 500;

/** Calls `first` on Ctrl-C or SIGTERM, and `second` on the one after that. */
export function onInterrupt(first: () => void, second: () => void): void {
  let interruptedAt: number | undefined;
  const interrupt = () => {
    const now = performance.now();
    if (interruptedAt === undefined) {
      interruptedAt = now;
      first();
    } else if (now - interruptedAt > SAME_INTERRUPT_MS) second();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
}
