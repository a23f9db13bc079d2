import type { AuditFacts } from "#domain/audit/facts.ts";

interface Described {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly owner: string;
  readonly expiresAt: Date | null;
  readonly teams: readonly string[];
  readonly datacenters: readonly string[];
  readonly eventTypes: readonly string[];
}

/** What the audit log says of a token. */
export function factsOfToken({ id, scopes, owner, expiresAt, teams, datacenters, eventTypes }: Described): AuditFacts {
  return { id, scopes, owner, expiresAt, teams, datacenters, eventTypes };
}
