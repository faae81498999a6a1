import type { BodyEnd } from './answer-head.ts';

const CR = 0x0d;
const LF = 0x0a;
/**
 * Longest line of a chunk's size: hexadecimal digits, an extension after them (RFC 9112 §7.1.1),
 * and CR.
 */
const LONGEST_SIZE_LINE = 256;

/** Follows a body to its end. */
export interface AnswerBody {
  /** Takes a chunk of the connection, and gives the bytes of content in it. */
  read(chunk: Buffer): readonly Buffer[];
  /**
   * `open` while more is to come. `broken` when its end cannot be found, or bytes came after it.
   */
  readonly state: 'open' | 'complete' | 'broken';
}

export function answerBody(end: BodyEnd): AnswerBody {
  return end === 'chunked'
    ? new ChunkedBody()
    : new PlainBody(end === 'close' ? Number.POSITIVE_INFINITY : end);
}

class PlainBody implements AnswerBody {
  #left: number;
  state: AnswerBody['state'];

  constructor(bytes: number) {
    this.#left = bytes;
    this.state = bytes === 0 ? 'complete' : 'open';
  }

  read(chunk: Buffer): readonly Buffer[] {
    const own = chunk.subarray(0, Math.min(this.#left, chunk.length));
    this.#left -= own.length;
    if (chunk.length > own.length) this.state = 'broken';
    else if (this.#left === 0) this.state = 'complete';
    return [own];
  }
}

/**
 * A chunked body. It is strict: what deviates from RFC 9112 §7.1 breaks it off, trailers included.
 */
class ChunkedBody implements AnswerBody {
  state: AnswerBody['state'] = 'open';
  /** What comes next. `crlf` ends a chunk, `last` the whole body. */
  #expects: 'size' | 'data' | 'crlf' | 'last' = 'size';
  #line = '';
  #left = 0;

  read(chunk: Buffer): readonly Buffer[] {
    const content: Buffer[] = [];
    for (let at = 0; at < chunk.length && this.state !== 'broken'; ) {
      if (this.state === 'complete') this.state = 'broken';
      else if (this.#expects === 'data') {
        const own = chunk.subarray(at, at + this.#left);
        content.push(own);
        at += own.length;
        this.#left -= own.length;
        if (this.#left === 0) this.#expects = 'crlf';
      } else this.#readLine(chunk[at++]);
    }
    return content;
  }

  #readLine(byte: number | undefined): void {
    if (byte !== LF) {
      this.#line += String.fromCharCode(byte ?? 0);
      if (this.#line.length > LONGEST_SIZE_LINE) this.state = 'broken';
      return;
    }
    const line = this.#line;
    this.#line = '';
    if (line.charCodeAt(line.length - 1) !== CR) this.state = 'broken';
    else if (this.#expects === 'size') this.#readSize(line);
    else if (line.length > 1) this.state = 'broken';
    else if (this.#expects === 'crlf') this.#expects = 'size';
    else this.state = 'complete';
  }

  #readSize(line: string): void {
    const [, size] = /^([0-9a-f]{1,8})[ \t]*(?:;[^\r]*)?\r$/i.exec(line) ?? [];
    if (size === undefined) this.state = 'broken';
    this.#left = Number.parseInt(size ?? '0', 16);
    this.#expects = this.#left === 0 ? 'last' : 'data';
  }
}
