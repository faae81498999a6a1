/** Shorter values (`true`, `post`) are in every text by chance and tell nothing. */
const TELLING = 6;

/**
 * The excerpt, unless it repeats something of the request: a receiver that echoes what it got would put secrets and
 * payloads into the log (P7).
 */
export function withoutRequest(
  excerpt: string | undefined,
  headers: Readonly<Record<string, string>>,
  body: string,
): string | undefined {
  if (excerpt === undefined) return undefined;
  const { 'content-type': _, 'user-agent': __, ...telling } = headers;
  const ofHeaders = Object.values(telling).flatMap((value) => [value, ...value.split(/[\s,]+/)]);
  const repeats = [...ofHeaders, ...textsOf(body)].some((sent) => shows(excerpt, sent));
  return repeats ? '(left out: it repeats the request)' : excerpt;
}

/** True when the text is in the excerpt, or begins at its end, where it was cut. */
function shows(excerpt: string, sent: string): boolean {
  if (sent.length < TELLING) return false;
  if (excerpt.includes(sent)) return true;
  const begins = excerpt.lastIndexOf(sent.slice(0, TELLING));
  return begins !== -1 && sent.startsWith(excerpt.slice(begins));
}

/** Every text value within the JSON body. */
function textsOf(body: string): readonly string[] {
  const texts: string[] = [];
  JSON.parse(body, (_key, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts;
}
