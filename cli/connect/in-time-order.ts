import type { LoggedLine } from './connection.ts';

/**
 * One stream of several, each of which is in the order of time: no more than one line of each is
 * held.
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
