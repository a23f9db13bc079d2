import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { findPendingMigrations } from "./find-pending-migrations.ts";
import { createEngineAdapterFactory } from "./schema-engine-adapter.ts";
import { Session } from "./session.ts";
import { openSessionPool } from "./session-pool.ts";

type SchemaEngine = bindings.SchemaEngine;
type MigrationsList = Parameters<SchemaEngine["applyMigrations"]>[0]["migrationsList"];

const prismaFolder = join(import.meta.dirname, "../../prisma");
const nothingExternal = { externalTables: [], externalEnums: [] };
/** Tidemark's key: its holder migrates, all others wait. */
const migrationLock = 7_265_001;
const lockRetryMs = 200;

/**
 * Applies prisma/migrations with Prisma's own engine in its WebAssembly build, which needs no download, so that
 * an operator's `prisma migrate status` agrees with `_prisma_migrations`.
 * Each migration is one transaction, and replicas that start together wait for the one that migrates.
 * Returns the names applied now; throws with the failing migration's name and the database's message.
 */
export async function migrateDatabase(
  databaseUrl: string,
  migrationsFolder = join(prismaFolder, "migrations"),
): Promise<string[]> {
  const migrationsList = await readMigrations(migrationsFolder);
  return underMigrationLock(databaseUrl, async (client) => {
    // Once loaded, the engine stays in memory for as long as the process lives.
    if ((await findPendingMigrations(client, migrationsFolder)).length === 0) return [];
    return withEngine(databaseUrl, async (engine) => {
      const applying = engine.applyMigrations({ migrationsList, filters: nothingExternal });
      return (await applying.catch(explainFailure)).appliedMigrationNames;
    });
  });
}

/** The engine reports a trace of its own source, of which only the migration and the database's message matter. */
function explainFailure(error: Error): never {
  const migration = /migration_name="([^"]+)"/.exec(error.message)?.[1];
  if (!migration) throw error;
  const sentence = /ERROR: (.+)/.exec(error.message)?.[1] ?? error.message;
  throw new Error(`Migration ${migration} failed and was rolled back: ${sentence}`, { cause: error });
}

/** The differences between the migrated database and schema.prisma, as SQL that would remove them; "" if none. */
export async function findSchemaDrift(databaseUrl: string): Promise<string> {
  const path = join(prismaFolder, "schema.prisma");
  const files = [{ path, content: await readFile(path, "utf8") }];
  return withEngine(databaseUrl, async (engine) => {
    const difference = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: prismaFolder },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: nothingExternal,
    });
    return difference.exitCode === 0 ? "" : (difference.stdout ?? "");
  });
}

async function underMigrationLock<T>(connectionString: string, migrate: (client: Session) => Promise<T>): Promise<T> {
  // A broken connection loses the lock, and its next statement fails.
  const client = new Session({
    connectionString,
    application_name: "tidemark migrate",
    work: "migrate",
    heartbeat: true,
  });
  await client.connect();
  try {
    // Polled: waiting inside the database would end at the lock timeout.
    while (!(await tryMigrationLock(client))) await sleep(lockRetryMs);
    await forgetUnfinishedMigrations(client);
    return await migrate(client);
  } finally {
    await client.end();
  }
}

async function tryMigrationLock(client: Session): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1) AS locked", [
    migrationLock,
  ]);
  return rows[0]?.locked ?? false;
}

/**
 * A migration marks itself finished in its own transaction (schema-engine-adapter.ts), so one that is unfinished
 * while we hold the lock left nothing behind and is retried.
 */
async function forgetUnfinishedMigrations(client: Session): Promise<void> {
  const { rows } = await client.query<{ migrated: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS migrated",
  );
  if (!rows[0]?.migrated) return;
  await client.query(
    "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL",
  );
}

/** The bindings have one WebAssembly instance per process, so it is loaded once. */
let loading: Promise<void> | undefined;

async function loadEngine(): Promise<void> {
  const require = createRequire(import.meta.url);
  const engineFolder = dirname(require.resolve("@prisma/schema-engine-wasm"));
  const { instance } = await WebAssembly.instantiate(await readFile(join(engineFolder, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": { ...bindings, ...timersThatLetGo() } as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as unknown as { __wbindgen_start(): void }).__wbindgen_start();
}

/** The engine never clears its ten-second lock timeout, which would delay every migrating process's exit. */
function timersThatLetGo(): Record<string, (callback: () => void, ms: number) => NodeJS.Timeout> {
  const names = Object.keys(bindings).filter((name) => name.startsWith("__wbg_setTimeout_"));
  return Object.fromEntries(names.map((name) => [name, (callback, ms) => setTimeout(callback, ms).unref()]));
}

async function withEngine<T>(connectionString: string, use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loading ??= loadEngine();
  await loading;
  const pool = openSessionPool(connectionString, {
    work: "migrate",
    applicationName: "tidemark migrate",
    maxConnections: 2,
  });
  const schemaPath = join(prismaFolder, "schema.prisma");
  const datamodels: [string, string][] = [[schemaPath, await readFile(schemaPath, "utf8")]];
  const factory = bindMigrationAwareSqlAdapterFactory(createEngineAdapterFactory(pool));
  const engine = await bindings.SchemaEngine.new({ datamodels }, () => undefined, factory);
  try {
    return await use(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

async function readMigrations(baseDir: string): Promise<MigrationsList> {
  const folders = (await readdir(baseDir, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const migrationDirectories = await Promise.all(
    folders
      .map((folder) => folder.name)
      .sort()
      .map(async (path) => ({
        path,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(join(baseDir, path, "migration.sql"), "utf8") },
        },
      })),
  );
  const lockfile = {
    path: "migration_lock.toml",
    content: await readFile(join(baseDir, "migration_lock.toml"), "utf8"),
  };
  return { baseDir, lockfile, shadowDbInitScript: "", migrationDirectories };
}
