import type { RuleScope } from "#domain/alert-rule.ts";
import type { AlertingDocument, CatalogueKind } from "#domain/catalogue.ts";
import type { ChannelSpec } from "#domain/channel.ts";
import type { Fault } from "#domain/fault.ts";
import { formatInstant, parseInstant } from "#domain/instant.ts";
import { alertingKey, type StoredAlerting } from "./alerting-rows.ts";
import type { DocumentIndex } from "./check-references.ts";

/** Names in a rule, the tree or a digest must exist or be in the file, and a silence must end after its start. */
export function checkAlerting(
  document: AlertingDocument,
  index: DocumentIndex,
  stored: StoredAlerting,
  now: Date,
): Fault[] {
  if (document.kind === "RoutingTree") return checkChannels(document.spec, index, stored);
  if (document.kind === "AlertRule") return checkScope(document.spec.scope, index, stored);
  if (document.kind === "Channel") return checkDigest(document.spec, index, stored);
  if (document.kind === "Silence") return checkStart(document, stored, now);
  return [];
}

function checkChannels(
  { receivers }: Extract<AlertingDocument, { kind: "RoutingTree" }>["spec"],
  index: DocumentIndex,
  stored: StoredAlerting,
): Fault[] {
  const faultsIn = (channels: readonly string[], pointer: string) =>
    channels.flatMap((channel, position) => {
      if (stored.channels.has(channel) || index.has(alertingKey("Channel", channel))) return [];
      const known = [...stored.channels].sort().join(", ") || "none exist yet";
      const detail = `must be an existing channel (${known}) or one in these documents; found "${channel}"`;
      return [{ pointer: `${pointer}/channels/${position}`, detail }];
    });
  return [...receivers.values()].flatMap((receiver, position) => [
    ...faultsIn(receiver.channels, `/spec/receivers/${position}`),
    ...receiver.escalation.flatMap((step, nth) =>
      faultsIn(step.channels, `/spec/receivers/${position}/escalation/${nth}`),
    ),
  ]);
}

/** A rule about a missing name would silently never fire. Owners and labels are free text. */
function checkScope(scope: RuleScope, index: DocumentIndex, stored: StoredAlerting): Fault[] {
  const faultsIn = (
    member: "tier" | "eventType" | "datacenter",
    kind: CatalogueKind,
    exists: ReadonlySet<string>,
    must: string,
  ) =>
    (scope[member] ?? [])
      .filter((name) => !exists.has(name) && !index.has(alertingKey(kind, name)))
      .map((name) => ({
        pointer: `/spec/scope/${member}`,
        detail: `${must} or one in these documents; found "${name}"`,
      }));
  const tiers = [...stored.tiers].sort().join(", ");
  const listed = (noun: string, path: string) => `must be ${noun} that exists (GET /api/v1/${path} lists them)`;
  return [
    ...faultsIn("tier", "Tier", stored.tiers, `must be an existing tier (${tiers})`),
    ...faultsIn("eventType", "EventType", stored.eventTypes, listed("an event type", "event-types")),
    ...faultsIn("datacenter", "Datacenter", stored.datacenters, listed("a datacenter", "datacenters")),
  ];
}

/** A digest for a missing tier would be empty, every month. */
function checkDigest(spec: ChannelSpec, index: DocumentIndex, stored: StoredAlerting): Fault[] {
  const tier = spec.type === "email" ? spec.monthlyDigest?.tier : undefined;
  if (tier === undefined || stored.tiers.has(tier) || index.has(alertingKey("Tier", tier))) return [];
  const known = [...stored.tiers].sort().join(", ");
  const detail = `must be an existing tier (${known}) or one in these documents; found "${tier}"`;
  return [{ pointer: "/spec/monthlyDigest/tier", detail }];
}

/** A silence without a start begins at its first apply. */
function checkStart(
  { metadata, spec }: Extract<AlertingDocument, { kind: "Silence" }>,
  stored: StoredAlerting,
  now: Date,
): Fault[] {
  const before = stored.rows.get(alertingKey("Silence", metadata.name))?.spec.startsAt;
  if (spec.startsAt) return [];
  const start = typeof before === "string" ? (parseInstant(before) ?? now) : now;
  if (spec.endsAt > start) return [];
  const detail = `must be after its start, which is ${formatInstant(start)}; found ${formatInstant(spec.endsAt)}`;
  return [{ pointer: "/spec/endsAt", detail }];
}
