/** One thing wrong with the input: where it stands (a JSON pointer into the body, or a parameter's name) and what to do. */
export interface Fault {
  readonly pointer?: string;
  readonly parameter?: string;
  /** Of a text, counted from 1. */
  readonly line?: number;
  readonly detail: string;
}

/** The input cannot be used. Every fault is listed, and nothing of the input was applied. */
export class Invalid extends Error {
  readonly faults: readonly Fault[];

  constructor(message: string, faults: readonly Fault[] = []) {
    super(message);
    this.faults = faults;
  }
}

/** What was named does not exist. The message names it and says where to look. */
export class NotFound extends Error {}

/** The hour exists and may not be read yet: asking again can succeed. */
export class NotReady extends Error {
  readonly retryAfterSeconds: number;
  /** What the answer says beside the message. */
  readonly members: object;

  constructor(message: string, retryAfterSeconds: number, members: object = {}) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
    this.members = members;
  }
}

/** The input is fine, and what is stored now stands against it. */
export class Conflict extends Error {}

/** Nobody is known to ask: no token, or one that is unknown, expired or revoked. */
export class Unauthenticated extends Error {
  readonly tokenWasGiven: boolean;

  constructor(message: string, tokenWasGiven = false) {
    super(message);
    this.tokenWasGiven = tokenWasGiven;
  }
}

export class PayloadTooLarge extends Error {}

export class UnsupportedMediaType extends Error {}
