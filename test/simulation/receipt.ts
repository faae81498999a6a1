import type { Process } from './process.ts';

/** One arrival of an event at the webhook. */
export interface Receipt {
  readonly process: Process;
  /**
   * Batch and ordinal, as `placeOf` writes them; undefined when nothing keeps count of the event.
   */
  readonly place: string | undefined;
  readonly answered: boolean;
}

export function placeOf(batch: string, ordinal: string | number): string {
  return `${batch}/${ordinal}`;
}
