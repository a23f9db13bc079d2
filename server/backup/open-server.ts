import { explainConnection } from "#server/db/explain-connection.ts";
import { Session } from "#server/db/session.ts";

export interface BackupServer {
  readonly session: Session;
  readonly version: string;
  readonly major: number;
}

/** A session without time limits at a server that can be backed up; throws a sentence with what to do. */
export async function openServer(url: string, applicationName: string): Promise<BackupServer> {
  const session = new Session({
    connectionString: url,
    application_name: applicationName,
    work: "migrate",
    heartbeat: true,
  });
  try {
    await session.connect();
  } catch (error) {
    throw new Error(explainConnection(error, url)?.sentence ?? (error as Error).message, { cause: error });
  }
  try {
    const { rows } = await session.query<{ version: string; number: number; distributed: boolean }>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
              to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL AS distributed`,
    );
    const { version = "", number = 0, distributed = false } = rows[0] ?? {};
    if (distributed && (await holdsDistributed(session))) throw new Error(refuseDistributed);
    return { session, version, major: Math.floor(number / 10_000) };
  } catch (error) {
    await session.end().catch(() => undefined);
    throw error;
  }
}

export const refuseDistributed =
  "This database is distributed by Citus: its rows are on several servers, and one dump is not one moment of all of them. Back up each server's disk instead (pg_basebackup or pgBackRest with WAL archiving), with citus_create_restore_point() as the moment that all are restored to.";

async function holdsDistributed(session: Session): Promise<boolean> {
  const { rows } = await session.query<{ found: boolean }>("SELECT EXISTS (SELECT FROM pg_dist_partition) AS found");
  return rows[0]?.found ?? false;
}
