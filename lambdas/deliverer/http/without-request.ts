/** The shortest word of a header that is looked for. A short one may be a whole token. */
const SHORTEST_WORD = 4;
/** The shortest run of letters and digits in common with the request that is no chance. */
const RUN = 8;

/**
 * The excerpt, or nothing if it repeats a part of the request. A receiver that echoes its request
 * would put secrets and payloads into the log (P7). Only letters and digits are compared, so that
 * it does not matter whether JSON, HTML or a URL wrote them, or where a value was cut.
 */
export function withoutRequest(
  excerpt: string | undefined,
  headers: Readonly<Record<string, string>>,
  body: string,
): string | undefined {
  if (excerpt === undefined) return undefined;
  const { 'content-type': _, 'user-agent': __, ...telling } = headers;
  const text = bare(unescaped(excerpt));
  const shown = new Set<string>();
  for (let at = 0; at + RUN <= text.length; at++) shown.add(text.slice(at, at + RUN));
  const sent = Object.values(telling).flatMap((value) => [value, ...value.split(' ')]);
  const encoded = sent.map((value) => Buffer.from(value).toString('base64'));
  const repeats =
    [...sent, ...encoded, ...valuesOf(body)].some((value) => hasRun(bare(value), shown)) ||
    sent.some(
      (word) => bare(word).length >= SHORTEST_WORD && bare(word) !== 'bearer' && text.includes(bare(word)),
    );
  return repeats ? '(left out: it repeats the request)' : excerpt;
}

/**
 * A key that is a field's name, which many an error message repeats. Any other key (an address, a
 * number) is data.
 */
const FIELD_NAME = /^[A-Za-z_$][\w$.:-]*$/;

function hasRun(text: string, runs: ReadonlySet<string>): boolean {
  for (let at = 0; at + RUN <= text.length; at++) if (runs.has(text.slice(at, at + RUN))) return true;
  return false;
}

function bare(text: string): string {
  // Accents are dropped, as HTML's names for them are (`&uuml;`).
  const plain = text.normalize('NFD').replace(/\p{M}+/gu, '');
  return plain.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * Makes letters of the escapes that URLs, HTML or JSON have for letters. Other escapes have letters
 * of their own and are dropped.
 */
function unescaped(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, percentDecoded)
    .replace(/\\u([0-9a-f]{4})|&#x([0-9a-f]{1,6});/gi, (_, json, html) =>
      character(Number.parseInt(json ?? html, 16)),
    )
    .replace(/&#(\d{1,7});/g, (_, decimal) => character(Number(decimal)))
    .replace(/&(.)(?:uml|acute|grave|circ|tilde|cedil|ring);/g, (_, letter) => letter)
    .replace(/&\w{1,8};|\\[nrtbf]/g, ' ');
}

function percentDecoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return ' ';
  }
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

/**
 * Every text and number of the JSON body, and every key that is data. It does not recurse, as a
 * body may be nested thousands of levels deep.
 */
function valuesOf(body: string): readonly string[] {
  const values: string[] = [];
  const waiting: unknown[] = [JSON.parse(body)];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string') values.push(value);
    else if (typeof value === 'number') values.push(String(value));
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        if (!FIELD_NAME.test(key) && !Array.isArray(value)) values.push(key);
        waiting.push(inner);
      }
  }
  return values;
}
