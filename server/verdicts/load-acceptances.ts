import { type AcceptedFigures, isAcceptanceInForce } from "#domain/correction.ts";
import type { Sql } from "#server/db/database.ts";
import { type HourKey, hourKeys } from "./load-facts.ts";
import { verdictKey } from "./load-verdicts.ts";

/** Per hour, the correction that accepts it at these figures; null: none. */
export type FindAcceptance = (hour: HourKey, figures: AcceptedFigures) => bigint | null;

/** If several apply, the newest. */
export async function loadAcceptances(sql: Sql, keys: readonly HourKey[]): Promise<FindAcceptance> {
  if (keys.length === 0) return () => null;
  const { rows } = await sql.query<HourKey & AcceptedFigures & { id: bigint }>(
    `SELECT a.event_type_id AS "eventTypeId", a.hour, a.lost, a.duplicated, a.known, a.correction_id AS id
       FROM ${hourKeys.from("k")}
       JOIN accepted_hour a ON a.event_type_id = k.event_type_id AND a.hour = k.hour
       JOIN correction c ON c.id = a.correction_id AND c.undone_at IS NULL
      ORDER BY a.correction_id DESC`,
    hourKeys.values(keys),
  );
  const byHour = Map.groupBy(rows, verdictKey);
  return (hour, figures) =>
    byHour.get(verdictKey(hour))?.find((accepted) => isAcceptanceInForce(accepted, figures))?.id ?? null;
}
