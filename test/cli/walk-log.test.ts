import { describe, expect, it, vi } from 'vitest';
import { walkLog } from '../../cli/reading/walk-log.ts';
import { type FakeLog, fakeLog } from '../support/fake-log.ts';
import { logEvent, logIdAt, T0 } from '../support/log-event.ts';

const NOW = T0 + 3_600_000;
const at = (second: number) => logIdAt(T0 + second * 1_000);
const entry = (second: number) => logEvent({ time: T0 + second * 1_000 });
const nameless = { type: 'sapi', description: 'no id at all' };

/** Walks from second 0, not included, up to a second, and gives the positions. */
async function walked(log: FakeLog, until: number): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const page of walkLog(log, at(0), at(until), async () => {}))
    found.push(...page.map(({ position }) => position));
  return found;
}

describe('walking the log', () => {
  it('goes up to and with a position, over pages, and asks for none behind it', async () => {
    const log = fakeLog(
      Array.from({ length: 251 }, (_, second) => entry(second)),
      () => NOW,
    );

    const found = await walked(log, 200);

    expect(found).toEqual(Array.from({ length: 200 }, (_, index) => at(index + 1)));
    expect(log.asked).toHaveLength(2);
  });

  it('places an entry whose id is no position behind the one before it', async () => {
    const odd = logEvent({ fields: { log_id: 'zzz', _id: 'zzz' } });
    const log = fakeLog([], () => NOW);
    vi.spyOn(log, 'page').mockResolvedValueOnce({
      ...(await fakeLog([nameless, entry(1), odd, entry(2), entry(3)], () => NOW).page('')),
    });

    expect(await walked(log, 2)).toEqual([at(0), at(1), at(1), at(2)]);
  });

  it('leaves out what is from the future', async () => {
    const log = fakeLog([entry(1), entry(2), entry(100_000)], () => NOW);

    expect(await walked(log, 200_000)).toEqual([at(1), at(2)]);
  });

  it('believes no empty page while a search finds newer entries', async () => {
    const log = fakeLog([entry(1), entry(2)], () => NOW);
    vi.spyOn(log, 'page').mockImplementation(async () => await fakeLog([], () => NOW).page(''));

    await expect(walked(log, 9)).rejects.toThrow(/shows no entry after .*, although its log has .*try again/);
  });

  it('goes on when only one page was empty', async () => {
    const log = fakeLog([entry(1), entry(2)], () => NOW);
    vi.spyOn(log, 'page').mockResolvedValueOnce(await fakeLog([], () => NOW).page(''));

    expect(await walked(log, 9)).toEqual([at(1), at(2)]);
  });

  it('ends with an error at a page of which no entry has a position', async () => {
    const log = fakeLog([nameless, nameless], () => NOW);

    await expect(walked(log, 9)).rejects.toThrow('no entry after');
  });
});
