import { createTell, type LogFields } from '../../lambdas/shared/logger.ts';
import type { HeldLetter } from '../../lambdas/shared/operations/dead-letters.ts';
import type { UnreadableEvents } from '../../lambdas/shared/operations/dismiss-unreadable.ts';
import type { Connection } from '../connect/connection.ts';
import type { Context } from '../context.ts';
import { CliError, messageOf } from '../errors.ts';

export interface DismissalNote {
  ofLetters(letters: readonly HeldLetter[]): Promise<void>;
  ofUnreadable(events: UnreadableEvents): Promise<void>;
}

/** A line of CloudWatch may be long; whoever reads a reason wants a sentence. */
const LONGEST_REASON = 200;

export function reasonTextOf(given: string | undefined): string | undefined {
  const text = given?.trim();
  if (text === undefined || (text !== '' && text.length <= LONGEST_REASON)) return text;
  throw new CliError(
    `--reason-text has ${text.length} characters: give 1 to ${LONGEST_REASON}, for whoever asks later why`,
    2,
  );
}

/**
 * Keeps in the log of the delivery function, beside the attempts, that events were given up and
 * why. `events show` and `verify` read it there. Where it cannot be written the dismissal goes on,
 * and says so once.
 */
export function dismissalNote(
  { name, writeLines }: Pick<Connection, 'name' | 'writeLines'>,
  { note }: Pick<Context['terminal'], 'note'>,
  reasonText: string | undefined,
): DismissalNote {
  let isTold = false;
  const write = async (event: string, all: readonly LogFields[]) => {
    const lines: string[] = [];
    const tell = createTell({ webhook: name }, (line) => lines.push(line.trimEnd()));
    for (const fields of all) tell('info', event, { ...fields, reasonText });
    try {
      await writeLines(lines);
    } catch (error) {
      if (!isTold) note(`why they are given up is kept nowhere: ${messageOf(error)}`);
      isTold = true;
    }
  };
  return {
    async ofLetters(letters) {
      await write(
        'event.dismissed',
        letters.map(({ logId, resource, batch, ordinal, reason, status, attempts }) => {
          return { logId, resource, batch, ordinal, reason, status, attempts };
        }),
      );
    },
    async ofUnreadable({ batch, from, to, ordinals }) {
      await write('unreadable.dismissed', [{ batch, from, to, events: ordinals.length }]);
    },
  };
}
