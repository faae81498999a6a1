/** How much happens a second, over the last ten seconds. */
export interface Rate {
  add(count: number): void;
  perSecond(): number;
}

const SPAN_MS = 10_000;

export function createRate(now: () => number): Rate {
  let happened: { readonly at: number; readonly count: number }[] = [];
  const forget = () => {
    happened = happened.filter(({ at }) => at > now() - SPAN_MS);
  };
  return {
    add(count) {
      happened.push({ at: now(), count });
      if (happened.length > 10_000) forget(); // nobody asks while no page is open
    },
    perSecond() {
      forget();
      return happened.reduce((sum, { count }) => sum + count, 0) / (SPAN_MS / 1000);
    },
  };
}
