/** The words of a text that are separated by spaces or line breaks. */
export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
