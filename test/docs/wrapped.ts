export const WIDTH = 100;

/** A word of a paragraph. Short code and links stay whole, as a break in them is hard to read. */
const WORD = /(?:`[^`]*`|\[[^\]]*\]\([^)]*\)|\S)+/g;
const LONGEST_WHOLE = 70;
const FENCE = /^\s*```/;
const ALONE = /^$|^[|#><]/;
const ITEM = /^\s*(?:[-*]|\d+\.)\s+/;

/**
 * Wraps paragraphs and list items of Markdown. Code blocks, tables and headings stay as they are.
 */
export function wrapped(markdown: string): string {
  const out: string[] = [];
  let paragraph: string[] = [];
  let isCode = false;
  const flush = () => {
    if (paragraph.length > 0) out.push(...wrap(paragraph));
    paragraph = [];
  };
  for (const line of markdown.split('\n')) {
    if (FENCE.test(line) || isCode || ALONE.test(line)) {
      flush();
      out.push(line);
      if (FENCE.test(line)) isCode = !isCode;
      continue;
    }
    if (ITEM.test(line)) flush();
    paragraph.push(line);
  }
  flush();
  return out.join('\n');
}

function wrap(paragraph: readonly string[]): readonly string[] {
  const [first = '', ...rest] = paragraph;
  const [bullet = ''] = ITEM.exec(first) ?? /^\s*/.exec(first) ?? [];
  const text = [first.slice(bullet.length), ...rest.map((line) => line.trim())].join(' ');
  const words = (text.match(WORD) ?? []).flatMap((word) =>
    word.length > LONGEST_WHOLE ? word.split(' ') : [word],
  );
  const lines: string[] = [];
  let line = bullet;
  let isEmpty = true;
  for (const word of words) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' '.repeat(bullet.length) + word;
    } else line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
