import type { Respond } from '../stand-ins/receiver/receive.ts';

/** How our own webhook can be made to behave. */
export const WEBHOOK_MODES = ['ok', 'error', 'busy', 'slow', 'hang', 'down', 'one-user'] as const;
export type WebhookMode = (typeof WEBHOOK_MODES)[number];

/**
 * Answers calls in that mode.
 * @param resourceOf finds the resource of the event with that webhook id
 */
export function respondAs(mode: WebhookMode, resourceOf: (webhookId: string) => string): Respond {
  let refused: string | undefined;
  return ({ webhookId, problem }) => {
    if (problem !== undefined) return undefined;
    switch (mode) {
      case 'ok':
        return undefined;
      case 'error':
        return { status: 500, body: 'The webhook has a bad day' };
      case 'busy':
        return { status: 429, headers: { 'retry-after': '10' } };
      case 'slow':
        return { status: 204, delayMs: 3_000 };
      case 'hang':
        return 'hang';
      case 'down':
        return 'reset';
      case 'one-user': {
        refused ??= resourceOf(webhookId);
        return resourceOf(webhookId) === refused ? { status: 422, body: 'Not this one' } : undefined;
      }
    }
  };
}
