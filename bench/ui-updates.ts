import type { Database } from "#server/db/database.ts";

const everyMs = 250;
const typesEach = 25;

export const updatesText = `${1000 / everyMs} commits a second, each with the verdicts of two hours of ${typesEach} types, their watermarks, and a NOTIFY`;

export interface Updates {
  commits(): number;
  stop(): Promise<void>;
}

/** Doubles the types, with their last two days and watermarks. */
export async function doubleTypes(database: Database): Promise<void> {
  const { sql } = database;
  await sql.query(
    `INSERT INTO event_type (name, discovered_at, claimed_at, owner, tier, active_from, hours_through, complete_through)
     SELECT 'Twin' || name, discovered_at, claimed_at, owner, tier, active_from, hours_through, complete_through FROM event_type`,
  );
  await sql.query(
    `INSERT INTO verdict (event_type_id, hour, state, revision, settled, amended, closed_at, deadline_at, produced, delivered, lost,
                          duplicated, skewed, known, next_due_at, judged_at)
     SELECT twin.id, v.hour, v.state, v.revision, v.settled, v.amended, v.closed_at, v.deadline_at, v.produced, v.delivered, v.lost,
            v.duplicated, v.skewed, v.known, v.next_due_at, v.judged_at
       FROM verdict v JOIN event_type t ON t.id = v.event_type_id JOIN event_type twin ON twin.name = 'Twin' || t.name
      WHERE v.hour > now() - interval '2 days'`,
  );
  await sql.query(
    `INSERT INTO verdict_lane (event_type_id, hour, datacenter_id, closed_at, watermark, known, produced, published, delivered)
     SELECT twin.id, l.hour, l.datacenter_id, l.closed_at, l.watermark, l.known, l.produced, l.published, l.delivered
       FROM verdict_lane l JOIN event_type t ON t.id = l.event_type_id JOIN event_type twin ON twin.name = 'Twin' || t.name
      WHERE l.hour > now() - interval '2 days'`,
  );
  await sql.query(
    `INSERT INTO watermark (event_type_id, datacenter_id, watermark, observed_at)
     SELECT twin.id, w.datacenter_id, w.watermark, w.observed_at
       FROM watermark w JOIN event_type t ON t.id = w.event_type_id JOIN event_type twin ON twin.name = 'Twin' || t.name`,
  );
  await sql.query("VACUUM ANALYZE");
}

/** A busy fleet, until it is stopped: hours close and reopen, watermarks move, and all viewers are notified. */
export function streamUpdates(database: Database): Updates {
  let round = 0;
  let running = Promise.resolve();
  let failed: unknown = null;
  const timer = setInterval(() => {
    running = running
      .then(() => commitUpdate(database, round))
      .then(
        () => {
          round += 1;
        },
        (error: unknown) => {
          failed = error;
        },
      );
  }, everyMs);
  return {
    commits: () => round,
    async stop() {
      clearInterval(timer);
      await running;
      if (failed) throw failed;
    },
  };
}

async function commitUpdate(database: Database, round: number): Promise<void> {
  await database.transaction(async (tx) => {
    const { rows } = await tx.query<{ id: number }>("SELECT id FROM event_type ORDER BY id OFFSET $1 LIMIT $2", [
      (round * typesEach) % 1_000,
      typesEach,
    ]);
    const ids = rows.map(({ id }) => id);
    await tx.query(
      `UPDATE verdict v SET judged_at = now(), revision = v.revision + 1,
              state = CASE WHEN v.closed_at IS NULL THEN 'verifying' ELSE 'closing' END,
              closed_at = CASE WHEN v.closed_at IS NULL THEN now() END
        WHERE v.event_type_id = ANY ($1) AND v.hour BETWEEN date_trunc('hour', now()) - interval '3 hours' AND date_trunc('hour', now()) - interval '2 hours'`,
      [ids],
    );
    await tx.query(
      "UPDATE watermark SET watermark = watermark + interval '20 s', observed_at = now() WHERE event_type_id = ANY ($1)",
      [ids],
    );
    await tx.query("UPDATE ingest_worker SET last_ingest_at = now()");
    await tx.query("UPDATE datacenter SET last_seen_at = now()");
    await tx.query("SELECT pg_notify('tidemark_verdict', '*')");
  });
}
