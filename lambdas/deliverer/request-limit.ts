/** The largest request that the receiver takes. Its 413s make it smaller. */
export interface RequestLimit {
  bytes: number;
}
