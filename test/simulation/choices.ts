/** Makes every decision of a run. 0 is the default; anything else is a deviation. */
export interface Choices {
  /**
   * Chooses one of the options.
   * @param favourite the option that a world is fond of; 0: none of them
   */
  choose(options: number, favourite?: number): number;
  /** Number of options that each decision had so far. */
  readonly sizes: readonly number[];
  /** Decisions other than the default: their index, and the option that was taken. */
  readonly deviations: readonly Deviation[];
}

export type Deviation = readonly [decision: number, option: number];

/** Takes the given deviations, and the default everywhere else. */
export function scripted(deviations: readonly Deviation[]): Choices {
  const wanted = new Map(deviations);
  return recorded((decision) => wanted.get(decision) ?? 0);
}

/** The probability with which a world's favourite option is taken. */
const FONDNESS = 0.3;

/** Deviates with the given probability. */
export function drawn(random: () => number, probability: number): Choices {
  return recorded((_, options, favourite) => {
    if (favourite > 0 && random() < FONDNESS) return favourite;
    return options > 1 && random() < probability ? 1 + Math.floor(random() * (options - 1)) : 0;
  });
}

function recorded(pick: (decision: number, options: number, favourite: number) => number): Choices {
  const sizes: number[] = [];
  const deviations: Deviation[] = [];
  return {
    sizes,
    deviations,
    choose(options, favourite = 0) {
      const decision = sizes.length;
      const wanted = pick(decision, options, favourite);
      const option = wanted < options ? wanted : 0;
      sizes.push(options);
      if (option > 0) deviations.push([decision, option]);
      return option;
    },
  };
}

/** Deviations as the command line takes them: `12:3,40:1`. */
export function toText(deviations: readonly Deviation[]): string {
  return deviations.map((pair) => pair.join(':')).join(',');
}

export function fromText(text: string): Deviation[] {
  return text
    .split(',')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [decision, option] = pair.split(':').map(Number);
      if (!Number.isInteger(decision) || !Number.isInteger(option))
        throw new Error(`"${pair}" is no deviation; one is decision:option`);
      return [decision ?? 0, option ?? 0];
    });
}
