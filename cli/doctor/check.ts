/** One line of the doctor: right, or what to do. */
export interface Finding {
  readonly what: string;
  readonly isRight: boolean;
  /** What to do; empty when it is right. */
  readonly todo: string;
}

export function right(what: string): Finding {
  return { what, isRight: true, todo: '' };
}

export function wrong(what: string, todo: string): Finding {
  return { what, isRight: false, todo };
}
