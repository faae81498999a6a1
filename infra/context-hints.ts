import { isDeepStrictEqual } from 'node:util';
import { nearest } from '../lambdas/shared/text/nearest.ts';
import { CONTEXT_KEYS, isCdkKey, type Values } from './config.ts';

/**
 * Hints about what is odd but no fault. `context` is what the CDK command line passes, a mixture of
 * cdk.json, `~/.cdk.json` and `-c`; `project` is that of cdk.json alone.
 */
export function contextHints(context: Values, project: Values): readonly string[] {
  return Object.entries(context).flatMap(([key, value]) => {
    if (isCdkKey(key) || isDeepStrictEqual(value, project[key])) return [];
    if (CONTEXT_KEYS.includes(key)) return [notRemembered(key, value, project[key])];
    const meant = nearest(key, CONTEXT_KEYS);
    return meant === undefined
      ? [] // people keep context of their own in ~/.cdk.json
      : [`${key} is none of the keys, so it does nothing; did you mean ${meant}?`];
  });
}

/**
 * Warns of an option that a later deploy has to repeat. Without it that deploy takes the value back
 * and says nothing, as it does not know what was deployed.
 */
function notRemembered(key: string, value: unknown, projects: unknown): string {
  const otherwise = projects === undefined ? 'has none' : `has ${JSON.stringify(projects)}`;
  return `${key} is ${JSON.stringify(value)} here, cdk.json ${otherwise}. -c is not remembered: write it into "context" in cdk.json, or the next deploy without it takes it back.`;
}
