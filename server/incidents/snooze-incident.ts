import type { IncidentJson } from "#domain/api/alerts.ts";
import type { Clock } from "#domain/clock.ts";
import { formatInstant } from "#domain/instant.ts";
import type { Context } from "#server/access/index.ts";
import type { Sql } from "#server/db/database.ts";
import { Invalid } from "#server/errors.ts";
import { actOnIncident } from "./act-on-incident.ts";
import { requireOpen } from "./find-incident.ts";
import type { IncidentListener } from "./listener.ts";
import { writeIncidentEvents } from "./write-incident-events.ts";

const longestMs = 24 * 3_600_000;

interface SnoozeArgs {
  ctx: Context;
  input: { id: string; until: Date; note?: string | undefined };
  listener: IncidentListener;
}

/** Pauses its notifications until the instant, or until it is more severe. Snoozing again moves the end. */
export async function snoozeIncident({ ctx, input, listener }: SnoozeArgs): Promise<IncidentJson> {
  const { until } = input;
  return actOnIncident(ctx, input, async (tx, incident, now) => {
    requireOpen(incident);
    if (until <= now) throw new Invalid(`\`until\` is in the past: it is ${formatInstant(now)} now.`);
    if (until.getTime() - now.getTime() > longestMs)
      throw new Invalid("`until` is more than 24 h ahead. Create a silence for longer.");
    await tx.query(
      `UPDATE incident SET snoozed_until = $2, snoozed_by = $3, snoozed_severity = severity, changed_at = $4 WHERE id = $1`,
      [incident.id, until, ctx.actor, now],
    );
    await listener.snoozed(tx, { clock: ctx.clock, incidentId: incident.id });
    const message = `Snoozed until ${formatInstant(until).slice(0, 16).replace("T", " ")} UTC.`;
    return [{ kind: "snoozed", message, after: { until } }];
  });
}

/** Takes a snooze back: it is notified again at once. Without one nothing changes. */
export async function unsnoozeIncident({
  ctx,
  input,
  listener,
}: Omit<SnoozeArgs, "input"> & { input: { id: string; note?: string | undefined } }): Promise<IncidentJson> {
  return actOnIncident(ctx, input, async (tx, incident) => {
    requireOpen(incident);
    if (!(await wake(tx, incident.id))) return [];
    await listener.snoozeEnded(tx, { clock: ctx.clock, incidentIds: [incident.id] });
    return [{ kind: "unsnoozed", message: "Snooze ended by hand: it is notified again." }];
  });
}

/** Ends snoozes whose time is over, or whose incident became more severe. Returns how many. */
export async function endSnoozes(
  tx: Sql,
  { clock, listener }: { clock: Clock; listener: IncidentListener },
): Promise<number> {
  const now = clock.now();
  const { rows } = await tx.query<{ id: bigint; isOver: boolean }>(
    `SELECT id, snoozed_until <= $1 AS "isOver" FROM incident
      WHERE snoozed_until IS NOT NULL AND state <> 'resolved'
        AND (snoozed_until <= $1 OR ${isMoreSevere})
      -- in the order in which evaluators lock them
      ORDER BY cause_key FOR UPDATE`,
    [now],
  );
  if (rows.length === 0) return 0;
  for (const { id } of rows) await wake(tx, id);
  const events = rows.map(({ id, isOver }) => ({
    incidentId: id,
    kind: "unsnoozed" as const,
    actor: "tidemark",
    message: isOver
      ? "The snooze is over: it is notified again."
      : "More severe than when it was snoozed: it is notified again.",
  }));
  await writeIncidentEvents(tx, events, now);
  await listener.snoozeEnded(tx, { clock, incidentIds: rows.map(({ id }) => id) });
  return rows.length;
}

/** Of an incident: severities are ranked, the worst first. */
const isMoreSevere = `array_position(ARRAY['page', 'ticket', 'info'], severity)
                      < array_position(ARRAY['page', 'ticket', 'info'], snoozed_severity)`;

async function wake(tx: Sql, id: bigint): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE incident SET snoozed_until = NULL, snoozed_by = NULL, snoozed_severity = NULL
      WHERE id = $1 AND snoozed_until IS NOT NULL`,
    [id],
  );
  return rowCount === 1;
}
