import type { Owner } from "#domain/access/may-change.ts";
import type { PlacedChange } from "#server/access/index.ts";
import type { Comparison, Sourced } from "./compare-catalogue.ts";

type Owners = Pick<PlacedChange, "before" | "after">;

/** What the documents would change of objects that teams own, each with its document's place. */
export function ownedChanges(
  { delivery, alerting }: Pick<Comparison, "delivery" | "alerting">,
  sourced: readonly Sourced[],
): PlacedChange[] {
  const types = new Map(delivery.eventTypes.map((change) => [change.after.name, change]));
  const rows = new Map(alerting.rows.map((row) => [`${row.kind}/${row.name}`, row]));
  return sourced.flatMap(({ document: { kind, metadata }, source }) => {
    const { name } = metadata;
    const place = ({ before, after }: Owners): PlacedChange => {
      const at = source.locate(before === after ? "/metadata/name" : "/spec/owner");
      return { kind: kind as PlacedChange["kind"], name, before, after, at };
    };
    if (kind === "EventType") {
      const change = types.get(name);
      // A discovered type has no owner until it is claimed.
      return change ? place({ before: change.before?.owner ?? null, after: change.after.owner }) : [];
    }
    if (kind !== "AlertRule" && kind !== "Channel" && kind !== "DeploymentHook" && kind !== "Source") return [];
    const row = rows.get(`${kind}/${name}`);
    return row ? place({ before: row.before ? ownerOf(row.before) : undefined, after: ownerOf(row.spec) }) : [];
  });
}

/** The team in a rule's, channel's or source's spec. */
export function ownerOf(spec: unknown): Owner {
  const { owner } = spec as { owner?: unknown };
  return typeof owner === "string" ? owner : null;
}
