import type { IncidentJson } from "#domain/api/alerts.ts";
import type { AuditAct } from "#domain/audit/acts.ts";
import type { AuditFacts } from "#domain/audit/facts.ts";
import { type Call, type Context, requireScope } from "#server/access/index.ts";
import { recordActs } from "#server/audit/index.ts";
import type { Transaction } from "#server/db/database.ts";
import { Conflict } from "#server/errors.ts";
import { endSituations } from "./end-situations.ts";
import { type HeldIncident, holdIncident, readIncidentId, requireOpen } from "./find-incident.ts";
import type { IncidentListener } from "./listener.ts";
import { readIncident } from "./read-incident.ts";
import { type IncidentEvent, writeIncidentEvents } from "./write-incident-events.ts";

export interface ActInput {
  id: string;
  note?: string | undefined;
}

interface EndArgs {
  ctx: Context;
  input: ActInput;
  /** Notifies the people who were paged. */
  listener: IncidentListener;
}

/** What an action adds to the timeline, and to the audit log. */
interface Line extends Pick<IncidentEvent, "message" | "detail"> {
  kind: keyof typeof acts;
  before?: AuditFacts;
  after?: AuditFacts;
}

const acts = {
  acknowledged: "incident.acknowledged",
  assigned: "incident.assigned",
  snoozed: "incident.snoozed",
  unsnoozed: "incident.unsnoozed",
  resolved: "incident.resolved",
  note: "incident.noted",
} as const satisfies Partial<Record<IncidentEvent["kind"], AuditAct>>;

/** Marks who works on it: no more notifications until it resolves. Acknowledging twice changes nothing. */
export async function acknowledgeIncident({ ctx, input, listener }: EndArgs): Promise<IncidentJson> {
  return actOnIncident(ctx, input, async (tx, incident, now) => {
    requireOpen(incident);
    if (incident.state === "acknowledged") return [];
    await tx.prisma.incident.update({
      where: { id: incident.id },
      data: { state: "acknowledged", acknowledgedAt: now, acknowledgedBy: ctx.actor, changedAt: now },
    });
    await listener.acknowledged(tx, { clock: ctx.clock, incidentId: incident.id });
    const [before, after] = [{ state: incident.state }, { state: "acknowledged" }];
    return [{ kind: "acknowledged", message: "Acknowledged.", before, after }];
  });
}

/** Adds a note, also to a resolved incident. */
export async function noteIncident({ ctx, input }: Call<{ id: string; note: string }>): Promise<IncidentJson> {
  return actOnIncident(ctx, input, async () => []);
}

/** Assigns it; null unassigns it. */
export async function assignIncident({
  ctx,
  input,
}: Call<ActInput & { assignee: string | null }>): Promise<IncidentJson> {
  const { assignee } = input;
  return actOnIncident(ctx, input, async (tx, incident, now) => {
    requireOpen(incident);
    if (incident.assignee === assignee) return [];
    await tx.prisma.incident.update({ where: { id: incident.id }, data: { assignee, changedAt: now } });
    const message = assignee === null ? "Unassigned." : `Assigned to ${assignee}.`;
    const detail = { from: incident.assignee, to: assignee };
    return [{ kind: "assigned", message, detail, before: { assignee: detail.from }, after: { assignee } }];
  });
}

/** Resolves it by hand, for instance if an hour will never be final. Refused while alerts fire: they would open a new one at once. */
export async function resolveIncident({ ctx, input, listener }: EndArgs): Promise<IncidentJson> {
  return actOnIncident(ctx, input, async (tx, incident, now) => {
    requireOpen(incident);
    const firing = await tx.prisma.alert.count({
      where: { incidentId: incident.id, state: { in: ["firing", "recovering"] } },
    });
    if (firing > 0) {
      const alerts = firing === 1 ? "One of its alerts still fires" : `${firing} of its alerts still fire`;
      throw new Conflict(`${alerts}, and would open a new incident at once. Acknowledge it, or silence its cause.`);
    }
    await tx.prisma.incident.update({
      where: { id: incident.id },
      data: { state: "resolved", resolvedAt: now, resolvedBy: ctx.actor, changedAt: now },
    });
    await endSituations(tx, [incident.id], { clock: ctx.clock, listener });
    await listener.resolved(tx, { clock: ctx.clock, incidentIds: [incident.id] });
    const [before, after] = [{ state: incident.state }, { state: "resolved" }];
    return [{ kind: "resolved", message: "Resolved by hand.", before, after }];
  });
}

/** Runs an act on the incident, which stays locked meanwhile, and adds its lines and its note to the timeline. */
export async function actOnIncident(
  ctx: Context,
  { id, note }: ActInput,
  work: (tx: Transaction, incident: HeldIncident, now: Date) => Promise<Line[]>,
): Promise<IncidentJson> {
  requireScope(ctx, "respond");
  const incidentId = readIncidentId(id);
  const now = ctx.clock.now();
  await ctx.database.transaction(async (tx) => {
    const lines = await work(tx, await holdIncident(tx, incidentId), now);
    const said: Line[] = note === undefined ? lines : [...lines, { kind: "note", message: note }];
    const events = said.map(({ before: _, after: __, ...line }) => ({ ...line, incidentId, actor: ctx.actor }));
    await writeIncidentEvents(tx, events, now);
    const named = { name: String(incidentId), reason: note };
    // A note that comes with an act is its reason.
    const recorded = lines.length > 0 ? lines : said;
    const made = recorded.map(({ kind, before = null, after = null }) => ({
      ...named,
      act: acts[kind],
      before,
      after,
    }));
    await recordActs(tx, ctx, made);
  });
  return readIncident({ ctx: { ...ctx, scopes: new Set([...ctx.scopes, "read"]) }, input: { id } });
}
