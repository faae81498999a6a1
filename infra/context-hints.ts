import { isDeepStrictEqual } from 'node:util';
import { nearest } from '../lambdas/shared/text/nearest.ts';
import { CONTEXT_KEYS, isCdkKey, type Values } from './config.ts';

/**
 * What deserves a word though it is no fault. `context`: as the CDK command line passes it, which
 * mixes cdk.json, `~/.cdk.json` and `-c`. `project`: that of cdk.json alone.
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
 * A later deploy without the option goes back, and says nothing: it cannot know what was deployed.
 */
function notRemembered(key: string, value: unknown, projects: unknown): string {
  const otherwise = projects === undefined ? 'has none' : `has ${JSON.stringify(projects)}`;
  return `${key} is ${JSON.stringify(value)} here, cdk.json ${otherwise}. -c is not remembered: write it into "context" in cdk.json, or the next deploy without it takes it back.`;
}
