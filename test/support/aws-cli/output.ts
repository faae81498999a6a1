import { search } from '@aws-lambda-powertools/jmespath';
import { isObject } from '../../../lambdas/shared/text/json.ts';
import { UsageError } from './refusal.ts';
import { table } from './table-output.ts';
import { text } from './text-output.ts';

/** What the CLI prints of an answer: `--query` is applied, then `--output`. */
export function printed(answer: unknown, options: Readonly<Record<string, string>>): string {
  const selected = options.query === undefined ? answer : queried(answer, options.query);
  switch (options.output ?? 'json') {
    case 'json':
      return isObject(selected) && Object.keys(selected).length === 0
        ? ''
        : `${JSON.stringify(selected, undefined, 4)}\n`;
    case 'text':
      return text(selected);
    case 'table':
      return table(selected);
    default:
      throw new UsageError(
        `argument --output: Invalid choice, or not known to the stand-in: ${options.output}`,
      );
  }
}

function queried(answer: unknown, query: string): unknown {
  try {
    return search(query, JSON.parse(JSON.stringify(answer)));
  } catch (error) {
    throw new UsageError(`Bad value for --query ${query}: ${error instanceof Error ? error.message : error}`);
  }
}
