import type { Definition, OptionDefinition } from './definition.ts';

const GROUP = ['events', 'lists, shows and resends events'] as const;

const CHOICE: readonly OptionDefinition[] = [
  ['--all', 'every dead letter'],
  ['--resource <resource>', 'those of it, such as users/auth0|123'],
  ['--reason <reason>', 'those that are there for it, such as status or timeout-response'],
  ['--since <time>', 'those that are there since a time, or for less than a duration such as 2h'],
  ['--dry-run', 'only shows which'],
];

export const EVENT_COMMANDS: readonly Definition[] = [
  {
    group: GROUP,
    name: 'list',
    description: 'events that are dead-lettered, failing or waiting, with their total',
    options: [
      ['--dead', 'those on the dead-letter queue'],
      ['--failing', 'those that failed and are tried again'],
      ['--waiting', 'those not attempted yet'],
      ['--resource <resource>', 'only of it, such as users/auth0|123'],
      ['--since <time>', 'only those that happened, or were dead-lettered, since then'],
      ['--limit <count>', 'at most so many', '50'],
    ],
    example: 'auth0-webhooks events list --dead --since 1h',
    load: () => import('../run/events-list.ts'),
  },
  {
    group: GROUP,
    name: 'show',
    description: 'one event: where it stands and every attempt',
    args: [['<log_id>', 'its log_id, which is its webhook-id']],
    options: [
      ['--payload', 'also what is POSTed: it holds personal data'],
      ['--since <time>', 'looks for attempts since then', '4d'],
    ],
    example: 'auth0-webhooks events show 90020260101000000000000000000000000001223372036854775807',
    load: () => import('../run/events-show.ts'),
  },
  {
    group: GROUP,
    name: 'resend',
    description: 'sends events again, delivered or not: read from Auth0, under the same webhook-id',
    args: [['[log_id...]', 'their log_ids']],
    options: [
      ['--since <time>', 'instead of log_ids: all that match since then'],
      ['--until <time>', 'with --since: the end; now if not given'],
    ],
    example: 'auth0-webhooks events resend --since 2026-11-23T09:00:00Z --until 2026-11-23T10:00:00Z',
    load: () => import('../run/events-resend.ts'),
  },
  {
    name: 'redrive',
    description: 'moves dead letters back to the queue, in log order; each gets a whole retry window again',
    args: [['[log_id...]', 'only these']],
    options: CHOICE,
    example: 'auth0-webhooks redrive --all',
    load: () => import('../run/redrive.ts'),
  },
  {
    name: 'dismiss',
    description:
      'gives dead letters up on purpose, so that the checkpoint passes them: they are never delivered',
    args: [['[log_id...]', 'only these']],
    options: [
      ...CHOICE,
      ['--unreadable', 'instead: events that Auth0 no longer keeps and that hold the checkpoint'],
      ['--reason-text <text>', 'why: kept in the log, where events show and verify read it'],
    ],
    example: "auth0-webhooks dismiss --reason gone --reason-text 'the receiver was taken down on purpose'",
    load: () => import('../run/dismiss.ts'),
  },
  {
    name: 'export',
    description: 'matching events as JSON lines, without delivering them: they hold personal data',
    options: [
      ['--since <time>', 'a time, or how long ago'],
      ['--until <time>', 'the end; now if not given'],
    ],
    example: 'auth0-webhooks export --since 24h > events.jsonl',
    load: () => import('../run/export.ts'),
  },
  {
    name: 'test',
    description: 'sends a signed test event through the queue and the delivery function',
    options: [
      ['--latest', 'instead of a made-up one: the newest matching event of the log, as a resend'],
      ['--wait', 'waits for its outcome, up to two minutes (exit 1 if it fails)'],
    ],
    example: 'auth0-webhooks test --wait',
    load: () => import('../run/test.ts'),
  },
];
