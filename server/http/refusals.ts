/** The path exists, and takes other methods. */
export class MethodNotAllowed extends Error {
  readonly allowed: readonly string[];

  constructor(method: string, path: string, allowed: readonly string[]) {
    super(`${path} does not take ${method}. It takes ${allowed.join(", ")}.`);
    this.allowed = allowed;
  }
}

/** The sender of a body took too long. */
export class BodyTooSlow extends Error {}

/** The caller sent more than it may for now. */
export class TooManyRequests extends Error {
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
