import type { RuleScope } from "#domain/alert-rule.ts";
import type { AlertingDocument, CatalogueKind } from "#domain/catalogue.ts";
import { type ChannelSpec, traitsOf } from "#domain/channel.ts";
import type { Fault } from "#domain/fault.ts";
import { formatInstant, parseInstant } from "#domain/instant.ts";
import { alertingKey, type StoredAlerting } from "./alerting-rows.ts";
import type { DocumentIndex } from "./check-references.ts";

/** Names in a rule, the tree, a schedule or a digest must exist or be in the file, and a silence must end after its start. */
export function checkAlerting(
  document: AlertingDocument,
  index: DocumentIndex,
  stored: StoredAlerting,
  now: Date,
): Fault[] {
  if (document.kind === "RoutingTree") return checkReceivers(document.spec, index, stored);
  if (document.kind === "OnCallSchedule") return checkPeople(document.spec, index, stored);
  if (document.kind === "AlertRule") return checkScope(document.spec.scope, index, stored);
  if (document.kind === "Channel")
    return [...checkDigest(document.spec, index, stored), ...checkFollows(document, index, stored)];
  if (document.kind === "Silence") return checkStart(document, stored, now);
  return [];
}

function checkReceivers(
  { receivers }: Extract<AlertingDocument, { kind: "RoutingTree" }>["spec"],
  index: DocumentIndex,
  stored: StoredAlerting,
): Fault[] {
  const faultsIn = ({ channels, onCall }: { channels: readonly string[]; onCall: readonly string[] }, at: string) => [
    ...checkChannels(channels, at, index, stored),
    ...onCall.flatMap((name, position) => {
      if (stored.schedules.has(name) || index.has(alertingKey("OnCallSchedule", name))) return [];
      const known = [...stored.schedules].sort().join(", ") || "none exist yet";
      const detail = `must be an existing on-call schedule (${known}) or one in these documents; found "${name}"`;
      return [{ pointer: `${at}/onCall/${position}`, detail }];
    }),
  ];
  return [...receivers.values()].flatMap((receiver, position) => [
    ...faultsIn(receiver, `/spec/receivers/${position}`),
    ...receiver.escalation.flatMap((step, nth) => faultsIn(step, `/spec/receivers/${position}/escalation/${nth}`)),
  ]);
}

function checkChannels(channels: readonly string[], at: string, index: DocumentIndex, stored: StoredAlerting): Fault[] {
  return channels.flatMap((channel, position) => {
    if (channelType(channel, index, stored) !== null) return [];
    const known = [...stored.channels.keys()].join(", ") || "none exist yet";
    const detail = `must be an existing channel (${known}) or one in these documents; found "${channel}"`;
    return [{ pointer: `${at}/channels/${position}`, detail }];
  });
}

const followsNoPerson = (type: string) =>
  `is of type ${type}, which gets groups of alerts and is not resolved after a handover. Put it in a receiver's channels`;

/** What reaches a person gets the whole life of an incident, also after a handover: only some channels do. */
function checkPeople(
  { people }: Extract<AlertingDocument, { kind: "OnCallSchedule" }>["spec"],
  index: DocumentIndex,
  stored: StoredAlerting,
): Fault[] {
  return people.flatMap(({ channels }, position) => {
    const at = `/spec/people/${position}`;
    const groups = channels.flatMap((channel, nth) => {
      const type = channelType(channel, index, stored);
      if (type === null || traitsOf(type).follows === "incidents") return [];
      return [{ pointer: `${at}/channels/${nth}`, detail: `"${channel}" ${followsNoPerson(type)}` }];
    });
    return [...checkChannels(channels, at, index, stored), ...groups];
  });
}

/** A channel that reaches a person on call cannot become one that does not. */
function checkFollows(
  { metadata, spec }: Extract<AlertingDocument, { kind: "Channel" }>,
  index: DocumentIndex,
  stored: StoredAlerting,
): Fault[] {
  // A schedule in the same documents replaces the stored one, and is checked itself.
  const schedule = stored.onCallChannels
    .get(metadata.name)
    ?.find((name) => !index.has(alertingKey("OnCallSchedule", name)));
  if (schedule === undefined) return [];
  if (traitsOf(spec.type).follows === "incidents") return [];
  const detail = `must stay a channel that reaches a person: the on-call schedule "${schedule}" names it; ${spec.type} gets groups of alerts`;
  return [{ pointer: "/spec/type", detail }];
}

/** null: the channel neither exists nor is in the documents. */
function channelType(name: string, index: DocumentIndex, stored: StoredAlerting): string | null {
  const document = index.get(alertingKey("Channel", name));
  return document?.kind === "Channel" ? document.spec.type : (stored.channels.get(name) ?? null);
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
