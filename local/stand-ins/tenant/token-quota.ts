/**
 * How many tokens an application may fetch, as tenants with quotas have it. They are counted by the
 * UTC hour and day.
 */
export interface TokenQuota {
  readonly perHour: number;
  readonly perDay: number;
}

export interface QuotaDecision {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

const SPANS = [
  { name: 'per_hour', seconds: 3_600, of: ({ perHour }: TokenQuota) => perHour },
  { name: 'per_day', seconds: 86_400, of: ({ perDay }: TokenQuota) => perDay },
] as const;

/**
 * Counts tokens. Each answer says in `auth0-client-quota-limit` what is left; a refusal says in
 * `retry-after` when to come back.
 */
export function createTokenQuota(quota: TokenQuota | undefined, now: () => number): () => QuotaDecision {
  if (quota === undefined) return () => ({ allowed: true, headers: {} });
  const counters = SPANS.map((span) => ({ ...span, most: span.of(quota), number: 0, used: 0 }));
  return () => {
    const second = Math.floor(now() / 1000);
    for (const counter of counters) {
      const number = Math.floor(second / counter.seconds);
      if (number !== counter.number) counter.used = 0;
      counter.number = number;
    }
    const spent = counters.filter(({ used, most }) => used >= most);
    if (spent.length === 0) for (const counter of counters) counter.used += 1;
    const left = ({ seconds }: (typeof SPANS)[number]) => seconds - (second % seconds);
    const limits = counters.map(
      (each) => `b=${each.name};q=${each.most};r=${each.most - each.used};t=${left(each)}`,
    );
    const headers = { 'auth0-client-quota-limit': limits.join(',') };
    if (spent.length === 0) return { allowed: true, headers };
    return { allowed: false, headers: { ...headers, 'retry-after': String(Math.max(...spent.map(left))) } };
  };
}
