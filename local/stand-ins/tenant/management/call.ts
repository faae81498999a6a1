import type { Answer } from '../answer.ts';
import type { Directory } from './directory.ts';

/** One call of the Management API. */
export interface Call {
  readonly directory: Directory;
  /** Ids of the path, decoded. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export type Handle = (call: Call) => Answer;
