import type { AlertingDocument } from "#domain/catalogue.ts";
import type { Fault } from "#domain/fault.ts";
import { formatInstant, parseInstant } from "#domain/instant.ts";
import { alertingKey, type StoredAlerting } from "./alerting-rows.ts";
import type { DocumentIndex } from "./check-references.ts";

/** Names in a rule or the tree that must exist or stand in the file, and a silence's end before its start. */
export function checkAlerting(
  document: AlertingDocument,
  index: DocumentIndex,
  stored: StoredAlerting,
  now: Date,
): Fault[] {
  if (document.kind === "RoutingTree") return checkChannels(document.spec, index, stored);
  if (document.kind === "AlertRule") return checkTiers(document.spec.scope.tier ?? [], index, stored);
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
      const known = [...stored.channels].sort().join(", ") || "there are none yet";
      const detail = `must be a channel that exists (${known}) or stands in the file; found "${channel}"`;
      return [{ pointer: `${pointer}/channels/${position}`, detail }];
    });
  return [...receivers.values()].flatMap((receiver, position) => [
    ...faultsIn(receiver.channels, `/spec/receivers/${position}`),
    ...receiver.escalation.flatMap((step, nth) =>
      faultsIn(step.channels, `/spec/receivers/${position}/escalation/${nth}`),
    ),
  ]);
}

/** A rule about a tier that is none would never fire, and nobody would notice. */
function checkTiers(tiers: readonly string[], index: DocumentIndex, stored: StoredAlerting): Fault[] {
  const unknown = tiers.filter((tier) => !stored.tiers.has(tier) && !index.has(alertingKey("Tier", tier)));
  const known = [...stored.tiers].sort().join(", ");
  return unknown.map((tier) => ({
    pointer: "/spec/scope/tier",
    detail: `must be a tier that exists (${known}) or stands in the file; found "${tier}"`,
  }));
}

/** A silence that says no start has the one of its first apply. */
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
