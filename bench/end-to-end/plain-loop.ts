/** Reads the entries after a position; an empty list is the end. */
export type ReadPage = (from: string) => Promise<readonly { readonly log_id: string }[]>;
export type Post = (entry: { readonly log_id: string }) => Promise<void>;

export interface Timed {
  readonly ms: number;
  /** Average milliseconds that the caller waited for a page, and for a call. */
  readonly pageMs: number;
  readonly webhookMs: number;
  readonly pages: number;
  readonly events: number;
}

/**
 * The plainest correct loop: read all, then POST with a limit. It has no queue, no order and no
 * memory of what was delivered, so after a crash it begins anew.
 */
export async function plainLoop(read: ReadPage, post: Post, calls: number): Promise<Timed> {
  const startedAt = performance.now();
  const entries: { readonly log_id: string }[] = [];
  let pages = 0;
  for (let from = ''; ; ) {
    const page = await read(from);
    pages++;
    entries.push(...page);
    from = page.at(-1)?.log_id ?? from;
    if (page.length < 100) break;
  }
  const readMs = performance.now() - startedAt;
  const events = entries.length;
  let inCalls = 0;
  const worker = async () => {
    for (let entry = entries.shift(); entry; entry = entries.shift()) {
      const begunAt = performance.now();
      await post(entry);
      inCalls += performance.now() - begunAt;
    }
  };
  await Promise.all(Array.from({ length: calls }, worker));
  return {
    ms: performance.now() - startedAt,
    pageMs: readMs / pages,
    webhookMs: inCalls / events,
    pages,
    events,
  };
}

/** Milliseconds that nothing can beat: reading and sending at full speed, side by side. */
export function limitOf({ pages, pageMs, events, webhookMs }: Omit<Timed, 'ms'>, calls: number): number {
  return Math.max(pages * pageMs, (events * webhookMs) / calls);
}
