/** Parses `true` or `false`, in any case; undefined for any other text. */
export function yesOrNo(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : undefined;
}
