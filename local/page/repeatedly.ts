/**
 * Does something again and again, one at a time, while it is wanted. What cannot be read now (a
 * service that ends, a busy table) is read next time.
 * @returns a function that ends it
 */
export function repeatedly(everyMs: number, isWanted: () => boolean, act: () => Promise<void>): () => void {
  let isActing = false;
  const once = async () => {
    if (isActing || !isWanted()) return;
    isActing = true;
    await act().catch(() => {});
    isActing = false;
  };
  const timer = setInterval(once, everyMs);
  return () => clearInterval(timer);
}
