import * as z from 'zod/mini';
import { type Item, N, number, S, string } from '../shared/ledger/attribute-values.ts';
import type { Table } from '../shared/ledger/table.ts';
import type { SharedCheck } from '../shared/settings/settings-source.ts';

/** Sort key of the note that says which version of the secret was current, and when. */
export const SETTINGS = 'settings';

/** How long the others leave the reading to the process that claimed it. It may have died. */
const CLAIM_MS = 1_000;
/** Pauses before the others look for what it found. Then they read the secret themselves. */
const WAITS_MS = [40, 80];

interface Note {
  readonly version?: string | undefined;
  /** Epoch milliseconds, by the clock of the process that read the secret. */
  readonly checkedAt?: number | undefined;
  readonly claimedUntil?: number | undefined;
}

const noteItem = z.object({
  version: z.optional(string),
  checkedAt: z.optional(number),
  claimedUntil: z.optional(number),
});

export interface SettingsCheckDeps {
  readonly table: Pick<Table, 'get' | 'update'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Shares between the processes of the delivery function that the secret was read: each minute's
 * records start several, and one reading is enough for all. The note has the secret's version,
 * never its value. Whatever is wrong with the note or the table, the secret is read as without it.
 */
export function createSettingsCheck(deps: SettingsCheckDeps): SharedCheck {
  const { table, now, sleep } = deps;
  let claimed: Item[string] | undefined;

  async function verified(version: string, keptMs: number): Promise<number | undefined> {
    const isFresh = (of: Item | undefined) => isYounger(noteOf(of), keptMs, now());
    let item = await table.get(SETTINGS);
    if (!isFresh(item)) {
      claimed = await claim(item, deps);
      if (claimed) return undefined;
      for (const ms of WAITS_MS) {
        await sleep(ms);
        item = await table.get(SETTINGS);
        if (isFresh(item)) break;
      }
    }
    const note = noteOf(item);
    return isFresh(item) && note.version === version ? note.checkedAt : undefined;
  }

  return {
    async verifiedAt(version, keptMs) {
      claimed = undefined;
      return await verified(version, keptMs).catch(() => undefined);
    },

    async tell(version, readAt) {
      if (!claimed || version === undefined) return;
      // The claim stays, so that a process that read the note before it cannot claim once more.
      const change = {
        update: 'SET #version = :version, #at = :at',
        condition: '#until = :until',
        names: { '#version': 'version', '#at': 'checkedAt', '#until': 'claimedUntil' },
        values: { ':version': S(version), ':at': N(readAt), ':until': claimed },
      };
      claimed = undefined;
      await table.update(SETTINGS, change).catch(() => {});
    },
  };
}

/**
 * Claims the reading, on condition that the claim is as it was read.
 * @returns the claim; undefined when another process has one
 */
async function claim(
  item: Item | undefined,
  { table, now }: SettingsCheckDeps,
): Promise<Item[string] | undefined> {
  const { claimedUntil = 0 } = noteOf(item);
  // A claim that lasts longer than any is nonsense.
  if (claimedUntil > now() && claimedUntil <= now() + CLAIM_MS) return undefined;
  const read = item?.claimedUntil;
  const until = N(now() + CLAIM_MS);
  const written = await table.update(SETTINGS, {
    update: 'SET #until = :until',
    condition: read ? '#until = :read' : 'attribute_not_exists(#until)',
    names: { '#until': 'claimedUntil' },
    values: { ':until': until, ...(read ? { ':read': read } : {}) },
  });
  return written && until;
}

/** True when the note was written less than `keptMs` ago. One from the future tells nothing. */
function isYounger({ checkedAt = Number.NaN }: Note, keptMs: number, now: number): boolean {
  const age = now - checkedAt;
  return age >= 0 && age < keptMs;
}

function noteOf(item: Item | undefined): Note {
  const parsed = noteItem.safeParse(item ?? {});
  return parsed.success ? parsed.data : {};
}
