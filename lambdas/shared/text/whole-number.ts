/**
 * Parses a text of digits; undefined for any other text, and for a number outside of the limits.
 */
export function wholeNumber(text: string, least: number, most: number): number | undefined {
  if (!/^\d{1,15}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= least && number <= most ? number : undefined;
}
