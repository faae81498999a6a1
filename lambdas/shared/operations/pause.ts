import { PAUSABLE, type Pausable, type Pauses } from '../ledger/pause.ts';
import { nearest } from '../text/nearest.ts';
import { OperationError } from './operation-error.ts';
import type { OperationsDeps } from './operations-deps.ts';

type Deps = Pick<OperationsDeps, 'pauses' | 'now'>;

const LONGEST_REASON = 200;

/**
 * Stops polls or deliveries until they are resumed. A poll or delivery that is running ends by
 * itself. Paused polls lose nothing as long as Auth0 keeps its log. Paused deliveries wait in the
 * queue, and go to the dead-letter queue before SQS would drop them. A second pause keeps the time
 * of the first, and takes the new reason.
 */
export async function pause(
  { pauses, now }: Deps,
  args: { readonly what: string; readonly reason: string },
): Promise<Pauses> {
  const what = pausable(args.what);
  const reason = args.reason.trim();
  if (reason === '' || reason.length > LONGEST_REASON) {
    throw new OperationError(
      'argument',
      `the reason has ${reason.length} characters: give 1 to ${LONGEST_REASON}, for whoever finds it paused`,
    );
  }
  const before = await pauses.read();
  await pauses.pause(what, { reason, at: before[what]?.at ?? now() });
  return await pauses.read();
}

/** Ends a pause. Changes nothing where nothing is paused. */
export async function resume(
  { pauses }: Pick<Deps, 'pauses'>,
  args: { readonly what: string },
): Promise<Pauses> {
  await pauses.resume(pausable(args.what));
  return await pauses.read();
}

function pausable(text: string): Pausable {
  const found = PAUSABLE.find((one) => one === text);
  if (found) return found;
  const near = nearest(text, PAUSABLE);
  throw new OperationError(
    'argument',
    `"${text}" cannot be paused: ${near ? `did you mean "${near}"?` : `give ${PAUSABLE.join(' or ')}`}`,
  );
}
