import { type AuditAct, kindOfAct } from "#domain/audit/acts.ts";
import { type AuditFacts, auditSides } from "#domain/audit/facts.ts";
import type { AuditActorKind, AuditDoor, Origin } from "#domain/audit/origin.ts";
import { clipText } from "#domain/notification.ts";
import { advisoryLocks } from "#server/db/advisory-locks.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

/** Who acts, and from where: what every use case's context knows. */
export interface Author {
  readonly actor: string;
  /** Absent: Tidemark itself, or a service that it knows by its signature. */
  readonly caller?:
    | { readonly kind: "admin" | "visitor" | "stranger" }
    | { readonly kind: "token"; readonly tokenId: string }
    | { readonly kind: "person"; readonly personId: string };
  /** Absent: Tidemark itself. */
  readonly from?: Origin;
}

export interface Act {
  readonly act: AuditAct;
  /** The object's, by which the entry is found: a name, or an id where it has none. */
  readonly name: string;
  /** Who owns the object; null or absent: not known. */
  readonly team?: string | null;
  /** The object's fields; only those that differ are recorded. null or absent: there was no object. Never secrets. */
  readonly before?: AuditFacts | null;
  /** null or absent: there is none any more. */
  readonly after?: AuditFacts | null;
  /** Why, in the author's words. */
  readonly reason?: string | null | undefined;
}

const maxText = 1_000;

/** Records what the transaction changes on behalf of its author: both commit, or neither. */
export async function recordAct(tx: Sql, author: Author, act: Act): Promise<void> {
  await recordActs(tx, author, [act]);
}

/** Records any number of acts in one statement. */
export async function recordActs(tx: Sql, { actor, caller, from }: Author, acts: readonly Act[]): Promise<void> {
  if (acts.length === 0) return;
  // Held until the commit: who holds it alone knows that no lower id is still to come.
  await tx.query("SELECT pg_advisory_xact_lock_shared($1)", [advisoryLocks.auditLog]);
  const kind = actorKind(caller, from);
  const id = caller?.kind === "person" ? caller.personId : caller?.kind === "token" ? caller.tokenId : null;
  await tx.query(
    `INSERT INTO audit_entry (actor, actor_kind, actor_id, door, address, request_id, act, kind, name, team, before, after, reason)
     SELECT $1, $2, $3, $4, $5, $6, act, kind, name, team, nullif(before, 'null'), nullif(after, 'null'), reason
       FROM ${actRows.from("a", 7)}`,
    [
      clipText(actor, maxText),
      kind,
      id,
      from?.door ?? "process",
      from?.address ?? null,
      from?.requestId?.slice(0, 255) ?? null,
      ...actRows.values(acts.map(toRow)),
    ],
  );
}

const actRows = bulkRows({
  act: "text",
  kind: "text",
  name: "text",
  team: "text?",
  before: "jsonb?",
  after: "jsonb?",
  reason: "text?",
});

function toRow({ act, name, team = null, before = null, after = null, reason }: Act) {
  const kind = kindOfAct(act);
  const why = reason ? clipText(reason, maxText) : null;
  return { act, kind, name: clipText(name, maxText), team, ...auditSides(before, after), reason: why };
}

/** Doors of services that Tidemark knows by their signature. */
const services: ReadonlySet<AuditDoor> = new Set(["pagerduty", "slack", "hook", "provider"]);

function actorKind(caller: Author["caller"], from: Origin | undefined): AuditActorKind {
  if (caller !== undefined) return caller.kind;
  return from !== undefined && services.has(from.door) ? "service" : "process";
}
