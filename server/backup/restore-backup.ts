import { readdir } from "node:fs/promises";
import { openDump, readArchive, verifyDump } from "./archive.ts";
import { listDifferences, type Manifest } from "./manifest.ts";
import { openServer } from "./open-server.ts";
import { findPrograms } from "./postgres-programs.ts";
import { clearSchema, describeHolding } from "./prepare-database.ts";
import { programConnection } from "./program-connection.ts";
import { readContents } from "./read-contents.ts";
import { explainFailure, runProgram } from "./run-program.ts";

interface RestoreOptions {
  url: string;
  file: string;
  /** Deletes what the database holds. */
  replace: boolean;
  migrationsFolder: string;
  env: NodeJS.ProcessEnv;
  onProgress(line: string): void;
}

const applicationName = "tidemark restore";

/**
 * Loads a backup in one transaction, and compares what is there with its manifest: the sentences that it returns say what differs. An older
 * schema stays as it is.
 */
export async function restoreBackup(options: RestoreOptions): Promise<{ manifest: Manifest; differences: string[] }> {
  const { url, file, replace, migrationsFolder, env, onProgress } = options;
  const manifest = await readArchive(file);
  await refuseNewer(manifest, migrationsFolder);
  onProgress("Checking the file…");
  await verifyDump(file, manifest);
  const { session, major } = await openServer(url, applicationName);
  try {
    if (major < manifest.postgres.major) {
      throw new Error(
        `The backup is from PostgreSQL ${manifest.postgres.major}, and the database is PostgreSQL ${major}. Restore it into version ${manifest.postgres.major} or newer.`,
      );
    }
    const holding = await describeHolding(session, { replace, tables: Object.keys(manifest.contents.rows) });
    if (holding !== null) throw new Error(holding);
    const programs = await findPrograms(["pg_restore", "psql"], { major, path: env.PATH ?? "", env });
    onProgress("Loading…");
    await load({ ...options, manifest, programs });
    onProgress("Comparing with the backup’s manifest…");
    await session.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const found = await readContents(session);
    await session.query("COMMIT");
    // The planner knows nothing of tables that were just filled.
    await session.query("ANALYZE");
    return { manifest, differences: listDifferences(manifest.contents, found) };
  } finally {
    await session.end().catch(() => undefined);
  }
}

async function refuseNewer({ product, contents: { migrations } }: Manifest, migrationsFolder: string): Promise<void> {
  const known = new Set(await readdir(migrationsFolder));
  const [unknown] = migrations.filter((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new Error(
    `The backup was made by a newer Tidemark (${product}; its schema has ${unknown}). Restore it with that version. Nothing was changed.`,
  );
}

interface LoadOptions extends RestoreOptions {
  manifest: Manifest;
  programs: { pg_restore: string; psql: string };
}

/** One transaction, which only we commit, and only once pg_restore has written everything: a failure leaves the database as it was. */
async function load({ url, file, env, replace, manifest, programs }: LoadOptions): Promise<void> {
  const { address, variables } = programConnection(url, applicationName);
  const psqlArgs = ["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", `--dbname=${address}`];
  const psql = runProgram(programs.psql, psqlArgs, { ...env, ...variables });
  psql.child.stdout.resume();
  // Their schemas themselves are left out by `--schema`: `public` is there already, and may belong to someone else.
  const restoreArgs = ["--file=-", "--no-owner", "--no-privileges", "--schema=public", "--schema=partitions"];
  const restore = runProgram(programs.pg_restore, restoreArgs, env);
  openDump(file, manifest)
    .on("error", (error) => restore.child.stdin.destroy(error))
    .pipe(restore.child.stdin);
  const extensions = manifest.extensions.map(
    (name) => `CREATE EXTENSION IF NOT EXISTS "${name.replaceAll('"', '""')}";`,
  );
  const before = [
    "BEGIN;",
    ...(replace ? [clearSchema] : []),
    "CREATE SCHEMA IF NOT EXISTS partitions;",
    ...extensions,
  ];
  psql.child.stdin.write(`${before.join("\n")}\n`);
  restore.child.stdout.pipe(psql.child.stdin, { end: false });
  // Without a reader of what it writes, pg_restore would wait for ever.
  void psql.code.then(
    () => restore.child.kill(),
    () => restore.child.kill(),
  );
  const restored = await restore.code.catch(() => null);
  // A session that ends inside its transaction is rolled back.
  psql.child.stdin.end(restored === 0 ? "\nCOMMIT;\n" : "");
  const loaded = await psql.code;
  if (restored === 0 && loaded === 0) return;
  const said = loaded === 0 ? restore.said() : psql.said();
  throw new Error(`The restore failed, and nothing was changed. ${explainFailure(said)}`);
}
