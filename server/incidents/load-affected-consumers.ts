import type { AffectedConsumer } from "#domain/situation.ts";
import type { Sql } from "#server/db/database.ts";
import { hoursSpan, isVerdictOf } from "./verdicts-of-hours.ts";

const listedConsumers = 20;

interface ConsumerRow extends AffectedConsumer {
  id: bigint;
  count: number;
}

export interface AffectedConsumers {
  consumers: AffectedConsumer[];
  consumerCount: number;
}

/** Who registered as a reader of the incidents' types, and how many of the affected hours each cannot read yet. */
export async function loadAffectedConsumers(sql: Sql, ids: readonly bigint[]): Promise<Map<bigint, AffectedConsumers>> {
  const { rows } = await sql.query<ConsumerRow>(
    `WITH ${hoursSpan}, type AS (
       SELECT incident_id AS id, event_type_id FROM incident_hour WHERE incident_id = ANY ($1)
        UNION
       SELECT m.incident_id, a.event_type_id FROM incident_alert m JOIN alert a ON a.fingerprint = m.fingerprint
        WHERE m.incident_id = ANY ($1)
     ), waiting AS (
       SELECT type.id, c.name, c.contact, count(v.hour) FILTER (WHERE v.accepted_by_correction IS NULL AND NOT CASE
                -- as the gate decides, see domain/readiness
                WHEN c.min_completeness IS NULL THEN v.state = 'complete'
                WHEN v.state IN ('open', 'closing', 'late') OR NOT v.known THEN false
                ELSE v.produced = 0 OR 1 - v.lost / v.produced::float8 >= c.min_completeness END)::int AS waits
         FROM type
         JOIN consumer c ON c.event_type_id = type.event_type_id
         LEFT JOIN incident_hour h ON h.incident_id = type.id AND h.event_type_id = type.event_type_id
         LEFT JOIN verdict v ON ${isVerdictOf("h")}
        GROUP BY 1, 2, 3
     ), ranked AS (
       SELECT *, count(*) OVER (PARTITION BY id)::int AS count,
              row_number() OVER (PARTITION BY id ORDER BY waits DESC, name, contact) AS place
         FROM waiting
     )
     SELECT id, name, contact, waits, count FROM ranked WHERE place <= $2 ORDER BY id, place`,
    [ids, listedConsumers],
  );
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, own]) => [
      id,
      {
        consumers: own.map(({ name, contact, waits }) => ({ name, contact, waits })),
        consumerCount: own[0]?.count ?? 0,
      },
    ]),
  );
}
