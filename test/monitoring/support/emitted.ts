import type { Assembly } from '../../../local/template/assembly.ts';
import { physicalName } from '../../../local/template/physical-names.ts';
import { metricsOf } from './alarm.ts';
import { AWS_METRICS } from './aws-metrics.ts';
import { keyOf, type MetricId } from './datapoints.ts';
import type { Monitored } from './monitored.ts';

/**
 * Metrics that a widget or an alarm names and that nobody emits: neither our functions, nor AWS for
 * a resource of the stack.
 */
export function namedButNotEmitted(
  { alarms, shown }: Pick<Monitored, 'alarms' | 'shown'>,
  emitted: readonly MetricId[],
  { template }: Pick<Assembly, 'template'>,
): readonly string[] {
  const ours = new Set(emitted.map(keyOf));
  const resources = Object.entries(template.Resources);
  const isAws = ({ namespace, name, dimensions }: MetricId): boolean => {
    const known = AWS_METRICS[namespace];
    if (known === undefined || !known.names.includes(name)) return false;
    const [[dimension, value] = ['', ''], ...more] = Object.entries(dimensions);
    const names = resources
      .filter(([, { Type }]) => Type === known.resource)
      .map(([id, resource]) => physicalName(id, resource));
    return more.length === 0 && dimension === known.dimension && names.includes(value);
  };
  const named = [...shown, ...alarms.flatMap(metricsOf)];
  const unknown = named.filter((metric) => !isAws(metric) && !ours.has(keyOf(metric)));
  return [...new Set(unknown.map(keyOf))];
}

/** Metrics of ours that no widget shows. */
export function emittedButNotShown(
  { shown }: Pick<Monitored, 'shown'>,
  emitted: readonly MetricId[],
): readonly string[] {
  const known = new Set(shown.map(keyOf));
  return [...new Set(emitted.map(keyOf))].filter((key) => !known.has(key));
}

const COMMANDS = ['fields', 'filter', 'stats', 'sort', 'limit', 'by', 'as', 'and', 'or', 'in', 'asc', 'desc'];

/**
 * Fields of our log lines that a Logs Insights query reads: its words without commands, functions,
 * texts and its own names.
 */
export function fieldsOf(query: string): readonly string[] {
  const plain = query.replace(/^SOURCE '[^']*'( \|)?/, '').replace(/"[^"]*"/g, '');
  const own = [...plain.matchAll(/\bas ([a-z]\w*)/gi)].map(([, name]) => name);
  const words = [...plain.matchAll(/(?<![@\w])[a-z]\w*\b(?!\()/gi)].map(([word]) => word);
  return [...new Set(words)].filter((word) => !COMMANDS.includes(word) && !own.includes(word));
}
