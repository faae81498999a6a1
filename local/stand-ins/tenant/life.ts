import { applicationEvent } from './life/applications.ts';
import { loginEvent } from './life/logins.ts';
import { organizationEvent } from './life/organizations.ts';
import { createRandom, type Random } from './life/random.ts';
import { settingsEvent } from './life/tenant-settings.ts';
import { userEvent } from './life/users.ts';
import { createWorld } from './life/world.ts';
import type { LogEntry } from './log-source.ts';

/** An endless, believable tenant life: the same for the same seed. Shapes after reference/auth0.md §2. */
export interface Life {
  /** What happens next, without `log_id`; its `date` is a little before its ingestion (epoch milliseconds). */
  next(ingestedAt: number): LogEntry;
}

export function createLife(seed: number): Life {
  const random = createRandom(seed);
  const world = createWorld(random);
  return {
    next(ingestedAt) {
      const happen = random.weighted([
        [9, loginEvent],
        [6, userEvent],
        [3, applicationEvent],
        [3, organizationEvent],
        [2, settingsEvent],
      ]);
      const date = new Date(Math.floor(ingestedAt) - lag(random)).toISOString();
      return { date, ...happen(world), ...envelope(random) };
    },
  };
}

/** Milliseconds between an event and its ingestion, as in 22 public samples: below 0.2 s, 5 s, once two minutes. */
function lag(random: Random): number {
  return random.weighted([
    [40, () => random.between(20, 110)],
    [8, () => random.between(300, 5_200)],
    [1, () => random.between(60_000, 121_000)],
  ])();
}

/** Fields that came in 2024; entries of other teams still lack some. */
function envelope(random: Random): LogEntry {
  return {
    ...(random.chance(0.9) && { $event_schema: { version: '1.0.0' } }),
    ...(random.chance(0.9) && { tenant_name: 'harbour-works' }),
    isMobile: false,
  };
}
