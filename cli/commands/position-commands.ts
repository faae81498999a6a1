import type { Definition } from './definition.ts';

export const POSITION_COMMANDS: readonly Definition[] = [
  {
    name: 'poll',
    description: 'runs the poller once, now',
    example: 'auth0-webhooks poll',
    load: () => import('../run/poll.ts'),
  },
  {
    name: 'pause',
    description: 'stops polls or deliveries until they are resumed; nothing is lost',
    args: [['<what>', 'polls or deliveries']],
    options: [['--reason <text>', 'why, for whoever finds it paused']],
    example: "auth0-webhooks pause deliveries --reason 'receiver is being moved, until 18:00'",
    load: () => import('../run/pause.ts'),
  },
  {
    name: 'resume',
    description: 'ends a pause',
    args: [['<what>', 'polls or deliveries']],
    example: 'auth0-webhooks resume deliveries',
    load: () => import('../run/resume.ts'),
  },
  {
    name: 'rewind',
    description:
      'reads the log again from an older position: what matches is sent again, under the same webhook-ids',
    options: [
      ['--to <position>', 'a log_id, a time, or how long ago'],
      ['--undo', 'takes the last rewind back, while nothing of it was read'],
      ['--dry-run', 'only shows what would be sent again'],
    ],
    example: 'auth0-webhooks rewind --to 2h',
    load: () => import('../run/rewind.ts'),
  },
  {
    name: 'rebind',
    description:
      'binds the ledger to another tenant: polls whose settings name that tenant begin there, at START_FROM',
    args: [['<tenant>', "the tenant's own domain, as AUTH0_DOMAIN or the host of AUTH0_AUDIENCE says"]],
    options: [['--force', 'also while events of the former tenant wait']],
    example: 'auth0-webhooks rebind example.eu.auth0.com',
    load: () => import('../run/rebind.ts'),
  },
];
