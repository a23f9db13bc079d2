import { showContacts } from "#domain/access/addresses.ts";
import type { HourConsumerJson } from "#domain/api/consumers.ts";
import { formatInstant } from "#domain/instant.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";
import { findTypeHour } from "#server/verdicts/index.ts";

interface Row extends Omit<HourConsumerJson, "reading"> {
  firstReadAt: Date | null;
  lastReadAt: Date;
  revision: number;
}

/** The hour's consumers, by name, with the gate's last answer to each. */
export async function listHourConsumers({
  ctx,
  input,
}: Call<{ eventType: string; hour: string } & PageInput<string>>): Promise<Page<HourConsumerJson, string>> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const { type, hour } = await findTypeHour(sql, input);
  const { rows } = await sql.query<Row>(
    `SELECT c.name, c.contact, c.description, c.min_completeness AS "minCompleteness",
            (SELECT count(*)::int FROM subscription s WHERE s.consumer_id = c.id) AS subscriptions,
            r.first_read_at AS "firstReadAt", r.last_read_at AS "lastReadAt", r.last_revision AS revision,
            coalesce(v.amended AND v.revision > r.last_revision, false) AS outdated
       FROM consumer c
       LEFT JOIN hour_reading r ON r.event_type_id = c.event_type_id AND r.hour = $2 AND r.consumer_id = c.id
       LEFT JOIN verdict v ON v.event_type_id = $1 AND v.hour = $2
      WHERE c.event_type_id = $1 AND ($3::text IS NULL OR c.name > $3)
      ORDER BY c.name LIMIT $4`,
    [type.id, hour, input.after, input.limit + 1],
  );
  return cutPage(showContacts(ctx, rows.map(toJson)), input.limit, ({ name }) => name);
}

function toJson({ firstReadAt, lastReadAt, revision, ...row }: Row): HourConsumerJson {
  const reading = firstReadAt && {
    firstReadAt: formatInstant(firstReadAt),
    lastReadAt: formatInstant(lastReadAt),
    revision,
  };
  return { ...row, reading };
}
