import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum, type SqlDriverAdapter, type SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";

const charOid = 18;
const charArrayOid = 1002;

/**
 * Prisma's pg adapter with what its schema engine needs and the adapter lacks: the catalogue's one-byte "char" columns
 * (the adapter refuses them, the engine's describer reads them as characters).
 */
export function createEngineAdapterFactory(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const query = pool.query.bind(pool) as unknown as (...args: unknown[]) => Promise<pg.QueryResult>;
  const queryWithCharacters = async (...args: unknown[]) => {
    const result = await query(...args);
    // "char"[] is a type that the adapter knows: queryRaw below turns it back into a single character.
    for (const field of result.fields ?? []) if (field.dataTypeID === charOid) field.dataTypeID = charArrayOid;
    return result;
  };
  const factory = new PrismaPg(Object.assign(pool, { query: queryWithCharacters }));
  const connect = async () => withCharacters(await factory.connect());
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect,
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}

function withCharacters(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    result.columnTypes = result.columnTypes.map((type) =>
      type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
    );
    return result;
  };
  return adapter;
}
