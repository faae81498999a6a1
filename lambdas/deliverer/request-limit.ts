/** How large a request may be that the receiver takes; made smaller by its 413s. */
export interface RequestLimit {
  bytes: number;
}
