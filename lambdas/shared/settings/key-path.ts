/** One step of a path into a JSON value: a key by its name, any key, or any number of keys. */
export type PathStep = string | typeof ANY_KEY | typeof ANY_DEPTH;
export type KeyPath = readonly PathStep[];

export const ANY_KEY = { any: 'key' } as const;
export const ANY_DEPTH = { any: 'depth' } as const;

/** Forms of a path that hide nothing in any event, and why they do not. */
const HIDES_NOTHING: readonly { readonly is: RegExp; readonly why: string }[] = [
  { is: /^\$/, why: 'paths begin with a key, not with $' },
  { is: /\[[^\]]*\]/, why: 'paths go through lists by themselves, so leave out [0] and [*]' },
  { is: /^(?![^.]*:\/\/)[^.\\]*\//, why: 'keys are separated by dots, not by slashes' },
  { is: /^log_id$/, why: 'log_id stays, as receivers ignore duplicates by it' },
];
const DOT_IN_KEY = 'a dot within a key is written as "\\."';

const EXPECTED =
  'comma-separated paths, such as "request.body.email, request.ip"; * is any key, ** any depth ("**.email"), \\. a dot within a key';

/**
 * Parses a path such as `request.body.app_metadata.https://example\.com/roles`. `*` stands for any
 * key at its level, `**` for any depth. Undefined for a path that hides nothing in any event.
 */
export function keyPath(text: string): KeyPath | undefined {
  const steps = stepsOf(text);
  const isPart = (step: string) => step !== '*' && step !== '**' && /(?<!\\)\*/.test(step);
  if (HIDES_NOTHING.some(({ is }) => is.test(text)) || hasOpenDot(steps)) return undefined;
  if (steps.some((step) => step === '' || isPart(step))) return undefined;
  const path = steps.map((step) => {
    if (step === '*') return ANY_KEY;
    return step === '**' ? ANY_DEPTH : step.replace(/\\(.)/g, '$1');
  });
  const own = path[0] === 'details' && /^re(quest|sponse)$/.test(steps[1] ?? '') ? path.slice(1) : path;
  return own.at(-1) === ANY_DEPTH ? [...own.slice(0, -1), ANY_KEY] : own; // all below is what is at the next level
}

function stepsOf(text: string): readonly string[] {
  return text.split(/(?<!\\)\./).map((step) => step.trim());
}

/** True for `https://example.com/roles`: a namespaced key whose dot takes it apart. */
function hasOpenDot(steps: readonly string[]): boolean {
  return steps.some((step, index) => {
    const next = steps[index + 1];
    return /:\/\/[^/]*$/.test(step) && next !== undefined && (!step.includes('\\.') || next.includes('/'));
  });
}

/**
 * Parses paths that are separated by commas; `\,` is a comma within a key. Undefined when one of
 * them can never hide anything.
 */
export function keyPaths(text: string): readonly KeyPath[] | undefined {
  const paths = written(text).map(keyPath);
  return paths.some((path) => path === undefined) ? undefined : paths.filter((path) => path !== undefined);
}

/**
 * Says what was expected, and why the first wrong path hides nothing. It never shows the path
 * itself.
 */
export function expectedPaths(text: string): string {
  const faulty = written(text).find((path) => keyPath(path) === undefined) ?? '';
  const why = hasOpenDot(stepsOf(faulty)) ? DOT_IN_KEY : HIDES_NOTHING.find(({ is }) => is.test(faulty))?.why;
  return why === undefined ? EXPECTED : `${EXPECTED}; ${why}`;
}

function written(text: string): readonly string[] {
  return text
    .split(/(?<!\\),/)
    .map((path) => path.trim())
    .filter((path) => path !== '');
}
