import { type Shape, visit } from './shape.ts';

const PROMPTS = [{ name: 'prompt-authenticate', completedAt: 1_700_000_000_000, elapsedTime: null }];

/** Entries that are most of every tenant's log, and that change nothing. */
export const LOGIN_SHAPES: readonly Shape[] = [
  {
    weight: 6,
    entries: [visit('s', { details: { prompts: PROMPTS, stats: { loginsCount: 7 }, session_id: '$id' } })],
  },
  {
    weight: 2,
    entries: [
      visit(
        { $oneOf: ['f', 'fp', 'fu'] },
        {
          description: 'Wrong email or password.',
          details: { error: { message: 'Wrong email or password.' } },
        },
      ),
    ],
  },
  {
    weight: 3, // a machine fetches a token: one such entry is ours, and it has no details at all
    entries: [
      {
        type: 'seccft',
        description: '',
        client_id: '$client',
        client_name: 'Nightly job',
        ip: '$ip',
        user_agent: 'Other 0.0.0 / Other 0.0.0',
      },
    ],
  },
  { weight: 2, entries: [visit('slo', { details: { return_to: 'https://www.example.com/' } })] },
];
