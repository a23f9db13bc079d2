import type { Access, TokenPrincipal } from "#server/access/index.ts";
import { WindowCounter } from "#server/process/window-counter.ts";

/** Wrong tokens of an address in a minute: more than a fleet whose token expired needs to notice, too few to guess one. */
const guessLimit = { limit: 60, windowSeconds: 60 };
/** Of all addresses together. Beyond, a token is first looked for among the digests of all valid ones, as beyond an address's limit. */
const lookUpLimit = { limit: 600, windowSeconds: 60 };
const everyone = "everyone";

export interface CheckedToken {
  /** null: unknown, expired or revoked. */
  readonly principal: TokenPrincipal | null;
  /** The address has brought too many wrong ones; null: it has not. */
  readonly retryAfterSeconds: number | null;
}

/**
 * Checks bearer tokens, and throttles who guesses them by address. Beyond the limit a token is first looked for among the digests of all valid
 * ones, which are read once a second at most: callers with a valid token behind the same proxy are served, and a guess costs no statement.
 */
export class TokenGuesses {
  readonly #access: Access;
  readonly #wrong = new WindowCounter(guessLimit);
  readonly #lookUps = new WindowCounter(lookUpLimit);

  constructor(access: Access) {
    this.#access = access;
  }

  async check(token: string, address: string): Promise<CheckedToken> {
    // Counted before it is known to be wrong, so that a thousand at once are not all looked up.
    const { allowed, resetSeconds } = this.#wrong.take(address);
    const mayLookUp = this.#lookUps.take(everyone).allowed;
    if (!(allowed && mayLookUp) && !(await this.#access.knowsToken(token))) {
      return { principal: null, retryAfterSeconds: allowed ? null : resetSeconds };
    }
    const principal = await this.#access.authenticateToken(token);
    if (principal && allowed) this.#wrong.giveBack(address);
    if (principal && mayLookUp) this.#lookUps.giveBack(everyone);
    return { principal, retryAfterSeconds: null };
  }
}
