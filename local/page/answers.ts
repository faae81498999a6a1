import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { CliError } from '../../cli/errors.ts';
import { OperationError } from '../../lambdas/shared/operations/operation-error.ts';
import { jsonOrUndefined } from '../../lambdas/shared/text/json.ts';
import type { ActionDeps } from './actions/action.ts';
import { ACTIONS } from './actions/actions.ts';
import { POLICY } from './guard.ts';
import type { ActionResult } from './shapes.ts';

/** Headers of every answer. */
export const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

/** Does what a button asks for. What goes wrong is said in words, under the button. */
export async function act(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  deps: ActionDeps,
): Promise<void> {
  const input = jsonOrUndefined(await text(request));
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action) return end(response, 404, 'No such action.');
  try {
    json(response, 200, await action(input ?? {}, deps));
  } catch (error) {
    const isTheirs =
      error instanceof OperationError || error instanceof CliError || error instanceof z.ZodError;
    const result: ActionResult = { words: wordsOf(error) };
    json(response, isTheirs ? 400 : 500, result);
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues.map(({ message }) => message).join('; ');
  return error instanceof Error ? error.message : String(error);
}

export function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function end(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(message);
}
