import type { Sql } from "#server/db/database.ts";

/** Claims datacenters and types directly in the database, for tests of the layers below the catalogue's use cases. */
export async function claimForTest(
  sql: Sql,
  claim: {
    datacenters: readonly string[];
    eventTypes: readonly string[];
    activeFrom: string;
    activeTo?: string | null;
    deadlineSeconds?: number;
  },
): Promise<void> {
  const { datacenters, eventTypes, activeFrom, activeTo = null, deadlineSeconds = 3600 } = claim;
  await sql.query(
    `INSERT INTO datacenter (name, discovered_at, claimed_at, active_from, active_to)
     SELECT name, $2, $2, $2, $3 FROM unnest($1::text[]) name
     ON CONFLICT (name) DO UPDATE SET claimed_at = excluded.claimed_at, active_from = excluded.active_from`,
    [datacenters, activeFrom, activeTo],
  );
  await sql.query(
    `INSERT INTO event_type (name, discovered_at, claimed_at, owner, tier, deadline_seconds, active_from, active_to, hours_through)
     SELECT name, $2, $2, 'tests', 'high', $4, $2, $3, $2 FROM unnest($1::text[]) name
     ON CONFLICT (name) DO UPDATE SET claimed_at = excluded.claimed_at, owner = 'tests', tier = 'high',
       deadline_seconds = excluded.deadline_seconds, active_from = excluded.active_from, hours_through = excluded.hours_through`,
    [eventTypes, activeFrom, activeTo, deadlineSeconds],
  );
}
