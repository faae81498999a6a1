import { messageOf } from '../errors.ts';

/** One line of the doctor: right, wrong with what to do, or not known here and why. */
export interface Finding {
  readonly what: string;
  readonly isRight: boolean;
  /** True when it could not be looked at, which says nothing of the webhook. */
  readonly isUnknown?: true;
  /** What to do; empty when it is right. */
  readonly todo: string;
}

export function right(what: string): Finding {
  return { what, isRight: true, todo: '' };
}

export function wrong(what: string, todo: string): Finding {
  return { what, isRight: false, todo };
}

export function unknown(what: string, why: string): Finding {
  return { what, isRight: false, isUnknown: true, todo: why };
}

/** A check that breaks off is a finding, too: the others go on. */
export async function checked(
  what: string,
  check: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [wrong(what, messageOf(error))];
  }
}
