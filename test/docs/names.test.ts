import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Metric } from '../../lambdas/shared/contract.ts';
import { AUTH0_KEYS } from '../../lambdas/shared/settings/auth0-settings.ts';
import { WEBHOOK_KEYS } from '../../lambdas/shared/settings/webhook-settings.ts';
import { DOCUMENTS } from './documents.ts';

const OPERATIONS = readFileSync('docs/operations.md', 'utf8');
const SOURCES = globSync('{lambdas,infra,cli}/**/*.ts')
  .map((path) => readFileSync(path, 'utf8'))
  .join('');

/** Texts in backticks of a document, without code blocks. */
const inTicks = (document: string) =>
  [
    ...readFileSync(document, 'utf8')
      .replace(/^```[\s\S]*?^```$/gm, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map(([, text = '']) => text);

/** Settings of the senders that people come from. */
const OF_OTHERS = new Set([
  'AUTH0_GLOBAL_CLIENT_ID',
  'AUTH0_GLOBAL_CLIENT_SECRET',
  'WEBHOOK_CONCURRENT_CALLS',
  'BATCH_SIZE',
  'SLACK_INCOMING_WEBHOOK_URL',
  'SLACK_SEND_SUCCESS',
  'DAILY_REPORT_TIME',
]);

/**
 * Dotted words that are no log lines: fields of Auth0's and CloudWatch's, categories of streams.
 */
const OTHER_DOTTED = /^(request|response|details|record|logs|management|user|state|batch|body)\./;
const FILE = /\.(ts|mjs|md|json|pem|png|sh)$/;

describe.each(DOCUMENTS)('%s', (document) => {
  it('names settings that there are', () => {
    const known = new Set([
      ...AUTH0_KEYS,
      ...WEBHOOK_KEYS,
      ...(document === 'docs/migrating.md' ? OF_OTHERS : []),
    ]);

    const named = inTicks(document).flatMap((text) => text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? []);

    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('names log lines and reasons that the code has', () => {
    const named = inTicks(document).filter(
      (text) =>
        /^[a-z0-9]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/.test(text) && !FILE.test(text) && !OTHER_DOTTED.test(text),
    );

    expect(named.filter((name) => !SOURCES.includes(`'${name}'`))).toEqual([]);
  });
});

/** Words of AWS's own, and words that were considered and not taken. */
const OF_AWS_AND_OTHERS = new Set([
  'UnreservedConcurrentExecution',
  'AccessDeniedException',
  'RetainExceptOnCreate',
  'cdk-monitoring-constructs',
]);
const EVERYTHING = [...globSync('{lambdas,infra,cli,local,bench}/**/*.{ts,sh}'), 'package.json', 'cdk.json']
  .map((path) => readFileSync(path, 'utf8'))
  .join('');

/**
 * Names such as `webhook-failing`, `timeout-response`, `webhook-id`; `EndpointGone`, `TableName`.
 */
const NAME = /^(?:[a-z]+(?:-[a-z0-9]+)+|[A-Z][a-z]+[a-zA-Z0-9]*[A-Z][a-zA-Z0-9]*)$/;

it.each(DOCUMENTS)('%s names alarms, reasons, headers, metrics and outputs that the code has', (document) => {
  const named = inTicks(document).filter((text) => NAME.test(text) && !OF_AWS_AND_OTHERS.has(text));

  expect(named.filter((name) => !EVERYTHING.includes(name))).toEqual([]);
});

/** Metrics of AWS's own, which cost nothing. */
const OF_AWS = ['Invocations', 'NumberOfMessagesSent', 'Errors'];

describe('the metrics in docs/operations.md', () => {
  const [, section = ''] = OPERATIONS.split('\n## Metrics\n');
  const [table = ''] = section.split('\n## ');
  const named = [...table.matchAll(/`([A-Z]\w+)`/g)].map(([, name = '']) => name);

  it('are all that there are', () => {
    expect(named).toEqual(expect.arrayContaining(Object.values(Metric)));
  });

  it('are no others', () => {
    const known = [...Object.values(Metric), ...OF_AWS, 'Auth0ManagementWebhooks', 'Webhook'];

    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});
