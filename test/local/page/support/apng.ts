import { deflateSync } from 'node:zlib';
import { chunk, uint32 } from './png-chunks.ts';
import type { Frame } from './read-png.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * An animation in which each picture stores only the rectangle that differs from the one before.
 */
export function writeApng(frames: readonly Frame[]): Buffer {
  const [first] = frames;
  if (!first) throw new Error('an animation has at least one picture');
  const { width, height } = first;
  let sequence = 0;
  const body = frames.flatMap((frame, index) => {
    const before = frames[index - 1];
    const box = before ? boxOf(before, frame) : { x: 0, y: 0, width, height };
    const data = deflateSync(filteredBox(frame, box), { level: 9 });
    const control = chunk('fcTL', controlOf(sequence++, box, frame.ms));
    if (index === 0) return [control, chunk('IDAT', data)];
    return [control, chunk('fdAT', Buffer.concat([uint32(sequence++), data]))];
  });
  const header = Buffer.concat([uint32(width), uint32(height), Buffer.from([8, 2, 0, 0, 0])]);
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

/** The smallest rectangle outside which both are the same; one pixel where all is the same. */
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

/** Each row as its difference from the one above it, which deflates best where colours are flat. */
function filteredBox({ width, pixels }: Frame, box: Box): Buffer {
  const length = box.width * 3;
  const rows = Array.from({ length: box.height }, (_, y) => {
    const at = ((box.y + y) * width + box.x) * 3;
    const row = Buffer.from(pixels.subarray(at, at + length));
    if (y > 0) {
      const above = pixels.subarray(at - width * 3, at - width * 3 + length);
      for (let index = 0; index < length; index += 1) row[index] = (row[index] ?? 0) - (above[index] ?? 0);
    }
    return Buffer.concat([Buffer.from([y > 0 ? 2 : 0]), row]);
  });
  return Buffer.concat(rows);
}

function controlOf(sequence: number, { x, y, width, height }: Box, ms: number): Buffer {
  const delay = Buffer.alloc(6);
  delay.writeUInt16BE(ms, 0);
  delay.writeUInt16BE(1_000, 2);
  return Buffer.concat([uint32(sequence), uint32(width), uint32(height), uint32(x), uint32(y), delay]);
}
