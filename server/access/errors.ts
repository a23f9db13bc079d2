import type { Scope } from "./context.ts";

/** The caller is known and may not do this. */
export class AccessDenied extends Error {
  readonly scope: Scope;

  constructor(scope: Scope) {
    super(`This needs a token with the scope "${scope}".`);
    this.scope = scope;
  }
}
