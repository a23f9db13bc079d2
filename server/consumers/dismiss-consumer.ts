import type { DiscoveredConsumerJson } from "#domain/api/lineage.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import { recordAct } from "#server/audit/index.ts";
import { NotFound } from "#server/errors.ts";
import { type DiscoveredRow, discoveredStatement, toDiscoveredJson } from "./list-discovered-consumers.ts";

interface Dismissal {
  readonly eventType: string;
  readonly consumer: string;
  /** false: a dismissal is taken back. */
  readonly isDismissed: boolean;
}

/** Takes a discovered job off the suggestions, or puts it back on them. What is so already stays, with who did it first. */
export async function dismissConsumer({ ctx, input }: Call<Dismissal>): Promise<DiscoveredConsumerJson> {
  requireScope(ctx, "write");
  const { eventType, consumer, isDismissed } = input;
  return ctx.database.transaction(async (tx) => {
    const { rowCount: changed } = await tx.query(
      `UPDATE discovered_consumer d
          SET dismissed_at = CASE WHEN $3 THEN $4::timestamptz END, dismissed_by = CASE WHEN $3 THEN $5 END
         FROM event_type e
        WHERE e.id = d.event_type_id AND e.name = $1 AND d.consumer = $2
          -- two dismissals at once are one, with one entry in the audit log
          AND (d.dismissed_at IS NOT NULL) <> $3`,
      [eventType, consumer, isDismissed, ctx.clock.now(), ctx.actor],
    );
    const { rows } = await tx.query<DiscoveredRow>(`${discoveredStatement} WHERE e.name = $1 AND d.consumer = $2`, [
      eventType,
      consumer,
    ]);
    const [row] = rows;
    if (row === undefined)
      throw new NotFound(
        `No job "${consumer}" was discovered as a reader of "${eventType}", or it was forgotten. GET /api/v1/discovered-consumers lists all that exist.`,
      );
    const found = toDiscoveredJson(row);
    if (changed) {
      const act = isDismissed ? "discovered_consumer.dismissed" : "discovered_consumer.restored";
      const { jobNamespace, jobName } = found;
      await recordAct(tx, ctx, { act, name: `${eventType}/${consumer}`, after: { jobNamespace, jobName } });
    }
    return found;
  });
}
