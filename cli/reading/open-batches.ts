import type { Batch } from '../../lambdas/shared/ledger/items.ts';
import type { Connection } from '../connect/connection.ts';

const PAGE = 100;

/** Open batches beside a walk over the log. It holds only those around the walk's position. */
export interface OpenBatches {
  /**
   * Batches that have something pending and whose range holds the position. Positions must come in
   * log order.
   * @param isBehind true: what is looked for stands right behind the position, and may be in the
   * batch that begins there
   */
  around(position: string, isBehind?: boolean): Promise<readonly Batch[]>;
}

export function walkOpenBatches({ ledger }: Connection['operations']): OpenBatches {
  const all = every(ledger);
  let next: Batch | undefined;
  let isOver = false;
  let near: Batch[] = [];
  return {
    async around(position, isBehind = false) {
      for (;;) {
        if (!next && !isOver) {
          const { value, done } = await all.next();
          if (done) isOver = true;
          else next = value;
        }
        if (!next || next.from > position || (next.from === position && !isBehind)) break;
        near.push(next);
        next = undefined;
      }
      near = near.filter(({ to }) => to >= position);
      return near.filter(({ pending }) => pending.size > 0);
    },
  };
}

async function* every(
  ledger: Pick<Connection['operations']['ledger'], 'openBatchesAfter'>,
): AsyncGenerator<Batch, void> {
  for (let after: string | undefined; ; ) {
    const page: readonly Batch[] = await ledger.openBatchesAfter(after, PAGE);
    yield* page;
    after = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}
