import type { ReadText } from "./check-texts.ts";
import type { Findings } from "./contradiction.ts";
import { countsOf } from "./grammar.ts";
import type { Moment } from "./moment.ts";
import type { StoryTruth } from "./story-truth.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const slackMs = 2 * minuteMs;
const silentAfterMs = 15 * minuteMs;

/** The board and the datacenters' pages: the same incidents as their own pages, and nothing green that is not. */
export function checkBoard(
  { board, incidents, datacenters, atMs }: Moment,
  texts: readonly ReadText[],
  { truth, findings }: { truth: StoryTruth; findings: Findings },
): void {
  const open = incidents.filter(({ state }) => state !== "resolved");
  findings.equal("pages differ", "board", board.incidents.map(({ id }) => id).sort(), open.map(({ id }) => id).sort());
  for (const shown of board.incidents) {
    const own = open.find(({ id }) => id === shown.id);
    if (!own) continue;
    const where = `board, incident ${shown.id}`;
    const { situation, firingAlerts } = own;
    findings.equal("pages differ", where, shown.sentence, situation.sentence);
    findings.equal("pages differ", where, shown.title, situation.title);
    findings.equal("pages differ", where, shown.phase, situation.phase);
    findings.equal("pages differ", where, shown.onset, situation.onset);
    findings.equal("pages differ", where, shown.recovery, situation.recovery);
    findings.equal("pages differ", where, shown.firingAlerts, firingAlerts);
    findings.equal("pages differ", where, shown.cause.sentence, situation.cause.sentence);
    findings.equal("pages differ", where, shown.datacenters, situation.extent.datacenters);
    findings.equal("pages differ", where, shown.eventTypeCount, situation.extent.eventTypeCount);
  }
  if (Date.parse(board.asOf) !== atMs) findings.add("as of", "board", board.asOf, new Date(atMs).toISOString());
  checkAnswer(texts, open.length, board, findings);
  const late = lateTypes(truth, atMs);
  for (const { eventType, state } of board.items) {
    if (late.surely.has(eventType) && state !== "late") findings.add("state", `board, ${eventType}`, state, "late");
    if (state === "late" && !late.perhaps.has(eventType))
      findings.add("state", `board, ${eventType}`, state, "not late");
  }
  for (const { name, silent, lastSeenAt } of board.datacenters) {
    const heardMs = truth.places.get(name)?.heardMs.at(-1) ?? atMs;
    const forMs = atMs - heardMs;
    if (Math.abs(forMs - silentAfterMs) > slackMs && silent !== forMs > silentAfterMs)
      findings.add("silent", `board, ${name}`, String(silent), `last message ${new Date(heardMs).toISOString()}`);
    const page = datacenters.find(({ datacenter }) => datacenter.name === name);
    if (page)
      findings.equal("pages differ", `datacenter ${name}`, secondOf(page.datacenter.lastSeenAt), secondOf(lastSeenAt));
  }
  for (const { datacenter, lanes } of datacenters)
    for (const { eventType, lateHours } of lanes.items) {
      const hours = lateHoursOf(truth, datacenter.name, eventType, atMs);
      if (lateHours < hours.surely || lateHours > hours.perhaps)
        findings.add(
          "late hours",
          `datacenter ${datacenter.name}, ${eventType}`,
          String(lateHours),
          `${hours.surely} to ${hours.perhaps}`,
        );
    }
}

/** It is calm only without an incident, and its counts are those of the rows. */
function checkAnswer(
  texts: readonly ReadText[],
  open: number,
  { counts, items }: Moment["board"],
  findings: Findings,
): void {
  const answer = texts.find(({ kind }) => kind === "board");
  const late = counts.late ?? 0;
  findings.equal(
    "counts",
    "board",
    items.length,
    Object.values(counts).reduce((sum, count) => sum + count, 0),
  );
  findings.equal("counts", "board", late, items.filter(({ state }) => state === "late").length);
  for (const claim of answer?.claims ?? []) {
    const said = countsOf(claim);
    if (claim.template.startsWith("All ") && open > 0)
      findings.add("all well", "board", answer?.text ?? "", `${open} incidents are open`);
    if (claim.template.startsWith("{count} of {count} types late"))
      findings.equal("counts", "board", said.slice(0, 2), [late, items.length]);
    if (claim.template.startsWith("{count} more open incident")) findings.equal("counts", "board", said[0], open - 1);
    if (claim.template.startsWith("None of") && late > 0)
      findings.add("all well", "board", answer?.text ?? "", `${late} are late`);
  }
}

function lateTypes(truth: StoryTruth, atMs: number): { surely: Set<string>; perhaps: Set<string> } {
  const [surely, perhaps] = [new Set<string>(), new Set<string>()];
  for (const { name } of truth.types) {
    const hours = lateHoursOf(truth, null, name, atMs);
    if (hours.surely > 0) surely.add(name);
    if (hours.perhaps > 0) perhaps.add(name);
  }
  return { surely, perhaps };
}

/** Hours that are not closed after their deadlines; give or take two minutes. */
function lateHoursOf(
  truth: StoryTruth,
  dc: string | null,
  eventType: string,
  atMs: number,
): { surely: number; perhaps: number } {
  let [surely, perhaps] = [0, 0];
  const last = Math.floor(atMs / hourMs) * hourMs;
  for (let hour = last - 30 * hourMs; hour < last; hour += hourMs) {
    if (hour < truth.world.simulation.startAt.getTime()) continue;
    const { lanes, deadlineAtMs, closesAtMs } = truth.hour(eventType, hour);
    const closes = dc === null ? closesAtMs : (lanes.find((lane) => lane.dc === dc)?.closesAtMs ?? 0);
    if (closes > atMs + slackMs && deadlineAtMs < atMs - slackMs) surely += 1;
    if (closes > atMs - slackMs && deadlineAtMs < atMs + slackMs) perhaps += 1;
  }
  return { surely, perhaps };
}

function secondOf(instant: string | null): number | null {
  return instant === null ? null : Math.floor(Date.parse(instant) / 1000);
}
