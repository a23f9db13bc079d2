import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cause } from "#domain/explain.ts";
import { addHours, hourEnd, parseHour } from "#domain/hour.ts";
import { applyCatalogue } from "#server/catalogue/apply-catalogue.ts";
import { catalogueYaml } from "#simulator/catalogue.ts";
import { demoIncidents } from "#simulator/demo-script.ts";
import { isTrue } from "#simulator/drill/truth.ts";
import { groundTruth, type IncidentTruth } from "#simulator/ground-truth.ts";
import { caughtUpAt, type Incident, isThrottle } from "#simulator/incidents.ts";
import { makeSimulation, type Simulation } from "#simulator/simulation.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { liveOn } from "#test/live-on.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { type ExplainedHour, explainHours } from "./explain-hours.ts";

const seeds = [1, 2, 3];
const types = 10;
const startAt = parseHour("2026-11-06T13")!;
// Two weeks of script before it, and the incidents of the first day after it.
const liveAt = new Date("2026-11-20T13:42:00Z");
const drilledUntil = addHours(liveAt, 30);
const stepMs = 20 * 60_000;
const minuteMs = 60_000;

/** The drill of one seed: its fleet replayed step by step, through ingest and judge, as a product that runs would have lived it. */
class Drill {
  readonly simulation: Simulation;
  readonly test: TestDatabase;
  readonly clock = new ManualClock(startAt.toISOString());
  #toldUntil = startAt;

  private constructor(test: TestDatabase, seed: number) {
    this.test = test;
    this.simulation = makeSimulation({ seed, types, startAt, liveAt, incidents: demoIncidents });
  }

  static async begin(seed: number): Promise<Drill> {
    const drill = new Drill(await createTestDatabase(), seed);
    const ctx = workerContext(drill.test.database, drill.clock);
    await applyCatalogue({
      ctx,
      input: { text: catalogueYaml(drill.simulation), dryRun: false },
    });
    return drill;
  }

  /** In one go up to shortly before the incident, then at the pace at which people look. */
  async liveThrough({ fromAt }: Incident, until: Date): Promise<void> {
    await this.#advance(new Date(fromAt.getTime() - 2 * stepMs));
    for (let ms = fromAt.getTime() - stepMs; ms < until.getTime(); ms += stepMs) await this.#advance(new Date(ms));
    await this.#advance(until);
  }

  async explain(hours: readonly { eventType: string; hour: string }[]): Promise<ExplainedHour[]> {
    const { rows } = await this.test.database.sql.query<{ id: number; name: string }>(
      "SELECT id, name FROM event_type",
    );
    const ids = new Map(rows.map(({ id, name }) => [name, id]));
    const keys = hours.map(({ eventType, hour }) => ({ eventTypeId: ids.get(eventType)!, hour: parseHour(hour)! }));
    const explained = await explainHours(this.test.database.sql, keys, this.clock.now());
    // What closed within its deadline with all its events is not asked about.
    const { rows: fine } = await this.test.database.sql.query<{ key: string }>(
      `SELECT t.name || ' ' || (extract(epoch FROM v.hour) * 1000)::bigint AS key
         FROM verdict v JOIN event_type t ON t.id = v.event_type_id
        WHERE v.state = 'complete' AND v.closed_at <= v.deadline_at AND v.skewed <= v.delivered * 0.001`,
    );
    const unasked = new Set(fine.map(({ key }) => key));
    return explained.filter(({ eventType, hour }) => !unasked.has(`${eventType} ${hour.getTime()}`));
  }

