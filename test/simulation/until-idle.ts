/**
 * Resolves when everything has run that resolved calls lead to, as Node drains all promises before
 * the next tick. An immediate would do, too, but takes a turn of the event loop, with a system
 * call, for each of ten million calls.
 */
export function untilIdle(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
