import { isObject } from '../../../lambdas/shared/text/json.ts';
import type { Argument, Service } from './model.ts';
import { UsageError } from './refusal.ts';
import { parseShorthand } from './shorthand.ts';

/** Makes the value that the API wants of the words behind an option. */
export function parameterOf(argument: Argument, words: readonly string[], service: Service): unknown {
  const { name, shape, type } = argument;
  const [only = ''] = words;
  if (type === 'integer' || type === 'long') return wholeNumber(name, only);
  if (type === 'double' || type === 'float') return Number(only);
  if (shape === undefined || service.shapes[shape] === undefined) return only;
  if (type === 'list') return listOf(argument, words, shape, service);
  if (type === 'map' || type === 'structure') return compound(name, only, shape, service);
  return only;
}

function wholeNumber(name: string, text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new UsageError(`argument --${name}: invalid int value: '${text}'`);
  return Number(text);
}

function listOf({ name }: Argument, words: readonly string[], shape: string, service: Service): unknown {
  const [first = ''] = words;
  if (words.length === 1 && first.trimStart().startsWith('[')) return json(name, first);
  const list = service.shapes[shape];
  const member = list?.type === 'list' ? list.member : shape;
  const kind = service.shapes[member]?.type;
  if (kind === 'structure' || kind === 'map')
    return words.map((word) => compound(name, word, member, service));
  return words.map((word) => typed(word, member, service));
}

function compound(name: string, text: string, shape: string, service: Service): unknown {
  if (/^\s*[{[]/.test(text)) return json(name, text);
  return typed(parseShorthand(text), shape, service);
}

function json(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `Error parsing parameter '--${name}': Invalid JSON: ${error}\nJSON received: ${text}`,
    );
  }
}

/** Gives a value its type by the shape, as shorthand knows only texts. */
function typed(value: unknown, shape: string, service: Service): unknown {
  const definition = service.shapes[shape];
  if (definition?.type === 'structure' && isObject(value)) {
    return mapped(value, (member, key) => typed(member, definition.members[key] ?? '', service));
  }
  if (definition?.type === 'map' && isObject(value)) {
    return mapped(value, (member) => typed(member, definition.value, service));
  }
  if (definition?.type === 'list') {
    const members = Array.isArray(value) ? value : [value];
    return members.map((member) => typed(member, definition.member, service));
  }
  if (typeof value !== 'string') return value;
  if (definition?.type === 'boolean') return value === 'true';
  if (definition?.type === 'integer' || definition?.type === 'long') return wholeNumber(shape, value);
  return value;
}

function mapped(
  value: Readonly<Record<string, unknown>>,
  change: (member: unknown, key: string) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, change(member, key)]));
}
