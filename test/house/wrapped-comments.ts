/** Width of comments. Code may go on to Biome's 110. */
export const COMMENT_WIDTH = 100;

const DOC_START = /^(\s*)\/\*\*/;
const LINE_COMMENT = /^(\s*)\/\/ (?!biome-|@ts-)/;
/** Beginning of a line of its own inside a comment. */
const ITEM = /^(?:[-*] |\d+\. |@\w+)/;
const VERBATIM = /^(?:\s{2,}|[|#])/;

/** Wraps the comments of a source that are too wide. All others stay as they are. */
export function wrapComments(source: string): string {
  const lines = source.split('\n');
  const out: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const length = docLength(lines, at) || lineCommentLength(lines, at);
    const block = lines.slice(at, at + Math.max(length, 1));
    const isWide = length > 0 && block.some((line) => line.length > COMMENT_WIDTH);
    out.push(...(isWide ? rewritten(block) : block));
    at += block.length;
  }
  return out.join('\n');
}

/** Number of lines of the doc comment that begins here; 0 when none does. */
function docLength(lines: readonly string[], at: number): number {
  if (!DOC_START.test(lines[at] ?? '')) return 0;
  const end = lines.findIndex((line, index) => index >= at && line.trimEnd().endsWith('*/'));
  return end < 0 ? 0 : end - at + 1;
}

function lineCommentLength(lines: readonly string[], at: number): number {
  const indent = LINE_COMMENT.exec(lines[at] ?? '')?.[1];
  if (indent === undefined) return 0;
  const end = lines.findIndex((line, index) => index > at && LINE_COMMENT.exec(line)?.[1] !== indent);
  return (end < 0 ? lines.length : end) - at;
}

function rewritten(block: readonly string[]): readonly string[] {
  const [first = ''] = block;
  const indent = /^\s*/.exec(first)?.[0] ?? '';
  if (LINE_COMMENT.test(first)) {
    return wrap(
      block.map((line) => line.trim().slice(3)),
      `${indent}// `,
    );
  }
  const texts = block.map((line) =>
    line
      .trim()
      .replace(/^\/\*\* ?/, '')
      .replace(/\s*\*\/$/, '')
      .replace(/^\* ?/, ''),
  );
  const inside = texts.filter((text, index) => text !== '' || (index > 0 && index < texts.length - 1));
  return [`${indent}/**`, ...wrap(inside, `${indent} * `), `${indent} */`];
}

function wrap(texts: readonly string[], prefix: string): readonly string[] {
  const paragraphs: string[] = [];
  for (const [index, text] of texts.entries()) {
    const before = texts[index - 1];
    const isNew =
      before === undefined || before === '' || text === '' || ITEM.test(text) || VERBATIM.test(text);
    if (isNew || VERBATIM.test(before)) paragraphs.push(text);
    else paragraphs.push(`${paragraphs.pop() ?? ''} ${text}`);
  }
  return paragraphs.flatMap((text) => filled(text, prefix));
}

function filled(text: string, prefix: string): readonly string[] {
  if (text === '') return [prefix.trimEnd()];
  if (VERBATIM.test(text)) return [`${prefix}${text}`];
  const hanging = ITEM.test(text) ? '  ' : '';
  const lines: string[] = [];
  let line = prefix;
  for (const word of text.split(' ')) {
    const isEmpty = line.trim() === prefix.trim() || line.trimEnd() === prefix.trimEnd();
    if (!isEmpty && line.length + 1 + word.length > COMMENT_WIDTH) {
      lines.push(line);
      line = `${prefix}${hanging}${word}`;
    } else line += isEmpty ? word : ` ${word}`;
  }
  return [...lines, line];
}
