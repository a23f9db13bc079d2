import type { IncidentJson } from "#domain/api/alerts.ts";
import type { Findings } from "./contradiction.ts";
import type { Moment } from "./moment.ts";
import type { Reader } from "./readers.ts";
import type { StoryTruth } from "./story-truth.ts";

const minuteMs = 60_000;
/** Reports and judging are a minute apart. */
const slackMs = 2 * minuteMs;
/** Holding and grouping take minutes. */
const notifiedWithinMs = 10 * minuteMs;

/** Who waits for what an incident affects, and whether anyone is notified of it. */
export class PeopleChecker {
  readonly #truth: StoryTruth;
  readonly #readers: readonly Reader[];
  readonly #notified = new Set<string>();
  /** Since when alerts of an incident fire, nothing mutes them, and no message was sent. */
  readonly #unheardSinceMs = new Map<string, number>();

  constructor(truth: StoryTruth, readers: readonly Reader[]) {
    this.#truth = truth;
    this.#readers = readers;
  }

  /** Messages that were sent, of the moment or of minutes before it. */
  hear(sent: Moment["sent"]): void {
    for (const { incident } of sent) if (incident) this.#notified.add(incident.id);
  }

  check({ atMs, incidents, sent, board }: Moment, findings: Findings): void {
    this.hear(sent);
    for (const incident of incidents) {
      if (incident.situation.phase === "over") continue;
      this.#checkWaiting(incident, atMs, findings);
      this.#checkMuted(incident, incidents, atMs, findings);
      const shown = board.incidents.find(({ id }) => id === incident.id);
      if (!shown) continue;
      const where = `board, incident ${incident.id}`;
      findings.equal("pages differ", where, shown.muted, incident.situation.muted);
      findings.equal("pages differ", where, shown.consumerCount, incident.situation.impact.consumerCount);
    }
  }

  /** Every reader of the affected types, with the hours that it cannot read: surely those that are not closed, perhaps all that are not complete. */
  #checkWaiting({ id, hours, situation }: IncidentJson, atMs: number, findings: Findings): void {
    const { consumers, consumerCount } = situation.impact;
    const where = `incident ${id}, waiting`;
    const types = new Set([...hours.map(({ eventType }) => eventType), ...situation.extent.eventTypes]);
    const isClosed = (eventType: string, hour: string) =>
      this.#truth.hour(eventType, Date.parse(`${hour}:00:00Z`)).closesAtMs <= atMs + slackMs;
    for (const { name, contact, waits } of consumers) {
      const own = this.#readers.filter((each) => each.consumer === name);
      const read = hours.filter((each) => own.some(({ eventType }) => eventType === each.eventType));
      const surely = read.filter(({ eventType, hour }) => !isClosed(eventType, hour)).length;
      const perhaps = read.filter(({ state }) => state !== "complete").length;
      const isReader = own.some((each) => each.contact === contact && types.has(each.eventType));
      if (!isReader || waits < surely || waits > perhaps)
        findings.add("who waits", where, `${name} (${contact}) for ${waits}`, `${surely} to ${perhaps} of its hours`);
    }
    const concerned = this.#readers.filter(({ eventType }) => types.has(eventType));
    const affected = new Set(concerned.map(({ consumer }) => consumer));
    if (situation.extent.eventTypeCount > types.size) return;
    const named = consumers.map(({ name }) => name);
    if (consumerCount !== affected.size || [...affected].some((name) => !named.includes(name)))
      findings.add("who waits", where, `${consumerCount}: ${named.join(", ")}`, [...affected].join(", "));
  }

  /** Everything leads to one channel, and no one silences or snoozes: only alerts of another incident can keep one quiet. */
  #checkMuted(
    { id, firingAlerts, situation: { muted } }: IncidentJson,
    incidents: readonly IncidentJson[],
    atMs: number,
    findings: Findings,
  ): void {
    const where = `incident ${id}`;
    if (muted && (muted.reason !== "inhibited" || muted.until !== null || incidents.length < 2))
      findings.add("muted", where, muted.reason, "nothing mutes it");
    if (firingAlerts === 0 || muted !== null || this.#notified.has(id)) this.#unheardSinceMs.delete(id);
    else if (!this.#unheardSinceMs.has(id)) this.#unheardSinceMs.set(id, atMs);
    const sinceMs = this.#unheardSinceMs.get(id) ?? atMs;
    if (atMs - sinceMs > notifiedWithinMs)
      findings.add("muted", where, "not muted", "its alerts fire, and no message was sent");
  }
}
