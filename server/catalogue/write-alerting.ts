import { parseSilence } from "#domain/silence.ts";
import type { Context } from "#server/access/index.ts";
import { bulkRows } from "#server/db/bulk-rows.ts";
import type { InputJson, Sql, Transaction } from "#server/db/database.ts";
import { databaseNull } from "#server/db/prisma.ts";
import { wakeOutbox } from "#server/outbox/index.ts";
import { markAlertsDue } from "#server/verdicts/index.ts";
import { lockRoutingTree } from "./alerting-lock.ts";
import type { AlertingRow } from "./alerting-rows.ts";

type Table = "alert_rule" | "channel" | "on_call_schedule" | "routing_tree" | "deployment_hook" | "source";

/** Writes the documents' changes, and marks everything they affect for evaluation. */
export async function writeAlerting(
  tx: Transaction,
  { rows, ctx, now }: { rows: readonly AlertingRow[]; ctx: Context; now: Date },
): Promise<void> {
  const of = (kind: AlertingRow["kind"]) => rows.filter((row) => row.kind === kind);
  await writeSpecs(tx, "alert_rule", of("AlertRule"), ctx.actor, now);
  await writeSpecs(tx, "channel", of("Channel"), ctx.actor, now);
  const channels = of("Channel").map(({ name }) => name);
  await scheduleDigests(tx, channels, now);
  await writeSpecs(tx, "on_call_schedule", of("OnCallSchedule"), ctx.actor, now);
  if (of("RoutingTree").length > 0) await lockRoutingTree(tx);
  await writeSpecs(tx, "routing_tree", of("RoutingTree"), ctx.actor, now);
  await writeSpecs(tx, "deployment_hook", of("DeploymentHook"), ctx.actor, now);
  await writeSpecs(tx, "source", of("Source"), ctx.actor, now);
  for (const row of of("Silence")) await writeSilence(tx, row, ctx.actor, now);
  if (of("AlertRule").length > 0) await markAlertsDue(tx, null, now);
  if (of("RoutingTree").length > 0) {
    // Firing alerts follow the new tree too.
    await tx.prisma.routingTree.updateMany({ data: { rerouteDue: true } });
    await wakeOutbox(tx);
  }
}

const specRows = bulkRows({ name: "text", spec: "jsonb" });

async function writeSpecs(
  tx: Sql,
  table: Table,
  rows: readonly AlertingRow[],
  actor: string,
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO ${table} (name, spec, updated_at, updated_by)
     SELECT name, spec, $1, $2 FROM ${specRows.from("n", 3)} ORDER BY name
     ON CONFLICT (name) DO UPDATE SET spec = excluded.spec, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [now, actor, ...specRows.values(rows)],
  );
}

async function writeSilence(tx: Transaction, { name, spec }: AlertingRow, actor: string, now: Date): Promise<void> {
  const parsed = parseSilence(spec);
  if (!parsed.ok) throw new Error(`The silence ${name} cannot be read back: ${JSON.stringify(parsed.faults)}`);
  const { startsAt = now, endsAt, reason } = parsed.spec;
  const recurrence = spec.recurrence === undefined ? databaseNull() : (spec.recurrence as InputJson);
  const terms = { matchers: spec.matchers as InputJson, startsAt, endsAt, recurrence, reason };
  await tx.prisma.silence.upsert({
    where: { name },
    create: { ...terms, name, createdBy: actor, createdAt: now },
    // Applying the document undoes what was changed by hand.
    update: { ...terms, expiredBy: null, extendedBy: null, updatedBy: null },
  });
}

/**
 * Runs in the transaction that writes channels: since when each has the monthly digest enabled. A channel that had it keeps its
 * time; disabling and enabling again restarts it.
 */
async function scheduleDigests(tx: Sql, channels: readonly string[], now: Date): Promise<void> {
  await tx.query(
    `UPDATE channel
        SET digest_since = CASE WHEN jsonb_typeof(spec->'monthlyDigest') = 'object' OR spec->'monthlyDigest' = 'true'
                                THEN coalesce(digest_since, $2) END
      WHERE name = ANY ($1)`,
    [channels, now],
  );
}
