import { describe, expect, it } from 'vitest';
import { writeApng } from './support/apng.ts';
import { chunksOf } from './support/png-chunks.ts';
import { type Frame, readPng } from './support/read-png.ts';

function frame(dot: number): Frame {
  const pixels = Buffer.alloc(8 * 4 * 3, 200);
  pixels.fill(10, dot * 3, dot * 3 + 3);
  return { width: 8, height: 4, pixels, ms: 100 };
}

describe('writeApng', () => {
  it('keeps the first picture whole, and of the others what differs', () => {
    const frames = [frame(0), frame(9), frame(9)];

    const file = writeApng(frames);

    const parts = chunksOf(file);

    expect(readPng(file, 100).pixels).toEqual(frames[0]?.pixels);
    expect(parts.map(({ type }) => type)).toEqual([
      ...['IHDR', 'acTL', 'fcTL', 'IDAT', 'fcTL', 'fdAT', 'fcTL', 'fdAT', 'IEND'],
    ]);
    const boxes = parts
      .filter(({ type }) => type === 'fcTL')
      .map(({ data }) => [4, 8, 12, 16].map((at) => data.readUInt32BE(at)));

    expect(boxes).toEqual([
      [8, 4, 0, 0],
      [2, 2, 0, 0],
      [1, 1, 0, 0],
    ]);
  });
});
