const FIELDS: readonly {
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
}[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  {
    least: 1,
    most: 12,
    words: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  { least: 1, most: 7, words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] },
  { least: 1970, most: 2199 },
];
const DAY_OF_MONTH = 2;
const DAY_OF_WEEK = 4;

/** True for what an EventBridge rule accepts: `rate(1 minute)`, `rate(5 minutes)`, `cron(0/15 6-22 ? * MON-FRI *)`. */
export function isSchedule(text: string): boolean {
  const rate = /^rate\(([1-9]\d{0,5}) (minute|hour|day)(s?)\)$/.exec(text);
  if (rate) return (rate[1] === '1') === (rate[3] === ''); // EventBridge insists on the plural
  const cron = /^cron\(([^()]+)\)$/.exec(text)?.[1];
  return cron !== undefined && isCron(cron.trim().split(/\s+/));
}

function isCron(fields: readonly string[]): boolean {
  if (fields.length !== FIELDS.length) return false;
  const leftOpen = [fields[DAY_OF_MONTH], fields[DAY_OF_WEEK]].filter((day) => day === '?');
  return leftOpen.length === 1 && fields.every(isField);
}

function isField(field: string, place: number): boolean {
  const isDay = place === DAY_OF_MONTH || place === DAY_OF_WEEK;
  if (field === '?') return isDay;
  if (place === DAY_OF_MONTH && /^(L|LW|([1-9]|[12]\d|3[01])W)$/.test(field)) return true;
  if (place === DAY_OF_WEEK && /^(L|[1-7]L|[1-7]#[1-5])$/.test(field)) return true;
  return field.split(',').every((part) => isRange(part, place));
}

/** `*`, `5`, `5-9`, `MON-FRI`, each also with a step: `0/15`. */
function isRange(part: string, place: number): boolean {
  const [range = '', step, ...more] = part.split('/');
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))) return false;
  const ends = range.split('-');
  return range === '*' || (ends.length <= 2 && ends.every((end) => isValue(end, place)));
}

function isValue(text: string, place: number): boolean {
  const field = FIELDS[place];
  if (field === undefined) return false;
  const isNumber = /^\d{1,4}$/.test(text) && Number(text) >= field.least && Number(text) <= field.most;
  return isNumber || field.words?.includes(text) === true;
}
