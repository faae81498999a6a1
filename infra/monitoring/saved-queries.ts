import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { WebhookConfig } from '../config.ts';
import { logGroupsOf } from './log-rows.ts';
import { type LogQuery, SAVED_QUERIES } from './queries.ts';

/** Saves the queries under the webhook's name in Logs Insights. */
export function addSavedQueries(scope: Construct, { name }: Pick<WebhookConfig, 'name'>): void {
  for (const [key, query] of Object.entries<LogQuery>(SAVED_QUERIES)) {
    const id = key.charAt(0).toUpperCase() + key.slice(1);
    new CfnQueryDefinition(scope, `${id}Query`, {
      // A slash would begin a folder, as the first one does; the API takes at most 255 characters.
      name: `${name}/${query.title.replaceAll('/', ' ')}`,
      logGroupNames: logGroupsOf(name, query),
      queryString: query.lines.join('\n| '),
    });
  }
}
