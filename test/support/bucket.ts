/**
 * A bucket as Auth0's recorded answers show it. It is refilled all the time or, with `step`, in
 * whole at the end of each window.
 */
export interface BucketOptions {
  readonly burst: number;
  readonly perSecond: number;
  readonly step?: boolean;
}

export interface Bucket {
  /** Takes a token if there is one. The answer has headers in either case. */
  take(now: number): { readonly allowed: boolean; readonly headers: Headers };
}

export function bucket({ burst, perSecond, step = false }: BucketOptions): Bucket {
  const windowMs = (burst / perSecond) * 1_000;
  let level = burst;
  let at = 0;
  let opened = 0;

  function refill(now: number): void {
    if (step) {
      if (now - opened >= windowMs) {
        opened = now - ((now - opened) % windowMs);
        level = burst;
      }
    } else level = Math.min(burst, level + ((now - at) / 1_000) * perSecond);
    at = now;
  }

  return {
    take(now) {
      refill(now);
      const allowed = level >= 1;
      if (allowed) level--;
      const full = step ? opened + windowMs : now + ((burst - level) / perSecond) * 1_000;
      const headers = new Headers({
        'x-ratelimit-limit': String(burst),
        'x-ratelimit-remaining': String(Math.floor(level)),
        'x-ratelimit-reset': String(Math.ceil(full / 1_000)),
        date: new Date(now).toUTCString(),
      });
      return { allowed, headers };
    },
  };
}
