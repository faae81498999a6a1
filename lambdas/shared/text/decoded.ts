/** Decodes a segment of a path. One with a lone % is not encoded, and stays as it is. */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
