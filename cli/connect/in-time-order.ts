import type { LoggedLine } from './connection.ts';

/**
 * Merges streams, each of which is in order of time, into one that is. It holds one line of each at
 * most.
 */
export async function* inTimeOrder(
  streams: readonly AsyncGenerator<LoggedLine>[],
): AsyncGenerator<LoggedLine> {
  const [only] = streams;
  if (only !== undefined && streams.length === 1) {
    yield* only;
    return;
  }
  const next = async (stream: AsyncGenerator<LoggedLine>) => {
    const { value, done } = await stream.next();
    return done ? [] : [{ stream, line: value }];
  };
  let heads = (await Promise.all(streams.map(next))).flat();
  for (;;) {
    const [first] = heads.toSorted((a, b) => a.line.at - b.line.at);
    if (!first) return;
    yield first.line;
    heads = [...heads.filter((head) => head !== first), ...(await next(first.stream))];
  }
}
