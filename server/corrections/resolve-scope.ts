import type { CorrectionDraft } from "#domain/correction.ts";
import { stages } from "#domain/protocol.ts";
import type { Sql } from "#server/db/database.ts";
import { type Fault, Invalid } from "#server/errors.ts";

export interface Scope {
  eventTypeId: number | null;
  datacenterId: number | null;
  reporterId: number | null;
  /** As stored. */
  stage: number | null;
  /** The latest event time of any message from the datacenter. */
  lastSeenAt: Date | null;
}

/** Resolves a correction's names to ids; throws Invalid with every unknown name. */
export async function resolveScope(sql: Sql, draft: CorrectionDraft): Promise<Scope> {
  const { rows } = await sql.query<Scope>(
    `SELECT (SELECT id FROM event_type WHERE name = $1) AS "eventTypeId",
            (SELECT id FROM datacenter WHERE name = $2) AS "datacenterId",
            (SELECT id FROM reporter WHERE name = $3) AS "reporterId",
            (SELECT last_seen_at FROM datacenter WHERE name = $2) AS "lastSeenAt"`,
    [draft.eventType, draft.datacenter, draft.reporter],
  );
  const stage = draft.stage && stages.indexOf(draft.stage) + 1;
  const scope = { ...rows[0], stage } as Scope;
  const faults: Fault[] = [];
  const need = (name: string | null, id: number | null, pointer: string, what: string) => {
    if (name !== null && id === null) faults.push({ pointer, detail: `${what} "${name}" does not exist` });
  };
  need(draft.eventType, scope.eventTypeId, "/eventType", "event type");
  need(draft.datacenter, scope.datacenterId, "/datacenter", "datacenter");
  need(draft.reporter, scope.reporterId, "/reporter", "reporter");
  if (faults.length > 0) throw new Invalid("The correction was not created.", faults);
  return scope;
}
