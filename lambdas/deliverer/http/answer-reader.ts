import { type AnswerBody, answerBody } from './answer-body.ts';
import { type AnswerHead, MalformedAnswerError, readHead } from './answer-head.ts';

/** Longest head, with the informational ones before it (RFC 9110 §15.2). curl takes 300 kB. */
const LONGEST_HEAD_BYTES = 64 * 1024;
/** What is kept of an error page for a person to see. */
const EXCERPT_BYTES = 1024;
const CR = 0x0d;
const LF = 0x0a;

/** Reads one answer from the bytes of a connection, as they come. */
export class AnswerReader {
  head: AnswerHead | undefined;
  /** Bytes of the answer so far, the body's included. */
  bytes = 0;
  /** The beginning of the body. */
  excerpt = Buffer.alloc(0);
  #pending = Buffer.alloc(0);
  #headBytes = 0;
  #body: AnswerBody | undefined;
  #isClean = true;

  /**
   * Takes bytes of the connection.
   * @throws {MalformedAnswerError} when they are no answer
   */
  read(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.#body) this.#readBody(chunk);
    else {
      this.#pending = Buffer.concat([this.#pending, chunk]);
      this.#readHeads(chunk.length);
    }
  }

  /**
   * Takes the end of the connection.
   * @throws {MalformedAnswerError} when it came within the head
   */
  end(): void {
    this.#isClean = false;
    if (this.head === undefined && this.bytes > 0) throw new MalformedAnswerError('cut-short');
  }

  /** True when nothing more belongs to this answer. */
  get isOver(): boolean {
    return this.#body !== undefined && this.#body.state !== 'open';
  }

  /**
   * True when the answer is over, and the next byte of the connection surely belongs to the next
   * answer.
   */
  get isClean(): boolean {
    return this.#isClean && this.head?.isClean === true && this.#body?.state === 'complete';
  }

  #readHeads(newBytes: number): void {
    let from = Math.max(0, this.#pending.length - newBytes - 2); // an empty line may have begun before the chunk
    for (let end = headEnd(this.#pending, from); end !== -1; end = headEnd(this.#pending, from)) {
      this.#checkSize(end);
      const head = readHead(this.#pending.toString('latin1', 0, end));
      const rest = Buffer.from(this.#pending.subarray(end));
      this.#headBytes += end;
      from = 0;
      if (head.status === 101) throw new MalformedAnswerError('switched-protocols');
      if (head.status >= 200) {
        this.head = head;
        this.#body = answerBody(head.bodyEnd);
        this.#pending = Buffer.alloc(0);
        if (rest.length > 0) this.#readBody(rest);
        return;
      }
      this.#isClean &&= head.isClean; // informational: the answer is still to come
      this.#pending = rest;
    }
    this.#checkSize(this.#pending.length);
    this.#checkStart();
  }

  #checkSize(bytes: number): void {
    if (this.#headBytes + bytes > LONGEST_HEAD_BYTES) throw new MalformedAnswerError('head-too-large');
  }

  /**
   * Refuses at once what is no HTTP at all. Otherwise the fault would show only when the connection
   * ends or the time-out is over.
   */
  #checkStart(): void {
    const start = this.#pending.toString('latin1', 0, 16).replace(/^(\r?\n)+/, '');
    if (start !== '' && start !== '\r' && !'HTTP/1.'.startsWith(start.slice(0, 7)))
      throw new MalformedAnswerError('no-http');
  }

  #readBody(chunk: Buffer): void {
    for (const part of this.#body?.read(chunk) ?? [])
      if (this.excerpt.length < EXCERPT_BYTES)
        this.excerpt = Buffer.concat([this.excerpt, part.subarray(0, EXCERPT_BYTES - this.excerpt.length)]);
  }
}

/** Finds where the first empty line ends, after CRLF or LF alone; -1 when it has not come yet. */
function headEnd(bytes: Buffer, from: number): number {
  let start = 0; // empty lines before the status line are passed over
  while (bytes[start] === LF || (bytes[start] === CR && bytes[start + 1] === LF))
    start += bytes[start] === LF ? 1 : 2;
  for (let at = bytes.indexOf(LF, Math.max(start, from)); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    const next = bytes[at + 1] === CR ? at + 2 : at + 1;
    if (bytes[next] === LF) return next + 1;
  }
  return -1;
}
