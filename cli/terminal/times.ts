const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** A duration by its two largest units: `2d 3h`, `14m 5s`, `0s`. */
export function duration(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0s';
}

/** A moment and how long ago it was: `2026-11-23 09:00:00Z (14m ago)`. */
export function moment(time: number, now: number): string {
  return `${new Date(time).toISOString().replace('T', ' ').replace(/\.\d+/, '')} (${duration((now - time) / 1_000)} ago)`;
}
