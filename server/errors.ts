/** One fault in the input: where it is (a JSON pointer into the body, or a parameter's name) and what to do. */
export interface Fault {
  readonly pointer?: string;
  readonly parameter?: string;
  /** In a text, counted from 1. */
  readonly line?: number;
  readonly detail: string;
}

/** The input is invalid. Every fault is listed, and nothing of the input was applied. */
export class Invalid extends Error {
  readonly faults: readonly Fault[];

  constructor(message: string, faults: readonly Fault[] = []) {
    super(message);
    this.faults = faults;
  }
}

/** Something named does not exist. The message names it and says where to look. */
export class NotFound extends Error {}

/** The hour exists but may not be read yet: a retry can succeed. */
export class NotReady extends Error {
  readonly retryAfterSeconds: number;
  /** Extra members of the response. */
  readonly members: object;

  constructor(message: string, retryAfterSeconds: number, members: object = {}) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
    this.members = members;
  }
}

/** The input is valid but conflicts with stored data. */
export class Conflict extends Error {}

/** What is stored is not what the caller read: someone saved meanwhile. */
export class ChangedMeanwhile extends Error {}

/** The caller is unknown: no token, or one that is unknown, expired or revoked. */
export class Unauthenticated extends Error {
  readonly tokenWasGiven: boolean;

  constructor(message: string, tokenWasGiven = false) {
    super(message);
    this.tokenWasGiven = tokenWasGiven;
  }
}

export class PayloadTooLarge extends Error {}

export class UnsupportedMediaType extends Error {}
