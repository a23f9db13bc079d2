import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type pg from "pg";

const charOid = 18;
const charArrayOid = 1002;

/**
 * Prisma's pg adapter with two changes for its schema engine. The catalogue's one-byte "char" columns, which the
 * adapter refuses and the engine reads as characters. And scripts run whole: the adapter splits them at every semicolon,
 * also inside comments and functions, and runs the pieces one by one, so a crash could leave half a migration.
 */
export function createEngineAdapterFactory(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const query = pool.query.bind(pool) as unknown as (...args: unknown[]) => Promise<pg.QueryResult>;
  const queryWithCharacters = async (...args: unknown[]) => {
    const result = await query(...args);
    // The adapter knows the type "char"[]: queryRaw below turns it back into a single character.
    for (const field of result.fields ?? []) if (field.dataTypeID === charOid) field.dataTypeID = charArrayOid;
    return result;
  };
  const factory = new PrismaPg(Object.assign(pool, { query: queryWithCharacters }));
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => asEngineAdapter(await factory.connect(), pool),
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

function asEngineAdapter(adapter: SqlDriverAdapter, pool: pg.Pool): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    const columnTypes = result.columnTypes.map((type) =>
      type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
  adapter.executeScript = async (script) => {
    // Statements sent together form one transaction.
    await pool.query(`${script}\n;${markFinished}`).catch((error: pg.DatabaseError) => {
      throw new DriverAdapterError({
        kind: "postgres",
        code: error.code ?? "XX000",
        severity: error.severity ?? "ERROR",
        message: error.message,
        detail: error.detail,
        column: error.column,
        hint: error.hint,
      });
    });
  };
  return adapter;
}

/** Marks the migration finished in its own transaction. */
const markFinished = `
DO $$ BEGIN
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$`;
