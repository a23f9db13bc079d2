// Public API of access: who asks, and what they may do.
export { type Access, openAccess, type Principal } from "./authenticate.ts";
export { type Call, type Context, type IngestLimits, requireAnyScope, requireScope } from "./context.ts";
export { createToken, type TokenInfo } from "./create-token.ts";
export { AccessDenied, OutsideLimits } from "./errors.ts";
export { listTokens } from "./list-tokens.ts";
export { type Concerned, isNamed, listPatterns, requireLimits } from "./require-limits.ts";
export { revokeToken } from "./revoke-token.ts";
export { type Scope, scopes } from "./scope.ts";
export { deriveSessionKey, sessionCookieName, sessionSeconds } from "./session.ts";
export { mintToken } from "./token.ts";
