import { invalid } from './dynamodb-error.ts';
import type { Expressions } from './expressions.ts';

/** DynamoDB's limit for one expression. */
const MOST_BYTES = 4_096;

/**
 * Refuses what DynamoDB refuses before it looks at the item: an expression that is too long, a name
 * or value that no expression uses or that is missing, and two clauses on one place.
 */
export function checkExpressions(expressions: Expressions): void {
  const { ConditionExpression = '', UpdateExpression = '' } = expressions;
  const { ExpressionAttributeNames = {}, ExpressionAttributeValues = {} } = expressions;
  for (const text of [ConditionExpression, UpdateExpression])
    if (Buffer.byteLength(text) > MOST_BYTES)
      throw invalid('Expression size has exceeded the maximum allowed size');
  const used = new Set(`${ConditionExpression} ${UpdateExpression}`.match(/[#:]\w+/g));
  const known = new Set([
    ...Object.keys(ExpressionAttributeNames),
    ...Object.keys(ExpressionAttributeValues),
  ]);
  for (const name of known)
    if (!used.has(name)) throw invalid(`${name} is given and not used in expressions.`);
  for (const name of used)
    if (!known.has(name)) throw invalid(`${name} is used in an expression and not given.`);
  checkPlaces(UpdateExpression, ExpressionAttributeNames);
}

/** Two clauses may not change one place, or a place and what lies in it. */
function checkPlaces(update: string, names: Record<string, string>): void {
  const targets = update.match(/(?<=(, |\b(SET|REMOVE|ADD|DELETE) ))[#\w.]+/g) ?? [];
  const places = targets.map((target) => `${target.replaceAll(/#\w+/g, (name) => names[name] ?? name)}.`);
  places.sort();
  for (const [index, place] of places.entries())
    if (places[index + 1]?.startsWith(place))
      throw invalid(`Two document paths overlap with each other: ${place}`);
}
