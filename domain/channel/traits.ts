import type { ChannelSpec } from "./parse-channel.ts";

interface ChannelTraits {
  /** People follow one incident from open to end; machines get Alertmanager-style groups. */
  follows: "incidents" | "groups";
  /** It can show who acknowledged. */
  showsAcknowledgement: boolean;
  /** A later message replaces the earlier one of its thread. */
  edits: boolean;
}

const traits: Readonly<Record<ChannelSpec["type"], ChannelTraits>> = {
  pagerduty: { follows: "incidents", showsAcknowledgement: true, edits: false },
  slack: { follows: "incidents", showsAcknowledgement: true, edits: true },
  teams: { follows: "incidents", showsAcknowledgement: true, edits: false },
  opsgenie: { follows: "incidents", showsAcknowledgement: true, edits: false },
  email: { follows: "incidents", showsAcknowledgement: false, edits: false },
  webhook: { follows: "groups", showsAcknowledgement: false, edits: false },
  alertmanager: { follows: "groups", showsAcknowledgement: false, edits: false },
};

export const incidentChannels = Object.entries(traits).flatMap(([type, { follows }]) =>
  follows === "incidents" ? type : [],
);

/** As a webhook's, for a channel that was deleted or is of a later version. */
export function traitsOf(type: string): ChannelTraits {
  return Object.hasOwn(traits, type) ? traits[type as ChannelSpec["type"]] : traits.webhook;
}
