import type { RevisionJson } from "#domain/api/verdict.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { cutPage, type Page, type PageInput } from "#server/page.ts";
import { acceptedColumn } from "./accepted-columns.ts";
import { findTypeHour } from "./find-event-type.ts";
import { type Figures, toRevision } from "./verdict-json.ts";

export interface ListRevisionsInput extends PageInput<{ revision: number }> {
  eventType: string;
  hour: string;
}

/** The hour's revisions, oldest first. Empty until it is first judged. */
export async function listRevisions({
  ctx,
  input,
}: Call<ListRevisionsInput>): Promise<Page<RevisionJson, { revision: number }>> {
  requireScope(ctx, "read");
  const { sql } = ctx.database;
  const { type, hour } = await findTypeHour(sql, input);
  const { rows } = await sql.query<Figures & { correctionId: bigint | null; knownAt: Date }>(
    `SELECT hour, state, revision, amended, closed_at AS "closedAt", deadline_at AS "deadlineAt", known,
            produced, delivered, lost, duplicated, skewed, known_at AS "knownAt",
            correction_id AS "correctionId", ${acceptedColumn("r")}
       FROM (SELECT * FROM verdict_revision
              WHERE event_type_id = $1 AND hour = $2 AND revision > $3 ORDER BY revision LIMIT $4) r
      ORDER BY revision`,
    [type.id, hour, input.after?.revision ?? 0, input.limit + 1],
  );
  const page = cutPage(rows, input.limit, ({ revision }) => ({ revision }));
  return { ...page, items: page.items.map((row) => toRevision(type.name, row, row.knownAt)) };
}
