import { textOf } from '../connect/logged-line.ts';
import { byReason } from '../run/dead-letter-rows.ts';
import { duration } from '../terminal/times.ts';
import type { Facts, Problem } from './status.ts';

/** Three polls of a minute each, and half a minute. A shorter silence may be one slow poll. */
const POLL_OVERDUE_MS = 3 * 60_000 + 30_000;

/** Lists what is wrong, most urgent first: what stops everything, then what holds back some. */
export function problemsOf(facts: Facts, now: number): readonly Problem[] {
  return [
    ...ofPauses(facts, now),
    ...ofPolls(facts, now),
    ...ofEndpoint(facts, now),
    ...ofDeliveries(facts),
    ...ofDeadLetters(facts),
    ...ofAlarms(facts, now),
  ];
}

function ofPauses({ standing }: Facts, now: number): readonly Problem[] {
  return Object.entries(standing.pauses).map(([what, paused]) => ({
    what: `${what} are paused since ${duration((now - paused.at) / 1_000)}: ${paused.reason}`,
    todo: `auth0-webhooks resume ${what}`,
    stopsAll: true,
    since: paused.at,
  }));
}

function ofPolls({ lastPoll, lastGoodPoll, standing }: Facts, now: number): readonly Problem[] {
  const stopped = { stopsAll: true, since: lastGoodPoll?.at };
  if (standing.pauses.polls) return [];
  if (!lastPoll)
    return [{ what: 'no poll has ended in the last hour', todo: 'auth0-webhooks doctor', ...stopped }];
  if (lastPoll.line.event === 'poll.failed') {
    return [
      {
        what: `the last poll failed: ${textOf(lastPoll, 'message')} (${textOf(lastPoll, 'reason')})`,
        todo: 'auth0-webhooks doctor',
        ...stopped,
      },
    ];
  }
  if (textOf(lastPoll, 'event').startsWith('settings.'))
    return [
      {
        what: "the settings for reading Auth0's log are wrong",
        todo: 'auth0-webhooks settings check',
        ...stopped,
      },
    ];
  if (now - lastPoll.at > POLL_OVERDUE_MS) {
    return [
      {
        what: `the last poll ended ${duration((now - lastPoll.at) / 1_000)} ago`,
        todo: 'auth0-webhooks poll, then auth0-webhooks logs --failed',
        ...stopped,
      },
    ];
  }
  return [];
}

function ofEndpoint({ endpoint }: Facts, now: number): readonly Problem[] {
  if (!endpoint || endpoint === 'unknown') return [];
  const { since, reason, probes, until } = endpoint;
  const patience = until === undefined ? '' : `; it wants no request before ${new Date(until).toISOString()}`;
  const what =
    since === undefined
      ? `the endpoint asked for patience${patience.slice(1)}`
      : `the endpoint is paused since ${duration((now - since) / 1_000)} (${reason}), ${probes} probes so far${patience}`;
  return [
    {
      what,
      todo: 'look at the receiver: deliveries go on by themselves within minutes of its return',
      stopsAll: since !== undefined,
      since,
    },
  ];
}

function ofDeliveries({ lastFailure, lastDelivery, failing, standing, endpoint }: Facts): readonly Problem[] {
  if (standing.pauses.deliveries || (endpoint && endpoint !== 'unknown')) return [];
  if (!lastFailure && failing === 0) return [];
  const { status, reason } = lastFailure?.line ?? {};
  const parts = [status, reason === 'status' ? undefined : reason].filter((part) => part !== undefined);
  const why = parts.length === 0 ? '' : ` (${parts.join(' ')})`;
  if (!lastDelivery) {
    return [
      {
        what: `the webhook fails${why}`,
        todo: 'auth0-webhooks logs --failed, and look at the receiver',
        stopsAll: true,
      },
    ];
  }
  return [
    {
      what: `${failing === 1 ? 'one event fails and is' : `${failing} events fail and are`} tried again${why}; others are delivered, the last one at ${new Date(lastDelivery.at).toISOString()}`,
      todo: 'auth0-webhooks events list --failing, auth0-webhooks logs --failed, and look at the receiver',
      stopsAll: false,
    },
  ];
}

function ofDeadLetters({ deadLetters, standing }: Facts): readonly Problem[] {
  if (standing.deadLettered === 0) return [];
  return [
    {
      what: `${standing.deadLettered} events are dead-lettered${deadLetters.length > 0 ? ` (${byReason(deadLetters)})` : ''}: they hold the checkpoint`,
      todo: 'auth0-webhooks events list --dead, mend the cause, then auth0-webhooks redrive --all',
      stopsAll: false,
    },
  ];
}

function ofAlarms({ alarms = [] }: Facts, now: number): readonly Problem[] {
  return alarms.map(({ name, since }) => ({
    what: `alarm ${name} fires since ${duration((now - since) / 1_000)}`,
    todo: `docs/operations.md, article ${name}`,
    stopsAll: false,
    since,
  }));
}
