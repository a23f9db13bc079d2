import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addHours } from "#domain/hour.ts";
import { packHours } from "#server/verdicts/pack-hours.ts";
import { hasCitus, needsCitus } from "#test/citus-installed.ts";
import { HourStory } from "#test/hour-story.ts";
import { workerContext } from "#test/worker-context.ts";
import { distributedTables } from "./placements.ts";

type Route =
  /** All of it on one worker. */
  | "one shard"
  /** The coordinator divides the rows by their shards. */
  | "by row"
  /** Every worker its part. */
  | "all shards";

// By a piece of their text. What is not on one shard is about many types at once: a batch of reports, the hours that a judge took, the
// hours with skew of all types, the whole database once an hour. One statement for each type would be a round trip for each.
const routes: Record<string, Route> = {
  "INSERT INTO report AS old": "by row",
  "INSERT INTO lane_total AS old": "by row",
  "INSERT INTO verdict_revision": "by row",
  "DELETE FROM report_packed p USING key": "by row",
  "DELETE FROM report r USING unnest": "by row",
  "counted AS (\n  SELECT l.event_type_id": "all shards",
  "sum(l.events) AS skewed": "all shards",
  "unpacked AS MATERIALIZED": "all shards",
  "AND known_at <= $3": "one shard",
  "AND revision > $3": "one shard",
  "(l.hour = $2 OR l.landed_hour = $2)": "one shard",
};

const named = new RegExp(`\\b(${distributedTables.join("|")})\\b`);
const client = pg.Client.prototype as { query(...parts: unknown[]): unknown };
const query = client.query;

describe.skipIf(!hasCitus)("statements on distributed tables", needsCitus, () => {
  const asked = new Map<string, readonly unknown[]>();
  let story: HourStory;
  beforeAll(async () => {
    client.query = function (...parts) {
      const { text, values } = parts[0] as pg.QueryConfig;
      if (text && named.test(text) && !/^(CREATE|ALTER) /.test(text)) asked.set(text, values ?? []);
      return query.apply(this, parts);
    };
    const eventTypes = ["EndSong", "AdClick", "PlayAd"];
    story = await HourStory.begin({ now: "2026-11-22T13:20:00Z", activeFrom: "2026-11-20T12:00:00Z", eventTypes });
  });
  afterAll(async () => {
    client.query = query;
    await story.end();
  });

  test("go to one shard where they are about one type", async () => {
    await live(story);
    const found: Record<string, Route> = {};
    for (const [text, values] of [...asked]) {
      const name = Object.keys(routes).find((piece) => text.includes(piece)) ?? text;
      found[name] = await explain(text, values);
    }
    expect(found).toEqual(routes);
  });

  async function explain(text: string, values: readonly unknown[]): Promise<Route> {
    const { rows } = await story.test.database.sql.query<{ "QUERY PLAN": string }>(
      `EXPLAIN (COSTS off) ${withLiterals(text, values)}`,
    );
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    if (plan.includes("Citus INSERT ... SELECT")) return "by row";
    const tasks = [...plan.matchAll(/Task Count: (\d+)/g)].map(([, count]) => Number(count));
    return Math.max(...tasks) === 1 ? "one shard" : "all shards";
  }
});

/** Reports, late ones and those of a packed hour among them, judged and read in every way that names an hour. */
async function live(story: HourStory): Promise<void> {
  const hour = "2026-11-20T12";
  const late = { dc: "east", stage: "delivered", hour, landedHour: "2026-11-20T14" } as const;
  await story.settle(hour, { lost: 5 });
  await story.settle(hour, { eventType: "AdClick" });
  await story.count({ ...late, events: 2 });
  await story.judge();
  const ctx = workerContext(story.test.database, story.clock);
  const day = { from: new Date("2026-11-20T00:00:00Z"), to: new Date("2026-11-21T00:00:00Z") };
  expect(await packHours({ ctx, input: { ...day, settledBefore: addHours(story.clock.now(), 1) } })).toBe(1);
  await story.count({ ...late, events: 3 });
  await story.judge();
  for (const path of ["?asOf=2026-11-22T13:20:00Z", "/revisions", "/skew"]) {
    expect((await story.get(`/event-types/EndSong/hours/${hour}${path}`)).status).toBe(200);
  }
}

/** Citus plans an EXPLAIN without the statement's parameters. */
function withLiterals(text: string, values: readonly unknown[]): string {
  return text.replace(/\$(\d+)/g, (_, number) => {
    const value = literalOf(values[Number(number) - 1]);
    return value === null ? "NULL" : pg.escapeLiteral(value);
  });
}

function literalOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.map((each) => JSON.stringify(literalOf(each))).join(",")}}`;
  return String(value);
}
