import { parseStoredSilence, type Silence } from "#domain/silence.ts";
import type { Sql } from "#server/db/database.ts";

interface SilenceRow {
  id: string;
  matchers: unknown;
  recurrence: unknown;
  startsAt: Date;
  endsAt: Date;
}

/** Silences in force at the instant. An unreadable one silences nothing: a page too many is better than one too few. */
export async function loadSilences(sql: Sql, now: Date): Promise<Silence[]> {
  const { rows } = await sql.query<SilenceRow>(
    `SELECT id::text, matchers, recurrence, starts_at AS "startsAt", ends_at AS "endsAt"
       FROM silence WHERE starts_at <= $1 AND ends_at > $1`,
    [now],
  );
  return rows.flatMap(({ id, matchers, recurrence, startsAt, endsAt }) => {
    const parsed = parseStoredSilence({ matchers, recurrence });
    return parsed.ok ? [{ id, startsAt, endsAt, ...parsed.spec }] : [];
  });
}