  async #advance(to: Date): Promise<void> {
    if (to <= this.#toldUntil) return;
    await liveOn(this, this.#toldUntil, to);
    this.#toldUntil = to;
  }
}

interface Scored {
  seed: number;
  incident: string;
  kind: Incident["kind"];
  hour: string;
  first: Cause | undefined;
  right: boolean;
  rightPlace: boolean;
}

const during: Scored[] = [];
const afterwards: Scored[] = [];

function score(seed: number, truth: IncidentTruth, explained: readonly ExplainedHour[]): Scored[] {
  return explained.map(({ eventType, hour, causes }) => ({
    seed,
    incident: truth.id,
    kind: truth.kind,
    hour: `${eventType} ${hour.toISOString().slice(0, 13)}`,
    first: causes[0],
    right: causes[0] !== undefined && isTrue(causes[0], truth),
    rightPlace: causes[0]?.datacenter === truth.cause.dc,
  }));
}

/** Hours that people ask about at the instant: late for some minutes already, or wrong beyond what is usual. */
function askedAbout(simulation: Simulation, incident: Incident, truth: IncidentTruth, at: Date) {
  return truth.hours.filter(({ eventType, hour, delaySeconds, lost, duplicated, skewed }) => {
    const lane = simulation.lanes.get(incident.dc)?.find(({ type }) => type.name === eventType);
    const overdue = at.getTime() - hourEnd(parseHour(hour)!).getTime();
    if (isThrottle(incident)) return delaySeconds > 1200 && overdue > 40 * minuteMs;
    return (
      lane &&
      Math.max(lost, duplicated, skewed) > 30 &&
      Math.max(lost, duplicated, skewed) > 0.002 * lane.type.eventsPerHour * lane.share
    );
  });
}

const drills: Drill[] = [];

beforeAll(async () => {
  for (const seed of seeds) {
    const drill = await Drill.begin(seed);
    drills.push(drill);
    const truths = new Map(groundTruth(drill.simulation).map((truth) => [truth.id, truth]));
    for (const incident of drill.simulation.incidents) {
      if (incident.toAt > drilledUntil) continue;
      const truth = truths.get(incident.id)!;
      const at = isThrottle(incident) ? new Date(incident.toAt.getTime() - 5 * minuteMs) : addHours(incident.toAt, 3);
      await drill.liveThrough(incident, at);
      during.push(...score(seed, truth, await drill.explain(askedAbout(drill.simulation, incident, truth, at))));
      if (!isThrottle(incident)) continue;
      const over = addHours(caughtUpAt(incident), 1);
      await drill.liveThrough(incident, over);
      const missed = truth.hours.filter(({ delaySeconds }) => delaySeconds > 3600);
      afterwards.push(...score(seed, truth, await drill.explain(missed)));
    }
  }
}, 900_000);

afterAll(async () => {
  for (const drill of drills) await drill.test.drop();
});

function shareOf(scored: readonly Scored[], of: (each: Scored) => boolean): number {
  return scored.filter(of).length / scored.length;
}

function table(title: string, scored: readonly Scored[]): string {
  const lines = [...Map.groupBy(scored, ({ kind }) => kind)].map(([kind, each]) => {
    const wrong = each
      .filter(({ right }) => !right)
      .map(
        ({ first }) =>
          `${first?.code ?? "nothing"}${first?.component ? ` of ${first.component}` : ""} ${first?.datacenter}/${first?.stage}`,
      );
    const instead = [...Map.groupBy(wrong, (name) => name)].map(([name, all]) => `${all.length} ${name}`).join(", ");
    const hits = each.filter(({ right }) => right).length;
    return `  ${kind.padEnd(15)} ${hits} of ${each.length}${instead ? ` (instead: ${instead})` : ""}`;
  });
  return `${title}: ${scored.filter(({ right }) => right).length} of ${scored.length} hours, the datacenter in ${scored.filter(({ rightPlace }) => rightPlace).length}\n${lines.join("\n")}\n`;
}

describe("the scripted incidents, three seeds", () => {
  test("while they last, the true cause stands first in at least nine of ten hours, and of every kind in most", () => {
    process.stderr.write(table("True cause first", during));
    expect(during.length).toBeGreaterThan(200);
    expect(shareOf(during, ({ right }) => right)).toBeGreaterThanOrEqual(0.9);
    for (const [kind, each] of Map.groupBy(during, (scored) => scored.kind)) {
      expect(
        shareOf(each, ({ right }) => right),
        kind,
      ).toBeGreaterThan(0.5);
    }
  });

  test("of incidents, by what most of their hours name first, at least nine of ten are named", () => {
    const incidents = [...Map.groupBy(during, ({ seed, incident }) => `${seed} ${incident}`).values()];
    const named = incidents.filter((each) => shareOf(each, ({ right }) => right) > 0.5);
    process.stderr.write(`Incidents named: ${named.length} of ${incidents.length}\n`);
    expect(incidents.length).toBeGreaterThanOrEqual(10 * seeds.length);
    expect(named.length / incidents.length).toBeGreaterThanOrEqual(0.9);
  });

  test("when they are over, the datacenter stands first in at least nine of ten hours that closed late", () => {
    process.stderr.write(table("Afterwards", afterwards));
    expect(afterwards.length).toBeGreaterThan(50);
    expect(shareOf(afterwards, ({ rightPlace }) => rightPlace)).toBeGreaterThanOrEqual(0.9);
  });
});
