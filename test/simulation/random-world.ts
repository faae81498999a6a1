import { THEMES } from './themes.ts';
import type { Act, World } from './world.ts';

/** Acts, each as often as it is drawn. Those that upset the order of things for good are rare. */
const COMMON: readonly Act[] = [
  ...Array<Act>(9).fill('poll'),
  ...Array<Act>(9).fill('deliver'),
  ...Array<Act>(3).fill('minute'),
  'dedup',
  'dedup',
  'visibility',
  'visibility',
  'hour',
  'append',
  'append-one',
  'narrow',
  'wide',
  'up',
  'up',
  'down',
  'hang',
  'redrive',
];
const RARE: readonly Act[] = [
  'purge',
  'lose-table',
  'rewind-1',
  'rewind-3',
  'rewind-5',
  'days',
  'day',
  'dismiss',
  'dismiss-unreadable',
  'undo-rewind',
  'append-late',
  'append-late',
  'append-future',
  'almost-day',
  'almost-fortnight',
  'almost-fortnight',
  'fortnight',
  'fortnight',
  'stale-counts',
  'pause-polls',
  'resume-polls',
  'redrive-cut',
  'resend-1',
  'resend-3',
  'resend-range',
  'test-event',
  'test-event',
];

/** Every act that a random world may have. */
export const ACTS: ReadonlySet<Act> = new Set([...COMMON, ...RARE, ...THEMES.flatMap(({ acts }) => acts)]);

/** Faults that chance alone brings too seldom where they matter. */
const FAVOURITES = [
  ...Array<string>(5).fill('postpone fails-after'),
  ...Array<string>(2).fill('send refused-again'),
  'send refused-odd',
  ...Array<string>(3).fill('record batch fails'),
  'record batch fails-after',
  'settings fails',
  'search empty',
  'page empty',
  'page smaller',
  'count stale-count',
  'move fails-after',
  'acknowledge lost',
];

/** Days that Auth0 keeps its log, and days that the settings name. */
const RETENTIONS: readonly Pick<World, 'keptDays' | 'saidDays'>[] = [
  {},
  {},
  {},
  {},
  { keptDays: 8 },
  { saidDays: 8 },
  { keptDays: 8, saidDays: 8 },
];

/** Draws a world of 4 to 26 log events. */
export function randomWorld(random: () => number): World {
  const below = (most: number) => Math.floor(random() * most);
  const pick = <T>(from: readonly T[]): T | undefined => from[below(from.length)];
  const letters = 'aabbccddabcAB.12';
  const drawn = Array.from({ length: 4 + below(21) }, () => letters[below(letters.length)]).join('');
  // Auth0 answers no page of such entries alone. There are two of them, and a page holds more.
  const hasTwins = random() < 0.1;
  const log = hasTwins ? `${drawn.slice(0, 2)}==${drawn.slice(2)}` : drawn;
  const rare = random() < 0.4;
  const script = Array.from(
    { length: 8 + below(18) },
    () => pick(rare && random() < 0.12 ? RARE : COMMON) ?? 'poll',
  );
  const theme = random() < 0.95 ? pick(THEMES) : undefined;
  if (theme) script.splice(below(script.length), theme.acts.length, ...theme.acts);
  if (theme && random() < 0.45) script.push(...(pick(THEMES)?.acts ?? []));
  const totalOrder = random() < 0.15;
  return {
    name: 'random',
    log,
    initial: random() < 0.5 ? log.length : below(log.length + 1),
    script,
    page: (hasTwins ? 4 : 2) + below(12),
    batchPages: 1 + below(4),
    reserved: totalOrder ? 1 : 1 + below(4),
    sideBySide: totalOrder ? 1 : 1 + below(3),
    totalOrder,
    narrowFirst: random() < 0.2,
    records: random() < 0.7 ? 10 : 1 + below(9),
    maxReceiveCount: random() < 0.1 ? 3 : 1_000,
    tablePage: random() < 0.3 ? 1 + below(3) : 100,
    sendAsBatch: random() < 0.15,
    dedupByGroup: random() < 0.3,
    latestAfterLoss: random() < 0.3,
    // Late entries are promised only to settings that let them settle.
    settleSeconds: script.includes('append-late') || random() < 0.2 ? 5 : 0,
    slowMs: random() < 0.1 ? 12_000 : 0,
    favourite: random() < 0.5 ? pick(FAVOURITES) : undefined,
    ...RETENTIONS[below(RETENTIONS.length)],
    ...(random() < 0.15 ? { poison: 1 + below(log.length) } : {}),
    ...theme?.needs,
  };
}
