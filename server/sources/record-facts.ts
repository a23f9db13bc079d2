import { addHours, hourOf } from "#domain/hour.ts";
import { type Message, type MessageOf, stages } from "#domain/protocol.ts";
import { bulkRows, type RowOf } from "#server/db/bulk-rows.ts";
import type { Sql } from "#server/db/database.ts";

const factRows = bulkRows({
  eventType: "text",
  datacenter: "text",
  about: "text",
  hour: "timestamptz",
  firstAt: "timestamptz",
  watermark: "timestamptz?",
  statedAt: "timestamptz",
});
const gaugeRows = bulkRows({ eventType: "text", datacenter: "text", stage: "smallint", gaugedAt: "timestamptz" });

type FactRow = RowOf<typeof factRows>;

/** Keeps which facts a source stated: where the fact that counts is one of them, evidence cites the source. */
export async function recordFacts(tx: Sql, source: string, facts: readonly Message[]): Promise<void> {
  await writeFacts(tx, source, facts.flatMap(toRows));
  const gauges = facts.filter((fact): fact is MessageOf<"backlog"> => fact.kind === "backlog");
  await writeGauges(tx, source, gauges);
}

function toRows(fact: Message): FactRow[] {
  switch (fact.kind) {
    case "watermark":
      return fact.marks.map(({ eventType, watermark }) =>
        row(fact, "watermark", eventType, hourOf(watermark), watermark),
      );
    case "hour-closed":
      return fact.marks.map(({ eventType, hour }) => row(fact, "closing", eventType, addHours(hour, 1), null));
    case "counters":
      if (fact.stage !== "delivered") return [];
      return fact.reports.map(({ eventType, hour }) => row(fact, "delivered", eventType, hour, null));
    default:
      return [];
  }
}

function row(
  { dc, time }: { dc: string; time: Date },
  about: string,
  eventType: string,
  hour: Date,
  watermark: Date | null,
): FactRow {
  return { eventType, datacenter: dc, about, hour, firstAt: time, watermark, statedAt: time };
}

async function writeFacts(tx: Sql, source: string, rows: readonly FactRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO source_fact AS old (source, ${factRows.names})
     SELECT $1, event_type, datacenter, about, hour, min(first_at), max(watermark), (array_agg(stated_at ORDER BY watermark DESC, stated_at))[1]
       FROM ${factRows.from("n", 2)} GROUP BY event_type, datacenter, about, hour ORDER BY 2, 3, 4, 5
     ON CONFLICT (event_type, datacenter, about, hour, source) DO UPDATE
       SET first_at = least(old.first_at, excluded.first_at),
           watermark = greatest(old.watermark, excluded.watermark),
           -- as the watermark itself keeps the first message that stated it
           stated_at = CASE WHEN excluded.watermark < old.watermark THEN old.stated_at
                            WHEN excluded.watermark = old.watermark THEN least(old.stated_at, excluded.stated_at)
                            ELSE excluded.stated_at END
       WHERE excluded.first_at < old.first_at OR excluded.watermark IS NULL OR excluded.watermark > old.watermark
          OR (excluded.watermark = old.watermark AND excluded.stated_at < old.stated_at)`,
    [source, ...factRows.values(rows)],
  );
}

async function writeGauges(tx: Sql, source: string, gauges: readonly MessageOf<"backlog">[]): Promise<void> {
  const rows = gauges.flatMap(({ dc, eventType, stage, time }) =>
    dc === null ? [] : [{ eventType, datacenter: dc, stage: stages.indexOf(stage) + 1, gaugedAt: time }],
  );
  if (rows.length === 0) return;
  await tx.query(
    `UPDATE source_lane l SET gauged_at = g.gauged_at FROM ${gaugeRows.from("g", 2)}
      WHERE l.source = $1 AND l.event_type = g.event_type AND l.datacenter = g.datacenter AND l.stage = g.stage
        AND (l.gauged_at IS NULL OR l.gauged_at < g.gauged_at)`,
    [source, ...gaugeRows.values(rows)],
  );
}
