import type { Sql } from "./database.ts";

/**
 * Takes or renews a lease for this many real seconds; false if another holder has it.
 * By the database's clock, which all holders share: their own may differ or jump.
 */
async function takeLease(sql: Sql, name: string, holder: string, seconds: number): Promise<boolean> {
  const { rowCount } = await sql.query(
    `INSERT INTO lease (name, holder, expires_at)
     VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3))
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
       -- zero rows: another process holds it
       WHERE lease.holder = excluded.holder OR lease.expires_at < clock_timestamp()`,
    [name, holder, seconds],
  );
  return rowCount === 1;
}

/** Lets another process take over at once instead of at the lease's expiry. */
export async function releaseLease(sql: Sql, name: string, holder: string): Promise<void> {
  await sql.query("DELETE FROM lease WHERE name = $1 AND holder = $2", [name, holder]);
}

/** Holds a lease for a loop that checks often: the database is queried only after a third of the lease. */
export function keepLease(sql: Sql, name: string, holder: string, seconds: number): () => Promise<boolean> {
  let takenAtMs = Number.NEGATIVE_INFINITY;
  return async () => {
    const askedAtMs = performance.now();
    if (askedAtMs - takenAtMs < (seconds * 1000) / 3) return true;
    const taken = await takeLease(sql, name, holder, seconds);
    takenAtMs = taken ? askedAtMs : Number.NEGATIVE_INFINITY;
    return taken;
  };
}
