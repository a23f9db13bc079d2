/**
 * The door that an act came through. `process`: Tidemark itself; `hook`: a release tool's webhook; `link`: a one-time link; `provider`: the identity provider;
 * `stranger`: a caller that was not let in.
 */
export const auditDoors = [
  "browser",
  "token",
  "command_line",
  "pagerduty",
  "slack",
  "hook",
  "provider",
  "link",
  "stranger",
  "process",
] as const;
export type AuditDoor = (typeof auditDoors)[number];

/** The command line's User-Agent: it distinguishes its acts from those of other programs with the same token. */
export const commandLineAgent = "tidemark-cli";

/** Where an act came from. */
export interface Origin {
  readonly door: AuditDoor;
  /** The caller's, an IPv6 address as its /64; null: it came over no network. */
  readonly address: string | null;
  readonly requestId: string | null;
}

export const auditActorKinds = ["person", "token", "admin", "visitor", "service", "stranger", "process"] as const;
export type AuditActorKind = (typeof auditActorKinds)[number];
