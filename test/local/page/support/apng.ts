import { deflateSync } from 'node:zlib';
import { chunk, uint32 } from './png-chunks.ts';
import type { Frame } from './read-png.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Makes an animation. Each picture stores only the rectangle that differs from the one before. */
export function writeApng(frames: readonly Frame[]): Buffer {
  const [first] = frames;
  if (!first) throw new Error('an animation has at least one picture');
  const { width, height } = first;
  let sequence = 0;
  const body = frames.flatMap((frame, index) => {
    const before = frames[index - 1];
    const box = before ? boxOf(before, frame) : { x: 0, y: 0, width, height };
    const data = boxData(frame, box, before);
    const control = chunk('fcTL', controlOf(sequence++, box, frame.ms, index > 0));
    if (index === 0) return [control, chunk('IDAT', data)];
    return [control, chunk('fdAT', Buffer.concat([uint32(sequence++), data]))];
  });
  const header = Buffer.concat([uint32(width), uint32(height), Buffer.from([8, 6, 0, 0, 0])]);
  const animation = Buffer.concat([uint32(frames.length), uint32(0)]);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('acTL', animation),
    ...body,
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Finds the smallest rectangle outside of which both pictures are the same; one pixel where they
 * are the same everywhere.
 */
function boxOf(before: Frame, after: Frame): Box {
  const { width, height, pixels } = after;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1) {
    const start = y * width * 3;
    const row = pixels.subarray(start, start + width * 3);
    const old = before.pixels.subarray(start, start + width * 3);
    if (row.equals(old)) continue;
    top = Math.min(top, y);
    bottom = y + 1;
    let first = 0;
    while (row[first] === old[first]) first += 1;
    let last = row.length - 1;
    while (row[last] === old[last]) last -= 1;
    left = Math.min(left, Math.floor(first / 3));
    right = Math.max(right, Math.floor(last / 3) + 1);
  }
  if (bottom === 0) return { x: 0, y: 0, width: 1, height: 1 };
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * Data of the rectangle in red, green, blue and alpha. A pixel that is as before is transparent.
 * Each row is stored as it is, or as its difference from the one above, whichever deflates to less.
 */
function boxData(frame: Frame, box: Box, before: Frame | undefined): Buffer {
  const rows = Array.from({ length: box.height }, (_, y) => rowOf(frame, box, y, before));
  const above = (y: number) => rows[y - 1] ?? Buffer.alloc(box.width * 4);
  const plain = rows.map((row) => Buffer.concat([Buffer.from([0]), row]));
  const differences = rows.map((row, y) => {
    const over = above(y);
    return Buffer.concat([Buffer.from([2]), row.map((value, at) => value - (over[at] ?? 0))]);
  });
  const [one, other] = [plain, differences].map((each) => deflateSync(Buffer.concat(each), { level: 9 }));
  if (!one || !other) throw new Error('nothing was deflated');
  return one.length < other.length ? one : other;
}

function rowOf({ width, pixels }: Frame, box: Box, y: number, before: Frame | undefined): Buffer {
  const row = Buffer.alloc(box.width * 4);
  for (let x = 0; x < box.width; x += 1) {
    const at = ((box.y + y) * width + box.x + x) * 3;
    const isSame = before?.pixels.compare(pixels, at, at + 3, at, at + 3) === 0;
    if (isSame) continue;
    pixels.copy(row, x * 4, at, at + 3);
    row[x * 4 + 3] = 255;
  }
  return row;
}

/**
 * Makes the chunk that controls a picture.
 * @param isOver true to draw it over the picture before, which shows through where it is
 *   transparent
 */
function controlOf(sequence: number, { x, y, width, height }: Box, ms: number, isOver: boolean): Buffer {
  const delay = Buffer.alloc(6);
  delay[5] = isOver ? 1 : 0;
  delay.writeUInt16BE(ms, 0);
  delay.writeUInt16BE(1_000, 2);
  return Buffer.concat([uint32(sequence), uint32(width), uint32(height), uint32(x), uint32(y), delay]);
}
