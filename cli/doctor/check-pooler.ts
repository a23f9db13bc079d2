import { openDatabase } from "#server/db/database.ts";
import { bad, type Finding, ok, reasonOf } from "./check.ts";

const limits = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"];

/** Statements outside of transactions have the limits that the pooler's sessions have: those of the role or the database. */
export async function checkPooler(url: string, directUrl: string): Promise<Finding> {
  const database = openDatabase(url, { directUrl, applicationName: "tidemark doctor", maxConnections: 1, work: "web" });
  try {
    const { rows } = await database.sql.query<{ name: string }>(
      "SELECT name FROM pg_settings WHERE name = ANY ($1) AND setting = '0' ORDER BY name",
      [limits],
    );
    if (rows.length === 0) return ok("Pooler: reachable at DATABASE_URL, and its sessions limit statements and locks.");
    const missing = rows.map(({ name }) => name).join(", ");
    return bad(
      `Pooler: ${missing} ${rows.length === 1 ? "is" : "are"} unlimited in the sessions behind DATABASE_URL. Set the role's defaults with the ALTER ROLE of docs/machines.md, and reconnect the pooler.`,
    );
  } catch (error) {
    return bad(`Pooler: unreachable (${reasonOf(error)}). Check that it runs, and DATABASE_URL.`);
  } finally {
    await database.close();
  }
}
