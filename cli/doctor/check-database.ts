import { join } from "node:path";
import { type Database, openDatabase } from "#server/db/database.ts";
import { explainConnection } from "#server/db/explain-connection.ts";
import { findPendingMigrations } from "#server/db/find-pending-migrations.ts";
import { findSchemaDrift } from "#server/db/schema-engine.ts";
import { bad, type Finding, note, ok, reasonOf } from "./check.ts";
import { checkAuditStream } from "./check-audit-stream.ts";
import { checkSecrets } from "./check-secrets.ts";

const migrationsFolder = join(import.meta.dirname, "../../prisma/migrations");
const oldestVersion = 150_000;
const mostSkewMs = 5_000;

/** Reachable, recent enough, migrated, schema unmodified, and its clock agrees. */
export async function checkDatabase(
  url: string | null,
  { encryptionKeys, streamsAudit }: { encryptionKeys: readonly Uint8Array[]; streamsAudit: boolean },
): Promise<Finding[]> {
  if (url === null) {
    return [
      note("Database: DATABASE_URL is not set, and no Tidemark runs here. `npm start` starts an embedded PostgreSQL."),
    ];
  }
  const database = openDatabase(url, {
    applicationName: "tidemark doctor",
    maxConnections: 1,
    work: "web",
    encryptionKeys,
  });
  try {
    const version = await readVersion(database);
    if (version.number < oldestVersion) {
      return [bad(`Database: PostgreSQL ${version.text} is too old. Tidemark needs 15 or newer.`)];
    }
    return [
      ok(`Database: PostgreSQL ${version.text} is reachable.`),
      await checkSchema(database, url),
      await checkClock(database),
      ...(await checkSecrets(database)),
      ...(await checkAuditStream(database, streamsAudit)),
    ];
  } catch (error) {
    const trouble = explainConnection(error, url);
    if (trouble) return [bad(`Database: ${trouble.sentence}`)];
    return [bad(`Database: unreachable (${reasonOf(error)}). Check that it runs, and DATABASE_URL.`)];
  } finally {
    await database.close();
  }
}

async function readVersion({ sql }: Database): Promise<{ number: number; text: string }> {
  const { rows } = await sql.query<{ number: number; text: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS text",
  );
  return rows[0] ?? { number: 0, text: "of an unknown version" };
}

async function checkSchema(database: Database, url: string): Promise<Finding> {
  const pending = await findPendingMigrations(database.sql, migrationsFolder);
  if (pending.length > 0) return bad(`Schema: missing migrations ${pending.join(", ")}. \`npm start\` applies them.`);
  const drift = await findSchemaDrift(url);
  if (drift === "") return ok("Schema: up to date, and unchanged by hand.");
  return bad(`Schema: changed by hand. These statements would restore it:
${drift.trim().replace(/^/gm, "    ")}`);
}

async function checkClock({ sql }: Database): Promise<Finding> {
  const askedAtMs = Date.now();
  const { rows } = await sql.query<{ ms: number }>("SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms");
  const skewMs = (rows[0]?.ms ?? askedAtMs) - (askedAtMs + Date.now()) / 2;
  const sentence = `The database's clock and this machine's clock differ by ${(Math.abs(skewMs) / 1000).toFixed(1)} s`;
  return Math.abs(skewMs) <= mostSkewMs ? ok(`${sentence}.`) : bad(`${sentence}. Synchronise both with NTP.`);
}
