import { isObject } from '../../../lambdas/shared/text/json.ts';
import type { Service } from './model.ts';

/** Says what is wrong with a value of that shape, by its path; empty when nothing is. */
export function faultsOf(value: unknown, shape: string, service: Service, path = 'input'): readonly string[] {
  const definition = service.shapes[shape];
  if (definition === undefined) throw new Error(`commands.json has no shape ${shape}`);
  switch (definition.type) {
    case 'structure': {
      if (!isObject(value)) return [`Invalid type for parameter ${path}, valid types: <class 'dict'>`];
      const missing = definition.required.filter((key) => value[key] === undefined);
      return [
        ...missing.map((key) => `Missing required parameter in ${path}: "${key}"`),
        ...Object.entries(value).flatMap(([key, member]) => {
          const of = definition.members[key];
          const known = Object.keys(definition.members).join(', ');
          return of === undefined
            ? [`Unknown parameter in ${path}: "${key}", must be one of: ${known}`]
            : faultsOf(member, of, service, `${path}.${key}`);
        }),
      ];
    }
    case 'list':
      if (!Array.isArray(value)) return [`Invalid type for parameter ${path}, valid types: <class 'list'>`];
      return value.flatMap((member, index) =>
        faultsOf(member, definition.member, service, `${path}[${index}]`),
      );
    case 'map':
      if (!isObject(value)) return [`Invalid type for parameter ${path}, valid types: <class 'dict'>`];
      return Object.entries(value).flatMap(([key, member]) =>
        faultsOf(member, definition.value, service, `${path}.${key}`),
      );
    case 'boolean':
      return typeof value === 'boolean'
        ? []
        : [`Invalid type for parameter ${path}, valid types: <class 'bool'>`];
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return typeof value === 'number'
        ? []
        : [`Invalid type for parameter ${path}, valid types: <class 'int'>`];
    case 'string':
      if (typeof value !== 'string')
        return [`Invalid type for parameter ${path}, valid types: <class 'str'>`];
      return definition.enum === undefined || definition.enum.includes(value)
        ? []
        : [`Value '${value}' at '${path}' failed to satisfy constraint: Member must satisfy enum value set`];
    case 'timestamp':
      return typeof value === 'string' || typeof value === 'number'
        ? []
        : [`Invalid type for parameter ${path}, valid types: <class 'datetime.datetime'>, timestamp-string`];
    case 'blob':
      return typeof value === 'string'
        ? []
        : [`Invalid type for parameter ${path}, valid types: <class 'bytes'>`];
  }
}
