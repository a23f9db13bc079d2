import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { createEngineAdapterFactory } from "./schema-engine-adapter.ts";

type SchemaEngine = bindings.SchemaEngine;
type MigrationsList = Parameters<SchemaEngine["applyMigrations"]>[0]["migrationsList"];

const prismaFolder = join(import.meta.dirname, "../../prisma");
const nothingExternal = { externalTables: [], externalEnums: [] };

/**
 * Applies prisma/migrations with Prisma's own engine in its WebAssembly build, which needs no download, so that
 * `prisma migrate status` by an operator agrees with what stands in `_prisma_migrations`.
 * Returns the names applied now; throws with the failing migration's name and the database's sentence.
 */
export async function migrateDatabase(databaseUrl: string): Promise<string[]> {
  return withEngine(databaseUrl, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: await readMigrations(),
      filters: nothingExternal,
    });
    return appliedMigrationNames;
  });
}

/** What differs between the migrated database and schema.prisma, as SQL that would level them; "" when nothing does. */
export async function findSchemaDrift(databaseUrl: string): Promise<string> {
  const files = [
    {
      path: join(prismaFolder, "schema.prisma"),
      content: await readFile(join(prismaFolder, "schema.prisma"), "utf8"),
    },
  ];
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

/** The bindings keep one WebAssembly instance a process, so it is loaded once. */
let loading: Promise<void> | undefined;

async function loadEngine(): Promise<void> {
  const require = createRequire(import.meta.url);
  const engineFolder = dirname(require.resolve("@prisma/schema-engine-wasm"));
  const { instance } = await WebAssembly.instantiate(await readFile(join(engineFolder, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as unknown as { __wbindgen_start(): void }).__wbindgen_start();
}

async function withEngine<T>(databaseUrl: string, use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loading ??= loadEngine();
  await loading;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
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

async function readMigrations(): Promise<MigrationsList> {
  const baseDir = join(prismaFolder, "migrations");
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
