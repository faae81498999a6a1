import { describe, expect, it } from 'vitest';
import { vastWorld } from '../../support/vast-world.ts';

const MILLION = 1_000_000;
const MINUTE = 60_000;

async function costOfPoll(options: Parameters<typeof vastWorld>[0]) {
  const world = await vastWorld(options);
  const { result, reads } = await world.measured(world.poll);
  return { matched: result.matched, ...reads };
}

describe('a poll', () => {
  it('reads no more with a million open batches than with one', async () => {
    const one = await costOfPoll({ batches: 4, waiting: 4 });

    const vast = await costOfPoll({ batches: MILLION, waiting: MILLION });

    expect(vast).toEqual(one);
    expect(vast).toMatchObject({ matched: 1 });
    expect(vast.items).toBeLessThan(20);
  });

  it('reads no more when the first thousand wait for an operator', async () => {
    const one = await costOfPoll({ batches: 4, waiting: 4, unreadable: 4 });

    expect(await costOfPoll({ batches: MILLION, waiting: MILLION, unreadable: 1_000 })).toEqual(one);
  });

  it('looks at a page of batches while it searches for lost messages, and finds them over polls', async () => {
    const world = await vastWorld({ batches: MILLION, waiting: 0, unreadable: 1_000 });
    let most = 0;
    for (let poll = 0; poll < 60; poll++) {
      world.advance(MINUTE);
      const { reads } = await world.measured(world.poll);
      if ((await world.ledger.readState())?.abandoned) break;
      most = Math.max(most, reads.items);
    }

    expect(await world.ledger.readState()).toMatchObject({ abandoned: { seq: expect.any(Number) } });
    expect(most).toBeLessThan(60);
  });
});

describe('a delivery', () => {
  it('reads no more with a million open batches than with one, the checkpoint included', async () => {
    const few = await vastWorld({ batches: 8, waiting: 8 });
    const vast = await vastWorld({ batches: MILLION, waiting: MILLION });

    const ofFew = await few.measured(few.deliver);
    const ofVast = await vast.measured(vast.deliver);

    expect(ofVast.reads).toEqual(ofFew.reads);
    expect(ofVast.result).toBeDefined();
  });
});
