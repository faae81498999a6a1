/**
 * npm passes on the Ctrl-C that the terminal has sent to us already. A second one this soon is the
 * same one.
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
