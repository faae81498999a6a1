import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../lambdas/shared/text/json.ts';
import { nearest } from '../lambdas/shared/text/nearest.ts';
import { disagreements, type WebhookFields, webhookFields } from './config-fields.ts';
import { jsonText } from './json-text.ts';

/**
 * One webhook as it is deployed: every key with its value. `retryWindow` is in seconds, `memory` in
 * megabytes.
 */
export type WebhookConfig = Readonly<WebhookFields>;

export interface ConfigFault {
  /** Where the fault is: `schedule`, `webhooks[1].schedule`. */
  readonly key: string;
  readonly expected: string;
}

/** The context is wrong. The message names every fault by its key. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map(({ key, expected }) => `  ${key}: ${expected}`);
    super(['The configuration (context in cdk.json, or -c) is wrong:', ...lines].join('\n'));
    this.faults = faults;
  }
}

export type Values = Readonly<Record<string, unknown>>;

const KEYS: readonly string[] = Object.keys(webhookFields.shape);
const LIST = 'webhooks';
export const CONTEXT_KEYS: readonly string[] = [...KEYS, LIST];

/**
 * The webhooks of a CDK context. Its top-level keys make one, or they are the defaults for those
 * that `webhooks` lists. `project` is the context of cdk.json alone: an unknown key there is a
 * fault, while other unknown keys may come from people's own `~/.cdk.json`.
 *
 * @throws {ConfigError} naming every fault at once.
 */
export function parseConfig(context: Values, project: Values = context): readonly WebhookConfig[] {
  const faults = unknownKeys(project, CONTEXT_KEYS, '').filter(({ key }) => !isCdkKey(key));
  const entries = webhookEntries(context[LIST]);
  if (entries === undefined) {
    faults.push({ key: LIST, expected: 'a list of at least one object, such as [{"name":"users"}]' });
  }
  const webhooks: WebhookConfig[] = [];
  for (const [index, entry] of (entries ?? [{}]).entries()) {
    const path = `${LIST}[${index}].`;
    faults.push(...unknownKeys(entry, KEYS, path));
    const result = webhookFields.safeParse({ ...known(context), ...known(entry) });
    if (result.success) webhooks.push(result.data);
    const between = result.success ? disagreements(result.data) : [];
    faults.push(
      ...between.map(([key, expected]) => ({ key: Object.hasOwn(entry, key) ? path + key : key, expected })),
    );
    for (const issue of result.error?.issues ?? []) {
      const key = issue.path.map(String).join('.');
      const isOwn = Object.hasOwn(entry, String(issue.path[0]));
      faults.push({ key: isOwn ? path + key : key, expected: issue.message });
    }
  }
  faults.push(...repeatedNames((entries ?? []).map((entry) => entry.name ?? context.name)));
  if (faults.length > 0) throw new ConfigError(withoutRepeats(faults));
  return webhooks;
}

/** The values that differ from the defaults. */
export function changedValues(webhook: WebhookConfig): Partial<WebhookConfig> {
  const defaults: Values = webhookFields.parse({});
  return Object.fromEntries(
    Object.entries(webhook).filter(([key, value]) => !isDeepStrictEqual(value, defaults[key])),
  );
}

/**
 * CDK keeps flags, look-ups and switches in the same context (`@aws-cdk/…`, `aws:cdk:…`,
 * `availability-zones:…`).
 */
export function isCdkKey(key: string): boolean {
  return (
    /[@:/]/.test(key) ||
    ['cli', 'cli-telemetry', 'acknowledged-issue-numbers', 'availability-zones'].includes(key)
  );
}

function unknownKeys(values: Values, keys: readonly string[], path: string): ConfigFault[] {
  return Object.keys(values)
    .filter((key) => !keys.includes(key))
    .map((key) => {
      const meant = nearest(key, keys);
      return {
        key: path + key,
        expected: `unknown; ${meant ? `did you mean ${meant}?` : `the keys are ${keys.join(', ')}`}`,
      };
    });
}

/**
 * The entries of `webhooks`; undefined when it makes no sense. Without it there is one empty entry,
 * so that the top-level keys are the webhook.
 */
function webhookEntries(value: unknown): readonly Values[] | undefined {
  const list = jsonText(value);
  if (list === undefined) return [{}];
  return Array.isArray(list) && list.length > 0 && list.every(isObject) ? list : undefined;
}

function known(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => KEYS.includes(key)));
}

function repeatedNames(names: readonly unknown[]): readonly ConfigFault[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ key: `${LIST}[${index}].name`, expected: 'a name of its own; an earlier webhook has this one' }],
  );
}

/** A faulty default is one fault, however many webhooks take it. */
function withoutRepeats(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  return [...new Map(faults.map((fault) => [`${fault.key}\n${fault.expected}`, fault])).values()];
}
