import { type ConnectionTrouble, sayMayNotCreate } from "./explain-connection.ts";
import { Session } from "./session.ts";

const oldestVersion = 150_000;

interface Facts {
  version: string;
  number: number;
  isStandby: boolean;
  isReadOnly: boolean;
  mayCreate: boolean;
  user: string;
  database: string;
}

/**
 * What keeps Tidemark from running on a server that answers; null: nothing. A takeover or an administrator ends a read-only state.
 * Throws the driver's error if there is no session to be had.
 */
export async function findUnusable(connectionString: string): Promise<ConnectionTrouble | null> {
  const session = new Session({ connectionString, application_name: "tidemark start", work: "web" });
  await session.connect();
  try {
    const { rows } = await session.query<Facts>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
              pg_is_in_recovery() AS "isStandby", current_setting('transaction_read_only') = 'on' AS "isReadOnly",
              -- once it is migrated, another user may have done that
              to_regclass('_prisma_migrations') IS NOT NULL
                OR (has_database_privilege(current_database(), 'CREATE') AND has_schema_privilege(current_schema(), 'CREATE')) AS "mayCreate",
              current_user AS user, current_database() AS database`,
    );
    return judge(rows[0] as Facts);
  } finally {
    await session.end().catch(() => undefined);
  }
}

function judge({ version, number, isStandby, isReadOnly, mayCreate, user, database }: Facts): ConnectionTrouble | null {
  if (number < oldestVersion) {
    return { sentence: `PostgreSQL ${version} is too old. Tidemark needs 15 or newer.`, passing: false };
  }
  if (isStandby) {
    return {
      sentence: "The database server is a standby, which is read-only. DATABASE_URL must lead to the primary.",
      passing: true,
    };
  }
  if (isReadOnly) {
    return {
      sentence: `The database is read-only. Check default_transaction_read_only on the server, the database "${database}" and the user "${user}".`,
      passing: true,
    };
  }
  if (!mayCreate) {
    return { sentence: sayMayNotCreate({ user, database }), passing: false };
  }
  return null;
}
