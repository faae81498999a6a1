import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpAnswer, rawServer } from '../../../support/raw-server.ts';
import { distantClientOf } from '../../../support/webhook-call.ts';

const BODY = '{"log_id":"900"}';
/** Bytes that come behind a clean answer. */
const STRAY = [
  httpAnswer(200, 'stray'),
  'HTTP/1.1 204 x\r\n\r\n',
  `\r\n${httpAnswer(200)}`,
  `HTTP/1.1 100 Continue\r\n\r\n${httpAnswer(200)}`,
  'HTTP/1.1 200 x\r\ncontent-length: 9999\r\n\r\n',
];

interface Round {
  /** Milliseconds until the answer. */
  readonly after: number;
  /** Bytes that come so long after the answer; undefined when none do. */
  readonly stray: { readonly bytes: string; readonly after: number } | undefined;
  /** Milliseconds until the next call. */
  readonly pause: number;
}

/**
 * Makes calls to a receiver whose every true answer is 500, so that it has never told a success.
 * @returns outcomes that are none of its answers
 */
async function misread(rounds: readonly Round[], sideBySide: number): Promise<readonly unknown[]> {
  const server = await rawServer(async (socket, { count }) => {
    const { after, stray } = rounds[count - 1] ?? { after: 0, stray: undefined };
    await sleep(after);
    socket.write(httpAnswer(500, 'no'));
    if (!stray) return;
    if (stray.after > 0) await sleep(stray.after);
    socket.write(stray.bytes);
  });
  const client = distantClientOf(server.port, { timeoutSeconds: 2 }, sideBySide);
  const outcomes: unknown[] = [];
  const lane = async (own: readonly Round[]) => {
    for (const { pause } of own) {
      outcomes.push(await client.attempt('900', BODY));
      if (pause > 0) await sleep(pause);
    }
  };
  await Promise.all(
    Array.from({ length: sideBySide }, (_, n) => lane(rounds.filter((_, at) => at % sideBySide === n))),
  );
  client.close();
  return outcomes.filter((outcome) => !/"status":500/.test(JSON.stringify(outcome)));
}

describe('what comes behind a clean answer is never the answer to the next request', () => {
  it.each(STRAY)(
    '%j at once, in a segment of its own, or late, however soon the next request comes',
    async (bytes) => {
      for (const after of [0, 1, 5, 20, 40]) {
        const round = { after: 0, stray: { bytes, after }, pause: 0 };

        expect(await misread([round, round, round], 1)).toEqual([]);
      }
    },
  );

  it('in any timing, with calls side by side', async () => {
    const ms = (max: number) => fc.integer({ min: 0, max });
    const stray = fc.option(fc.record({ bytes: fc.constantFrom(...STRAY), after: ms(40) }), {
      nil: undefined,
    });
    const round = fc.record({ after: ms(15), stray, pause: fc.oneof(fc.constant(0), ms(60)) });
    const rounds = fc.array(round, { minLength: 2, maxLength: 12 });

    await fc.assert(
      fc.asyncProperty(rounds, fc.integer({ min: 1, max: 3 }), async (each, sideBySide) => {
        expect(await misread(each, sideBySide)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
