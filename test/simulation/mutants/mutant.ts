/** An exact text of a source, and what replaces it. */
export type Edit = readonly [file: string, text: string, instead: string];

export interface Mutant {
  readonly guard: string;
  readonly edits: readonly Edit[];
}
