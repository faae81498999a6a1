import { isObject } from '../../../lambdas/shared/text/json.ts';

/**
 * Prints a list of flat objects or of rows as a table. Its frame is simpler than the CLI's; its
 * cells are the same.
 */
export function table(value: unknown): string {
  const rows = Array.isArray(value) ? value : [value];
  const keys = [...new Set(rows.filter(isObject).flatMap((row) => Object.keys(row)))].toSorted();
  const cells = rows.map((row) => {
    if (isObject(row)) return keys.map((key) => cell(row[key]));
    return Array.isArray(row) ? row.map(cell) : [cell(row)];
  });
  const lines = keys.length === 0 ? cells : [keys, ...cells];
  return lines.map((line) => `|  ${line.join('  |  ')}  |\n`).join('');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
