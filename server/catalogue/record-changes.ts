import type { AuditAct } from "#domain/audit/acts.ts";
import type { CatalogueKind } from "#domain/catalogue.ts";
import type { Context } from "#server/access/index.ts";
import { recordActs } from "#server/audit/index.ts";
import type { Sql } from "#server/db/database.ts";
import type { Comparison } from "./compare-catalogue.ts";
import type { Change } from "./diff-catalogue.ts";
import { ownerOf } from "./owned-changes.ts";

const acts = {
  EventType: { create: "event_type.created", claim: "event_type.claimed", update: "event_type.changed" },
  Datacenter: { create: "datacenter.created", claim: "datacenter.claimed", update: "datacenter.changed" },
  Tier: { create: "tier.created", claim: "tier.created", update: "tier.changed" },
  AlertRule: { create: "rule.created", claim: "rule.created", update: "rule.changed" },
  Channel: { create: "channel.created", claim: "channel.created", update: "channel.changed" },
  OnCallSchedule: {
    create: "on_call_schedule.created",
    claim: "on_call_schedule.created",
    update: "on_call_schedule.changed",
  },
  RoutingTree: { create: "routing_tree.created", claim: "routing_tree.created", update: "routing_tree.changed" },
  DeploymentHook: {
    create: "deployment_hook.created",
    claim: "deployment_hook.created",
    update: "deployment_hook.changed",
  },
  Silence: { create: "silence.created", claim: "silence.created", update: "silence.changed" },
  Source: { create: "source.created", claim: "source.created", update: "source.changed" },
} as const satisfies Record<CatalogueKind, Record<Exclude<Change["action"], "unchanged">, AuditAct>>;

/** Records what documents changed: one entry for each, in one statement. */
export async function recordChanges(tx: Sql, ctx: Context, { changes, delivery, alerting }: Comparison): Promise<void> {
  const owners = new Map<string, string | null>([
    ...delivery.eventTypes.map(({ after }) => [`EventType/${after.name}`, after.owner] as const),
    ...alerting.rows.map(({ kind, name, spec }) => [`${kind}/${name}`, ownerOf(spec)] as const),
  ]);
  const made = changes.flatMap(({ kind, name, action, fields }) => {
    if (action === "unchanged") return [];
    const side = (of: "from" | "to") => Object.fromEntries(fields.map((change) => [change.field, change[of]]));
    const before = action === "create" ? null : side("from");
    const team = owners.get(`${kind}/${name}`) ?? null;
    return [{ act: acts[kind][action], name, team, before, after: side("to") }];
  });
  await recordActs(tx, ctx, made);
}
