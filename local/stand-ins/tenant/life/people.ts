import { DIGITS, type Random } from './random.ts';

/** Names are invented; any likeness is chance. */
const FIRST = 'Avenna Torvik Ysolde Brannoc Quillon Mirabeth Oswin Tamsel Zephrin Ilvane'.split(' ');
const LAST = 'Mossgrove Quenby Tarrowick Fennimoor Ashgill Pellowmere Wrenlock Duskvale'.split(' ');

export interface Person {
  readonly name: string;
  readonly given_name: string;
  readonly family_name: string;
  readonly email: string;
}

export function person(random: Random): Person {
  const given_name = random.pick(FIRST);
  const family_name = random.pick(LAST);
  const local = `${given_name}.${family_name}${random.text(2, DIGITS)}`.toLowerCase();
  return { name: `${given_name} ${family_name}`, given_name, family_name, email: `${local}@example.com` };
}

/** An address of those that RFC 5737 and RFC 3849 keep for documentation. */
export function address(random: Random): string {
  return random.chance(0.8)
    ? `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${random.between(1, 254)}`
    : `2001:db8::${random.between(1, 9999)}`;
}

export interface Agent {
  /** The user agent as the API answers it. */
  readonly parsed: string;
  /** The user agent as it was sent, for `details.request.userAgent`. */
  readonly raw: string;
}

const AGENTS: readonly Agent[] = [
  {
    parsed: 'Firefox 145.0.0 / Linux 0.0.0',
    raw: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  },
  {
    parsed: 'Chrome 142.0.0 / Mac OS X 10.15.7',
    raw: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/142.0.0.0',
  },
  {
    parsed: 'Mobile Safari 18.1.0 / iOS 18.1.0',
    raw: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1',
  },
];

export const agent = (random: Random): Agent => random.pick(AGENTS);
