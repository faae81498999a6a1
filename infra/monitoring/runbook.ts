import { readFileSync } from 'node:fs';
import { repositoryFile } from '../repository.ts';

const FILE = 'docs/operations.md';
/** CloudWatch's limit for a description, in characters. */
const LONGEST_DESCRIPTION = 1_024;

/** Texts for somebody who got an alarm. */
export interface Runbook {
  /**
   * For the mail: `sentence`, and where to read on. Without an address it has the article itself.
   */
  descriptionOf(alarm: string, sentence: string): string;
  /** For the dashboard. */
  readonly markdown: string;
}

/**
 * `configured` is where docs/operations.md can be read. When it is empty, that is in the repository
 * of package.json, if there is one.
 */
export function createRunbook(configured: string): Runbook {
  const address = configured === '' ? repositoryFile(FILE) : configured;
  if (address === undefined)
    return {
      descriptionOf: (alarm, sentence) => withArticle(alarm, sentence),
      markdown: `Runbook: \`${FILE}\` of what was deployed`,
    };
  return {
    descriptionOf: (alarm, sentence) => `${sentence} Runbook: ${address}#${alarm}`,
    markdown: `[Runbook](${address})`,
  };
}

function withArticle(alarm: string, sentence: string): string {
  const end = ` Commands: ${FILE}, ${alarm}.`;
  const text = `${sentence} ${articleOf(alarm)}`;
  const room = LONGEST_DESCRIPTION - end.length;
  return (text.length <= room ? text : `${text.slice(0, room - 2).replace(/\s+\S*$/, '')} …`) + end;
}

/** What an article says under Investigate and Resolve, as plain text without its commands. */
function articleOf(alarm: string): string {
  const runbook = readFileSync(new URL(`../../${FILE}`, import.meta.url), 'utf8');
  const [, article] = new RegExp(`\\n### ${alarm}\\n([\\s\\S]*?)\\n##`).exec(runbook) ?? [];
  const [, investigateAndResolve] = /(\*\*Investigate\.\*\*[\s\S]*)/.exec(article ?? '') ?? [];
  if (investigateAndResolve === undefined) throw new Error(`${FILE} has no article on ${alarm}`);
  return investigateAndResolve
    .replace(/```[\s\S]*?```/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|`/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
