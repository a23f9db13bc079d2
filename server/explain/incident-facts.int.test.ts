import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hourOf } from "#domain/hour.ts";
import { type DiagnosedBefore, diagnose } from "#domain/situation/diagnose.ts";
import type { IncidentFacts } from "#domain/situation/facts.ts";
import type { Diagnosis } from "#domain/situation/situation.ts";
import { applyCatalogue } from "#server/catalogue/apply-catalogue.ts";
import { catalogueYaml } from "#simulator/catalogue.ts";
import { liveThrough } from "#simulator/drill/live-through.ts";
import { makeWorld, singleKinds, type World, worldKinds } from "#simulator/drill/world.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { judgeAll } from "#test/judge-and-alert.ts";
import { reportOn } from "#test/live-on.ts";
import { ManualClock, workerContext } from "#test/worker-context.ts";
import { loadIncidentFacts } from "./load-incident-facts.ts";
import { recordSamples } from "./record-samples.ts";

const minuteMs = 60_000;
/** Minutes after the page at which both are asked. */
const asked = [0, 30];

interface Pure {
  facts: IncidentFacts;
  before: DiagnosedBefore | null;
  diagnosis: Diagnosis | null;
}

/** What the pure drill says at those minutes, of the first incident that pages. */
function livePurely(world: World): Pure[] {
  const said: Pure[] = [];
  let openedMs: number | null = null;
  liveThrough(world, (facts, before, diagnosis) => {
    openedMs ??= facts.openedAt.getTime();
    const minute = (facts.now.getTime() - openedMs) / minuteMs;
    if (facts.openedAt.getTime() === openedMs && asked.includes(minute))
      said.push({ facts: { ...facts }, before, diagnosis });
  });
  return said;
}

describe.each(singleKinds)("%s, sent through the product", (kind) => {
  // The first of its kind that pages, beyond the seeds that the rules were written with.
  const seeds = Array.from(
    { length: 12 },
    (_, index) => 700_000 * 12 + index * worldKinds.length + worldKinds.indexOf(kind),
  );
  const found = seeds.map((seed) => ({ world: makeWorld(seed), said: [] as Pure[] }));
  const chosen = found.find((each) => {
    each.said = livePurely(each.world);
    return each.said.length === asked.length;
  })!;
  let scratch: TestDatabase;

  beforeAll(async () => {
    scratch = await createTestDatabase();
  });
  afterAll(() => scratch.drop());

  test("has the same cause, onset and recovery as in the pure drill", async () => {
    const { world, said } = chosen;
    const dc = said[0]!.facts.places[0]!.datacenter;
    const clock = new ManualClock(world.simulation.startAt.toISOString());
    const ctx = workerContext(scratch.database, clock);
    await applyCatalogue({
      ctx,
      input: { text: catalogueYaml(world.simulation), dryRun: false },
    });
    // The incident's datacenter and one that is well.
    const lanes = [...world.simulation.lanes].filter(
      ([name]) => name === dc || name === (dc === "sto" ? "lon" : "sto"),
    );
    const fleet = { simulation: { ...world.simulation, lanes: new Map(lanes) }, test: scratch, clock };
    await reportOn(fleet, world.simulation.startAt, new Date(world.fromMs));
    await deploy(scratch, world);
    const openedAt = said[0]!.facts.openedAt;
    const id = await openIncident(scratch, `datacenter/${dc}/${said[0]!.facts.trouble}`, openedAt);
    let before: DiagnosedBefore | null = null;
    for (let atMs = world.fromMs + minuteMs; atMs <= said.at(-1)!.facts.now.getTime(); atMs += minuteMs) {
      const now = new Date(atMs);
      await reportOn(fleet, new Date(atMs - minuteMs), now);
      await recordSamples(scratch.database.sql, now);
      const pure = said.find(({ facts }) => facts.now.getTime() === atMs);
      if (!pure) continue;
      await judgeAll(ctx);
      await nameHours(scratch, id, pure.facts);
      const facts = await loadIncidentFacts(
        scratch.database.sql,
        { id, causeKey: `datacenter/${dc}/${pure.facts.trouble}`, openedAt },
        { onsetAt: before?.onset.at ?? null, now },
      );
      // Whether it was catching up a minute ago, which is not asked here, decides whether it has caught up.
      const minuteAgo = before && pure.before ? { ...before, recovery: pure.before.recovery } : before;
      const diagnosis: Diagnosis = diagnose(facts, minuteAgo)!;
      expect(brief(diagnosis)).toEqual(brief(pure.diagnosis!));
      // Both sample minutes, though not of the same second.
      expect(Math.abs(diagnosis.onset.at.getTime() - pure.diagnosis!.onset.at.getTime())).toBeLessThanOrEqual(
        5 * minuteMs,
      );
      expect(Math.abs(recoversAt(diagnosis, atMs) - recoversAt(pure.diagnosis!, atMs))).toBeLessThanOrEqual(
        10 * minuteMs,
      );
      before = diagnosis;
    }
    expect(before).not.toBeNull();
  });
});

