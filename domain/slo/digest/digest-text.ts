import { alignColumns } from "../../align-columns.ts";
import type { SloDigestJson } from "../../api/slo-digest.ts";
import { clipText } from "../../notification.ts";
import { dayName, statusWords } from "../slo-words.ts";
import { incidentUrl, reasonText, reportUrl } from "./digest-links.ts";

/** The width that mail programs and terminals show without wrapping. */
const lineWidth = 76;
/** The width left by the columns beside it. */
const nameWidth = 22;

/** The digest as plain text: short lines, columns aligned with spaces, full links. */
export function digestText(digest: SloDigestJson, publicUrl: string): string {
  const { previous, incidents } = digest;
  const parts = [
    [digest.title, ...wrap(digest.standing)],
    wrap(digest.answer),
    wrap(`Full report: ${reportUrl(digest, publicUrl)}`),
    section(previous ? `Objectives (compared with ${previous})` : "Objectives", digest.promises.flatMap(promiseLines)),
    section("Tiers", groupLines(digest.tiers)),
    section("Owners", [
      ...groupLines(digest.owners),
      ...(digest.moreOwners > 0 ? [`and ${digest.moreOwners} more owners`] : []),
    ]),
    section(
      "Worst event types, and their causes",
      digest.worst.flatMap(({ name, whose, figures, status, causes }) => [
        ...wrap(`${name} (${whose}), ${statusText(status)}: ${figures}`),
        ...causes.flatMap((cause) => bullet(cause)),
      ]),
    ),
    section(
      "Causes of late hours and lost events",
      digest.causes.flatMap((cause) => bullet(cause)),
    ),
    section("Incidents", [
      ...wrap(incidents.sentence),
      ...incidents.items.flatMap((incident) => [
        ...bullet(`${incident.title} (${dayName(incident.openedAt)}): ${incidentText(incident)}`),
        `    ${incidentUrl(incident.id, publicUrl)}`,
      ]),
      ...(incidents.more > 0 && incidents.items.length > 0 ? bullet(`and ${incidents.more} more`) : []),
    ]),
    section("Changes since the month was frozen", [
      ...digest.restatements.flatMap((change) => bullet(change)),
      ...(digest.moreRestatements ? bullet("and more in the full report") : []),
    ]),
    section(
      "Excused hours",
      digest.excuses.flatMap((excuse) => bullet(excuse)),
    ),
    wrap(reasonText(digest)),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** "noticed after 12 min, acknowledged after 5 min, …". */
export function incidentText({
  noticed,
  acknowledged,
  resolved,
  lead,
  lateHours,
}: SloDigestJson["incidents"]["items"][number]): string {
  const after = (verb: string, duration: string) =>
    duration === "not yet" ? `not ${verb} yet` : `${verb} after ${duration}`;
  const times = [after("noticed", noticed), after("acknowledged", acknowledged), after("resolved", resolved)].join(
    ", ",
  );
  return `${times}${lead === "" ? "" : `; lead ${lead}`}; ${lateHours} hours late.`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title.toUpperCase(), ...lines];
}

function promiseLines({
  title,
  attained,
  bad,
  budget,
  before,
  parts = [],
  ...held
}: SloDigestJson["promises"][number]) {
  return [
    `${title.padEnd(15)}${(attained ?? "–").padEnd(11)}${againstText(held, parts)}${before === null ? "" : `; ${before}`}`,
    ...wrap([bad, budget].filter(Boolean).join("; "), " ".repeat(15)),
    ...parts.flatMap((part) => wrap(partText(part), " ".repeat(15))),
  ];
}

type Promised = SloDigestJson["promises"][number];

/** "objective 99.5 %: missed"; of several objectives the gravest status. */
export function againstText(
  { objective, status }: Pick<Promised, "objective" | "status">,
  parts: NonNullable<Promised["parts"]>,
): string {
  if (parts.length > 0) return statusText(status);
  return objective === null ? statusText(status) : `objective ${objective}: ${statusText(status)}`;
}

/** "high tier: 99.2 %, objective 99.5 %: missed; error budget overspent: 8, limit 5". */
export function partText(part: NonNullable<Promised["parts"]>[number]): string {
  const { tier, attained, budget } = part;
  return `${tier} tier: ${attained ?? "–"}, ${againstText(part, [])}${budget === null ? "" : `; ${budget}`}`;
}

/** A mail that was stored before a status had its present name keeps its own word. */
export function statusText(status: Promised["status"]): string {
  return statusWords[status] ?? status;
}

function groupLines(groups: SloDigestJson["tiers"]): string[] {
  if (groups.length === 0) return [];
  const rows = groups.map((group) => [
    clipText(plain(group.name), nameWidth),
    group.onTime ?? "–",
    group.objective ?? "–",
    statusText(group.status),
    group.complete ?? "–",
    group.inTheirHour ?? "–",
  ]);
  return alignColumns([["", "on time", "objective", "status", "complete", "in their hour"], ...rows]);
}

function bullet(text: string): string[] {
  return wrap(text, "    ").map((line, index) => (index === 0 ? `  - ${line.slice(4)}` : line));
}

/** Wraps at spaces; a word longer than a line, such as a link, has a line of its own. */
function wrap(text: string, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of plain(text).split(" ")) {
    if (line !== "" && indent.length + line.length + 1 + word.length > lineWidth && !bindsLeft(word)) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}

/** A percent sign stays with its figure. */
function bindsLeft(word: string): boolean {
  return word.startsWith("%");
}

/** User text is put on one line, whatever line feeds it has, so it cannot fake a section. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
