export const MALFORMED = ['no-http', 'head-too-large', 'cut-short', 'switched-protocols'] as const;

/** The receiver's bytes are no answer of HTTP/1. `code` says why in a word. */
export class MalformedAnswerError extends Error {
  readonly code: (typeof MALFORMED)[number];

  constructor(code: MalformedAnswerError['code']) {
    super(`malformed answer: ${code}`);
    this.name = 'MalformedAnswerError';
    this.code = code;
  }
}

/** How the body ends: after so many bytes, with its last chunk, or with the connection. */
export type BodyEnd = number | 'chunked' | 'close';

export interface AnswerHead {
  readonly status: number;
  /** Values by name in lower case. Of several with one name it has the first. */
  readonly headers: ReadonlyMap<string, string>;
  readonly bodyEnd: BodyEnd;
  /**
   * False when anything about the head is unusual. Where such an answer ends is a guess. After a
   * wrong guess the rest of this answer would be read as the answer to the next request, so the
   * connection must not be used again.
   */
  readonly isClean: boolean;
}

/** A status line as curl takes it. The reason may be missing. */
const STATUS_LINE = /^HTTP\/1\.(\d)[ \t]+(\d{3})(?:[ \t].*)?$/s;
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Reads a head as curl does: LF alone ends a line, lines may be folded (RFC 9112 §5.2), and values
 * may hold anything.
 * @param text the head in Latin-1, up to and with its empty line
 * @throws {MalformedAnswerError} when it does not begin with a status line of HTTP/1
 */
export function readHead(text: string): AnswerHead {
  const [statusLine = '', ...lines] = text.replace(/^(\r?\n)+/, '').split(/\r*\n/);
  const [, minor, digits] = STATUS_LINE.exec(statusLine) ?? [];
  const status = Number(digits);
  if (minor === undefined || status < 100) throw new MalformedAnswerError('no-http');
  const fields = lines.filter((line) => line !== '').map(readField);
  const usesCrlf = !/(^|[^\r])\n|\r\r\n|^\r?\n/.test(text);
  const framing = framingOf(status, fields);
  return {
    status,
    headers: new Map(fields.toReversed().map(({ name, value }) => [name, value])),
    bodyEnd: framing.bodyEnd,
    isClean:
      usesCrlf &&
      minor === '1' &&
      VALUE.test(statusLine) &&
      framing.isClean &&
      fields.every(({ isClean }) => isClean),
  };
}

interface Field {
  readonly name: string;
  readonly value: string;
  readonly isClean: boolean;
}

/**
 * Reads a header line. A folded line has no name of its own. It is passed over, as is a line
 * without a colon.
 */
function readField(line: string): Field {
  const [, name = '', value = ''] = /^([^:]*):?(.*)$/s.exec(line) ?? [];
  const isFolded = /^[ \t]/.test(line);
  return {
    name: isFolded ? '' : name.trim().toLowerCase(),
    value: value.trim(),
    isClean: !isFolded && line.includes(':') && NAME.test(name) && VALUE.test(value),
  };
}

function framingOf(
  status: number,
  fields: readonly Field[],
): { readonly bodyEnd: BodyEnd; readonly isClean: boolean } {
  const valuesOf = (wanted: string) =>
    fields
      .filter(({ name }) => name === wanted)
      .flatMap(({ value }) => value.split(',').map((v) => v.trim()));
  const codings = valuesOf('transfer-encoding').map((coding) => coding.toLowerCase());
  const lengths = valuesOf('content-length');
  const isKept = !valuesOf('connection').some((option) => option.toLowerCase() === 'close');
  const hasBody = status >= 200 && status !== 204 && status !== 304;
  if (!hasBody) {
    const saysNone = codings.length === 0 && lengths.every((length) => length === '0');
    return { bodyEnd: 0, isClean: isKept && saysNone };
  }
  if (codings.length > 0) {
    const isChunked = codings.at(-1) === 'chunked';
    return {
      bodyEnd: isChunked ? 'chunked' : 'close',
      isClean: isKept && isChunked && codings.length === 1 && lengths.length === 0,
    };
  }
  const [length] = new Set(lengths);
  if (length === undefined || !/^\d{1,15}$/.test(length) || new Set(lengths).size > 1)
    return { bodyEnd: 'close', isClean: false };
  return { bodyEnd: Number(length), isClean: isKept && lengths.length === 1 };
}
