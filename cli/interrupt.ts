/**
 * Calls `act` at the first Ctrl-C; the second ends the program at once, as without this.
 * @returns takes it back
 */
export function onInterrupt(act: () => void): () => void {
  process.once('SIGINT', act);
  return () => {
    process.off('SIGINT', act);
  };
}
