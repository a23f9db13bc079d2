import { userInfo } from "node:os";
import { basename, join } from "node:path";
import type { AuditAct } from "#domain/audit/acts.ts";
import type { AuditFacts } from "#domain/audit/facts.ts";
import { formatCount, formatCountOf } from "#domain/figures.ts";
import { recordAct } from "#server/audit/index.ts";
import { createBackup, type Manifest, refuseDistributed, restoreBackup } from "#server/backup/index.ts";
import { childEnvironment, readConfig } from "#server/config.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { explainConnection } from "#server/db/explain-connection.ts";
import { findPendingMigrations } from "#server/db/find-pending-migrations.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { holdSending, isSendingHeld, resumeSending } from "#server/db/sending-hold.ts";
import { readRuntime } from "#server/process/runtime-file.ts";
import packageJson from "../../package.json" with { type: "json" };
import { CliError } from "../cli-error.ts";

const migrationsFolder = join(import.meta.dirname, "../../prisma/migrations");

export async function backUp(file: string, onProgress: (line: string) => void): Promise<Manifest> {
  const url = await findUrl();
  // First, so that a backup that is killed has left a trace.
  await record(url, "tidemark backup", { act: "backup.created", file, after: { product: packageJson.version } });
  return createBackup({ url, file, product: packageJson.version, env: childEnvironment({}), onProgress });
}

export function describeBackup(file: string, { contents, dump, takenAt }: Manifest): string[] {
  const verdicts = contents.verdicts.reduce((sum, { rows }) => sum + rows, 0);
  const mebibytes = dump.bytes / 1024 / 1024;
  return [
    `${file} holds the database as of ${takenAt}: ${formatCountOf(verdicts, "verdict")} in ${formatCount(Object.keys(contents.rows).length)} tables, ${mebibytes < 10 ? mebibytes.toFixed(1) : formatCount(Math.round(mebibytes))} MiB.`,
    "TIDEMARK_ENCRYPTION_KEY is not in it: keep the key elsewhere, because without it the backup's secrets cannot be read. Names, contacts and hashes of tokens are in it: keep it as safe as the database.",
  ];
}

interface RestoreInput {
  file: string;
  replace: boolean;
  /** Nothing is sent until `resume`. */
  hold: boolean;
  onProgress(line: string): void;
}

/** Lines for the operator, as things are done. */
export async function* restore({ file, replace, hold, onProgress }: RestoreInput): AsyncGenerator<string> {
  const url = await findUrl();
  const env = childEnvironment({});
  const { manifest, differences } = await restoreBackup({ url, file, replace, migrationsFolder, env, onProgress });
  const applied = await migrateDatabase(url);
  const { takenAt, product, contents } = manifest;
  const after = { product, takenAt, replaced: replace, held: hold, differences: differences.length };
  const isHeld = await onDatabase(url, "tidemark restore", async (database) => {
    if (hold) await holdSending(database.sql, basename(file));
    return isSendingHeld(database.sql);
  });
  await record(url, "tidemark restore", { act: "backup.restored", file, after });
  yield `The database is as of ${takenAt}, written by Tidemark ${product}.`;
  if (applied.length > 0) yield `Its schema was older: applied ${applied.join(", ")}.`;
  yield "Events that Tidemark acknowledged since then are not in it: let the queue deliver them again (Pub/Sub: seek the subscription to that time; Kafka: reset the group's offsets to it). What it holds already is not counted twice.";
  yield isHeld
    ? "Notifications are held: notify workers send nothing until you run `npx tidemark resume`."
    : "Notifications that were waiting at that time are sent once a notify worker starts.";
  yield "Secrets need the TIDEMARK_ENCRYPTION_KEY of that time.";
  if (differences.length > 0) {
    throw new CliError(
      `Consistency check: the database differs from the backup's manifest.\n${differences.map((line) => `✗ ${line}`).join("\n")}\nDo not start Tidemark on it. Restore again with --replace, with no other program writing to the database.`,
    );
  }
  const months = contents.verdicts.length;
  yield `Consistency check: the rows of ${formatCount(Object.keys(contents.rows).length)} tables and the verdicts of ${formatCountOf(months, "month")} are those of the backup.`;
}

/** Ends what `restore --hold` began, and says what happens. */
export async function resume(): Promise<string> {
  const command = "tidemark resume";
  const file = await onDatabase(await findUrl(), command, (database) =>
    database.transaction(async (tx) => {
      const held = await resumeSending(tx);
      if (held !== null) await recordAct(tx, operator(command), { act: "notifications.resumed", name: held });
      return held;
    }),
  );
  return file === null
    ? "Notifications are not held."
    : "Notifications are resumed: notify workers send what has been waiting.";
}

/** PostgreSQL's own address: a pooler in transaction mode has no sessions. */
async function findUrl(): Promise<string> {
  const config = readConfig();
  if (config.TIDEMARK_DATABASE_DISTRIBUTED !== null) throw new CliError(refuseDistributed);
  const own = config.DATABASE_DIRECT_URL ?? config.DATABASE_URL;
  const url = own ?? (await readRuntime(config.TIDEMARK_DATA_DIR))?.databaseUrl;
  if (url != null) return url;
  throw new CliError(
    "No database. Set DATABASE_URL. Without it, the embedded PostgreSQL of a Tidemark that runs on this machine is used.",
  );
}

interface Recorded {
  act: Extract<AuditAct, `backup.${string}`>;
  file: string;
  after: AuditFacts;
}

/** Whoever may open the database needs no name at Tidemark: the machine's account stands for them. */
function operator(command: string) {
  return { actor: `${userInfo().username} (${command})` };
}

async function record(url: string, command: string, { act, file, after }: Recorded): Promise<void> {
  await onDatabase(url, command, async (database) => {
    // The audit log of an older schema may have another shape.
    if ((await findPendingMigrations(database.sql, migrationsFolder)).length > 0) return;
    await database.transaction((tx) => recordAct(tx, operator(command), { act, name: basename(file), after }));
  });
}

async function onDatabase<Result>(
  url: string,
  command: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = openDatabase(url, { applicationName: command, maxConnections: 1 });
  try {
    return await work(database);
  } catch (error) {
    const trouble = explainConnection(error, url);
    throw trouble === null ? error : new CliError(trouble.sentence);
  } finally {
    await database.close();
  }
}
