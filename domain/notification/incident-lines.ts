import type { NotificationJson } from "../api/notification.ts";
import type { SituationJson } from "../api/situation.ts";
import { formatCount } from "../figures.ts";
import { sayEarlier } from "../situation/say-onset.ts";
import { sayEnd } from "./say-end.ts";

type Notified = Pick<NotificationJson, "status" | "incident">;

export interface IncidentLine {
  /** null: a sentence that needs no name. */
  name: string | null;
  text: string;
}

const listedConsumers = 5;

/** What a message says of its incident, the most important first; the end of one has a text of its own. */
export function incidentLines({ status, incident }: Notified): IncidentLine[] {
  if (incident === null) return [];
  const { situation } = incident;
  // A message stored before situations were kept is sent again as it was.
  if (!situation) return stored(incident);
  const { phase, onset, sentence, cause, extent, impact } = situation;
  const isOver = status === "resolved" && phase === "over";
  return [
    { name: null, text: isOver ? sayEnd(situation) : sentence },
    ...(cause.sentence === "" ? [] : [{ name: "Likely cause", text: cause.sentence }]),
    { name: "Since", text: [onset.at, sayEarlier(onset)].filter((part) => part !== null).join(", ") },
    ...(extent.hours ? [{ name: "Affected hours", text: hoursText(extent.hours) }] : []),
    ...(impact.consumerCount > 0 ? [{ name: "Affected consumers", text: consumersText(impact) }] : []),
  ];
}

/** The sentence of a message without layout. */
export function incidentText(notified: Notified): string {
  return incidentLines(notified)[0]?.text ?? "";
}

/** All lines of a message without layout. */
export function incidentMessage(notified: Notified): string {
  return incidentLines(notified)
    .map(({ name, text }) => (name === null ? text : `${name}: ${text}`))
    .join("\n");
}

function stored({ cause, since }: NonNullable<Notified["incident"]>): IncidentLine[] {
  return [...(cause === "" ? [] : [{ name: "Likely cause", text: cause }]), { name: "Since", text: since }];
}

function hoursText({ first, last, affected }: NonNullable<SituationJson["extent"]["hours"]>): string {
  return first === last ? first : `${formatCount(affected)}, ${first} to ${last}`;
}

function consumersText({ consumers, consumerCount }: SituationJson["impact"]): string {
  const named = consumers.slice(0, listedConsumers).map(({ name, contact }) => `${name} (${contact})`);
  const more = consumerCount - named.length;
  return more > 0 ? `${named.join(", ")} and ${formatCount(more)} more` : named.join(", ");
}
