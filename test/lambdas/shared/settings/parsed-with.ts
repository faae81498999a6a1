import type { Parsed } from '../../../../lambdas/shared/settings/setting.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a parser of settings makes of `values` beside the settings that are required. */
export function parsedWith<T>(parser: (secret: string) => Parsed<T>, required: Values) {
  const parse = (values: Values) => parser(JSON.stringify({ ...required, ...values }));
  return {
    parse,
    faultyKeys(values: Values): readonly string[] {
      const parsed = parse(values);
      return 'faults' in parsed ? parsed.faults.map(({ key }) => key) : [];
    },
    settings(values: Values): T {
      const parsed = parse(values);
      if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
      return parsed.settings;
    },
  };
}
