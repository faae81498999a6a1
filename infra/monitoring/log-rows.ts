import { type IWidget, LogQueryVisualizationType, LogQueryWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { WebhookConfig } from '../config.ts';
import { namesOf } from '../names.ts';
import { type LogQuery, SAVED_QUERIES, WIDGET_QUERIES } from './queries.ts';

/**
 * Rows of what only the log lines have. Looking at them costs by the gigabyte, and nothing by the
 * month.
 */
export function logRows({ name }: Pick<WebhookConfig, 'name'>): readonly (readonly IWidget[])[] {
  const { BAR, LINE, TABLE } = LogQueryVisualizationType;
  return [
    [
      logWidget(name, WIDGET_QUERIES.statusClasses, BAR, 12),
      logWidget(name, WIDGET_QUERIES.rateLimitLeft, LINE, 12),
    ],
    [logWidget(name, SAVED_QUERIES.failedAttempts, TABLE, 24)],
  ];
}

export function logGroupsOf(name: string, { functions }: LogQuery): string[] {
  return functions.map((each) => `/aws/lambda/${namesOf(name)[each]}`);
}

export function logWidget(
  name: string,
  query: LogQuery,
  view: LogQueryVisualizationType,
  width: number,
): LogQueryWidget {
  return new LogQueryWidget({
    title: query.title,
    logGroupNames: logGroupsOf(name, query),
    queryLines: [...query.lines],
    view,
    width,
    height: 6,
  });
}
