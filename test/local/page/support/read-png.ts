import { inflateSync } from 'node:zlib';
import { chunksOf } from './png-chunks.ts';

/** One picture of an animation: RGB, three bytes a pixel. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
  /** Milliseconds for which it is shown. */
  readonly ms: number;
}

/** Channels by colour type, of a browser's screenshots: eight bits a channel, not interlaced. */
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/** Reads a screenshot as Chromium makes it. */
export function readPng(png: Buffer, ms: number): Frame {
  const parts = chunksOf(png);
  const header = parts.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = CHANNELS[header[9] ?? 0];
  if (channels === undefined) throw new Error(`a PNG of colour type ${header[9]} is none of a browser's`);
  const data = inflateSync(
    Buffer.concat(parts.filter(({ type }) => type === 'IDAT').map((part) => part.data)),
  );
  const raw = unfiltered(data, width, height, channels);
  if (channels === 3) return { width, height, pixels: raw, ms };
  const pixels = Buffer.alloc(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    raw.copy(pixels, pixel * 3, pixel * 4, pixel * 4 + 3);
  return { width, height, pixels, ms };
}

function unfiltered(data: Buffer, width: number, height: number, channels: number): Buffer {
  const length = width * channels;
  const out = Buffer.alloc(length * height);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (length + 1)];
    for (let x = 0; x < length; x += 1) {
      const left = x >= channels ? (out[y * length + x - channels] ?? 0) : 0;
      const above = y > 0 ? (out[(y - 1) * length + x] ?? 0) : 0;
      const corner = y > 0 && x >= channels ? (out[(y - 1) * length + x - channels] ?? 0) : 0;
      const predicted = predict(filter, left, above, corner);
      out[y * length + x] = (data[y * (length + 1) + 1 + x] ?? 0) + predicted;
    }
  }
  return out;
}

/** PNG's five filters (RFC 2083, section 6). */
function predict(filter: number | undefined, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) return 0;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((each) =>
    Math.abs(left + above - corner - each),
  );
  if ((toLeft ?? 0) <= (toAbove ?? 0) && (toLeft ?? 0) <= (toCorner ?? 0)) return left;
  return (toAbove ?? 0) <= (toCorner ?? 0) ? above : corner;
}
