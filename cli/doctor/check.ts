import { messageOf } from '../errors.ts';

/**
 * One line of the doctor: all is right, or what is wrong and what to do, or why it is not known.
 */
export interface Finding {
  readonly what: string;
  readonly isRight: boolean;
  /** True when the check could not be made. That says nothing about the webhook. */
  readonly isUnknown?: true;
  /** What to do; empty when all is right. */
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

/** Runs a check. One that throws becomes a finding, so that the others still run. */
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
