// Public API of access: who asks, and what they may do.

export { type Scope, scopes } from "#domain/access/scope.ts";
export { type Access, openAccess, type Principal, type SessionPrincipal, type TokenPrincipal } from "./authenticate.ts";
export { type Call, type Context, type IngestLimits, requireAnyScope, requireScope, type SignedIn } from "./context.ts";
export { createToken } from "./create-token.ts";
export {
  endOtherSessions,
  endSession,
  endSessionOfCookie,
  endSessionsOf,
  endSessionsOfLogout,
} from "./end-sessions.ts";
export { AccessDenied, AnotherTeams, OutsideLimits } from "./errors.ts";
export { type Invited, invitePerson, linkPerson } from "./invite-person.ts";
export { listAuditEntries } from "./list-audit-entries.ts";
export { listPeople, readPerson } from "./list-people.ts";
export { listSessions } from "./list-sessions.ts";
export { listTokens } from "./list-tokens.ts";
export { createOwnerLink, readLink, redeemLink } from "./redeem-link.ts";
export { type Concerned, isNamed, listPatterns, requireLimits } from "./require-limits.ts";
export { type PlacedChange, requireOwnership } from "./require-ownership.ts";
export { revokeToken } from "./revoke-token.ts";
export { rotateToken } from "./rotate-token.ts";
export { linkPath } from "./sign-in-link.ts";
export { type GroupMeaning, signInPerson } from "./sign-in-person.ts";
export { idleMs, type SignInPlace, type StoredPerson } from "./stored-session.ts";
export { mintToken } from "./token.ts";
export { updatePerson } from "./update-person.ts";
export { isFirstUse } from "./used-once.ts";
export { visitSeconds } from "./visit.ts";
