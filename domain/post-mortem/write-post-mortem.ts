import type { IncidentHourJson, IncidentJson } from "../api/alerts.ts";
import { readSituation } from "../api/situation-json.ts";
import { formatElapsed } from "../duration.ts";
import { formatCount, formatCountOf } from "../figures.ts";
import { sayEarlier } from "../situation/say-onset.ts";
import { sayEffect } from "../situation/say-situation.ts";
import { escapeMarkdown, quoteMarkdown } from "./escape-markdown.ts";

/** What only people know: headings to fill in. */
const openQuestions = [
  "What was the root cause?",
  "What went well?",
  "What went wrong, and where were we lucky?",
  "Could it have been noticed earlier?",
  "Which actions follow, who owns them, and until when?",
];

/** An incident as a post-mortem in Markdown. Every figure is the record's; names and notes are escaped. */
export function writePostMortem(incident: IncidentJson): string {
  const { situation } = incident;
  return `${[
    `# ${text(incident.title)}`,
    `Incident ${incident.id}, ${incident.severity}, ${incident.state}. All times are in UTC.`,
    "## Summary",
    text(situation.sentence),
    table(["what", "when"], moments(incident)),
    "## Impact",
    text(sayEffect(readSituation(situation))),
    table(["figure", "value"], impactRows(incident)),
    "### Affected hours",
    hoursTable(incident),
    "### Affected consumers",
    table(
      ["consumer", "contact", "waits for"],
      situation.impact.consumers.map(({ name, contact, waits }) => [name, contact, formatCountOf(waits, "hour")]),
      "No registered consumer reads these event types.",
    ),
    "## Likely cause",
    `${text(situation.cause.sentence)} Confidence: ${Number(situation.cause.score.toFixed(2))} of 1.`,
    table(
      ["evidence", "as of"],
      situation.cause.evidence.map(({ fact, asOf }) => [fact, utc(asOf)]),
      "No evidence was recorded.",
    ),
    "## Deployed around the onset",
    table(
      ["when", "what", "where", "by"],
      situation.deployed.map(({ deployedAt, component, version, datacenter, deployedBy }) => [
        utc(deployedAt),
        `${component} ${version}`,
        datacenter ?? "everywhere",
        deployedBy ?? "unknown",
      ]),
      "Nothing was deployed at its place around the onset.",
    ),
    "## Recovery",
    recoveryOf(incident),
    "## Timeline",
    table(
      ["when", "who", "what"],
      incident.timeline.map(({ at, actor, message }) => [utc(at), actor, message]),
    ),
    "## Notifications",
    table(
      ["created", "channel", "kind", "state", "sent"],
      [...incident.deliveries]
        .reverse()
        .map(({ createdAt, channel, kind, state, sentAt }) => [utc(createdAt), channel, kind, state, utc(sentAt)]),
      "None was sent.",
    ),
    "## Notes",
    notesOf(incident),
    "## Open questions",
    ...openQuestions.map((question) => `### ${question}\n\n_To be filled in._`),
  ].join("\n\n")}\n`;
}

const text = escapeMarkdown;

/** "2026-11-22 10:16:01"; "–" for what did not happen. */
function utc(at: string | null): string {
  return at === null ? "–" : at.slice(0, 19).replace("T", " ");
}

function moments({
  situation,
  openedAt,
  acknowledgedAt,
  acknowledgedBy,
  assignee,
  resolvedAt,
  resolvedBy,
}: IncidentJson) {
  return [
    [
      `began (known by ${situation.onset.source})`,
      [utc(situation.onset.at), sayEarlier(situation.onset)].filter((part) => part !== null).join(", "),
    ],
    ["noticed", utc(openedAt)],
    [acknowledgedBy === null ? "acknowledged" : `acknowledged by ${acknowledgedBy}`, utc(acknowledgedAt)],
    [resolvedBy === null ? "resolved" : `resolved by ${resolvedBy}`, utc(resolvedAt)],
    ...(assignee === null ? [] : [["assigned to", assignee]]),
  ];
}

function impactRows({ situation: { impact, extent } }: IncidentJson): string[][] {
  const { lost, duplicated, produced, missedDeadlines, hoursAtRisk, consumerCount } = impact;
  return [
    ["datacenters", extent.datacenters.join(", ") || "none named"],
    ["event types", formatCount(extent.eventTypeCount)],
    ["affected hours", formatCount(extent.hours?.affected ?? 0)],
    ["missed deadlines", formatCount(missedDeadlines)],
    ["hours at risk", formatCount(hoursAtRisk)],
    ["lost events", produced === null ? formatCount(lost) : `${formatCount(lost)} of ${formatCount(produced)}`],
    ["duplicated events", formatCount(duplicated)],
    ["consumers", formatCount(consumerCount)],
  ];
}

function hoursTable({ hours, affectedHours }: IncidentJson): string {
  const rows = hours.map((hour) => [
    hour.eventType,
    hour.hour,
    hour.state ?? "no longer stored",
    outcome(hour),
    formatCount(hour.lost),
    formatCount(hour.duplicated),
    hour.deadlineMet === null ? "–" : hour.deadlineMet ? "met" : "missed",
  ]);
  const listed = table(
    ["event type", "hour", "state", "outcome", "lost", "duplicated", "deadline"],
    rows,
    "No hour was affected.",
  );
  return hours.length < affectedHours
    ? `${listed}\n\nThe first ${formatCount(hours.length)} of ${formatCount(affectedHours)} hours.`
    : listed;
}

function outcome({ accepted, recoveredAt, state }: IncidentHourJson): string {
  if (accepted) return `accepted by ${accepted.by}: ${accepted.reason}`;
  if (recoveredAt === null) return "waiting";
  return state === "complete" ? `recovered ${utc(recoveredAt)}` : "closed with loss";
}

function recoveryOf({ situation, resolvedAt, since }: IncidentJson): string {
  if (resolvedAt !== null) {
    const lasted = formatElapsed((Date.parse(resolvedAt) - Date.parse(since)) / 1_000);
    return `Over at ${utc(resolvedAt)}, after ${lasted}.`;
  }
  const { phase, phaseSince, recovery } = situation;
  const expected = recovery
    ? ` Expected to be closed by ${utc(recovery.p50At)} (p50), ${utc(recovery.p90At)} (p90).`
    : " No recovery is expected yet.";
  return `Not over: ${phase} since ${utc(phaseSince)}.${expected}`;
}

function notesOf({ timeline }: IncidentJson): string {
  const notes = timeline.filter(({ kind }) => kind === "note");
  if (notes.length === 0) return "None was written.";
  return notes.map(({ at, actor, message }) => `${utc(at)}, ${text(actor)}:\n\n${quoteMarkdown(message)}`).join("\n\n");
}

function table(heads: string[], rows: string[][], none = "None."): string {
  if (rows.length === 0) return none;
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map((row) => line(row.map(text)))].join("\n");
}