test("how often something is deployed is learned from a week, or from the first deployment on", async () => {
  const scratch = await createTestDatabase();
  try {
    const { sql } = scratch.database;
    const openedAt = new Date("2026-11-22T13:30:00Z");
    const id = await openIncident(scratch, "datacenter/lon/late", openedAt);
    const from = async () => {
      const incident = { id, causeKey: "datacenter/lon/late", openedAt };
      return (await loadIncidentFacts(sql, incident, { onsetAt: null, now: openedAt })).deploymentsFrom.toISOString();
    };
    const deployed = (at: string) =>
      sql.query(
        "INSERT INTO deployment (source, event_id, component, version, deployed_at) VALUES ('/drill', $1, 'exporter', '1', $2)",
        [at, at],
      );
    expect(await from()).toBe("2026-11-15T13:30:00.000Z");
    await deployed("2026-11-21T09:00:00Z");
    expect(await from()).toBe("2026-11-21T09:00:00.000Z");
    await deployed("2026-11-02T09:00:00Z");
    expect(await from()).toBe("2026-11-15T13:30:00.000Z");
  } finally {
    await scratch.drop();
  }
});

function brief({ cause, onset, recovery }: Diagnosis) {
  const { code, datacenter, stage, component, version } = cause;
  return {
    code,
    datacenter,
    stage,
    component: component && code === "deployment" ? component : null,
    version,
    source: onset.source,
    recovers: recovery !== null,
  };
}

function recoversAt({ recovery }: Diagnosis, nowMs: number): number {
  return recovery ? recovery.p50At.getTime() : nowMs;
}

/** The world's deployments, bait included: the simulator's own fleet only has its weekly ones. */
async function deploy({ database }: TestDatabase, { deployments }: World): Promise<void> {
  await database.sql.query("DELETE FROM deployment");
  for (const { id, datacenter, component, version, deployedAt } of deployments) {
    await database.sql.query(
      `INSERT INTO deployment (source, event_id, datacenter_id, component, version, deployed_at)
       SELECT '/drill', $1, id, $3, $4, $5 FROM datacenter WHERE name = $2`,
      [id, datacenter, component, version, deployedAt],
    );
  }
}

async function openIncident({ database }: TestDatabase, causeKey: string, at: Date): Promise<bigint> {
  const { rows } = await database.sql.query<{ id: bigint }>(
    `INSERT INTO incident (cause_key, cause, title, severity, state, since, opened_at, changed_at)
     VALUES ($1, '{}', '', 'page', 'open', $2, $2, $2) RETURNING id`,
    [causeKey, at],
  );
  return rows[0]!.id;
}

/** The affected hours, as its alerts would have named them. */
async function nameHours({ database }: TestDatabase, id: bigint, { places }: IncidentFacts): Promise<void> {
  for (const { eventType, hour } of places.flatMap(({ hours }) => hours)) {
    await database.sql.query(
      `INSERT INTO incident_hour (incident_id, event_type_id, hour, added_at)
       SELECT $1, id, $3, $3 FROM event_type WHERE name = $2 ON CONFLICT DO NOTHING`,
      [id, eventType, hourOf(hour)],
    );
  }
}
