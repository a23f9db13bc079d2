import { afterEach, beforeEach, expect, test } from "vitest";
import { parseSource } from "#domain/source.ts";
import {
  type MonitoringEmulator,
  startMonitoringEmulator,
} from "#server/adapters/monitoring-emulator/start-monitoring-emulator.ts";
import { BatchWriter } from "#server/facts/index.ts";
import { loadKnownReadings, takeCollection } from "#server/sources/index.ts";
import { HourStory } from "#test/hour-story.ts";
import { tickAlerts } from "#test/judge-and-alert.ts";
import { workerContext } from "#test/worker-context.ts";
import { cloudMonitoringCollector } from "./cloud-monitoring-collector.ts";
import type { Collector } from "./collector.ts";

// A consumer in east rejects what a release of 13:30 sends: what Google counts of it pages, and explains the hour's losses.
const project = "music";
const spec = {
  cloudMonitoring: {
    project,
    subscriptions: [{ match: "(?<type>\\w+)-(?<dc>east|west)", eventType: "$type", datacenter: "$dc" }],
  },
};
let story: HourStory;
let google: MonitoringEmulator;
let collector: Collector;

beforeEach(async () => {
  story = await HourStory.begin({ now: "2026-11-22T12:00:00Z", activeFrom: "2026-11-22T12:00:00Z" });
  google = await startMonitoringEmulator({ now: () => story.clock.now().getTime() });
  const parsed = parseSource(spec);
  if (!parsed.ok) throw new Error("invalid");
  collector = await cloudMonitoringCollector(google.host).open(parsed.spec);
  await story.test.database.sql.query(
    "INSERT INTO source (name, spec, updated_at, updated_by) VALUES ('google', $1, now(), 'test')",
    [JSON.stringify(spec)],
  );
});
afterEach(async () => {
  await collector.close();
  google.stop();
  await story.end();
});

const type = "pubsub.googleapis.com/subscription/dead_letter_message_count";
function count(endTime: string, messages: number): void {
  google.put({
    metric: { type, labels: {} },
    resource: { type: "pubsub_subscription", labels: { project_id: project, subscription_id: "EndSong-east" } },
    points: [{ interval: { endTime: `2026-11-22T${endTime}Z` }, value: { int64Value: String(messages) } }],
  });
}

async function look(at: string): Promise<void> {
  story.clock.set(`2026-11-22T${at}Z`);
  const { database } = story.test;
  const ctx = workerContext(database, story.clock);
  const parsed = parseSource(spec);
  if (!parsed.ok) throw new Error("invalid");
  const startedAt = story.clock.now();
  const known = await loadKnownReadings(database.sql, "google");
  const signal = AbortSignal.timeout(60_000);
  const collection = await collector.collect({ name: "google", spec: parsed.spec, known, now: startedAt, signal });
  const writer = new BatchWriter({ database, clock: story.clock, instance: "test" });
  await takeCollection({ ctx, input: { source: "google", collection, startedAt }, writer });
  await tickAlerts({ ctx });
}
const firing = async (rule: string) =>
  (await story.get("/alerts?limit=100")).body.items.filter(
    (alert: { rule: string; state: string }) => alert.rule === rule && alert.state === "firing",
  );

/** Three until 13:31, 120 until 13:40. */
async function countDeadLetters(): Promise<void> {
  count("13:31:00", 3);
  await look("13:36:00");
  count("13:40:00", 117);
  await look("13:45:00");
}

test("dead letters that Google counts open a ticket, and page once they are many", async () => {
  count("13:31:00", 3);
  await look("13:36:00");
  expect(await firing("dead-letters")).toMatchObject([{ eventType: "EndSong", datacenter: "east", value: 3 }]);
  expect(await firing("dead-letters-high")).toEqual([]);
  count("13:40:00", 117);
  await look("13:45:00");
  expect(await firing("dead-letters-high")).toMatchObject([
    {
      value: 120,
      summary:
        "EndSong: 120 messages went to the dead-letter topic at east since 13:00 UTC (subscription EndSong-east). They are not delivered unless they are sent again.",
    },
  ]);
});

test("they explain the losses of the hour, as evidence of the hour and in its incident", async () => {
  await countDeadLetters();
  await story.at("2026-11-22T14:05:00Z");
  await story.settle("2026-11-22T13", { lost: 120 });
  await story.at("2026-11-22T14:21:00Z");
  const { body } = await story.get("/event-types/EndSong/hours/2026-11-22T13/explanation");
  expect(body.causes[0]).toMatchObject({ code: "stage_loss", datacenter: "east" });
  expect(body.causes[0].sentence).toContain("120 messages went to the dead-letter topic (subscription EndSong-east)");
  await look("14:21:00");
  const { body: incidents } = await story.get("/incidents");
  const lossy = incidents.items.filter(({ causeKey }: { causeKey: string }) => causeKey === "datacenter/east/lost");
  expect(lossy).toHaveLength(1);
  expect(lossy[0].situation.cause.sentence).toContain("120 messages went to the dead-letter topic");
  expect(lossy[0].situation.cause.evidence).toContainEqual(
    expect.objectContaining({ code: "counted_by_source", figure: 120, unit: "messages" }),
  );
});

test("a rule about them is normal after its window, is backtested over the hours that were counted, and says what it evaluates", async () => {
  await countDeadLetters();
  expect(await firing("dead-letters-high")).toHaveLength(1);
  await story.at("2026-11-22T14:05:00Z");
  await story.settle("2026-11-22T13", { lost: 120 });
  await look("15:01:00");
  expect(await firing("dead-letters-high")).toEqual([]);
  const answer = await story.api.call(
    "POST",
    "/api/v1/rules/dead-letters-high/backtest?from=2026-11-22T12&to=2026-11-22T15",
  );
  const body = await answer.json();
  expect(body).toMatchObject({ notReplayable: null, alerts: 1, breaches: null });
  expect((await story.get("/rules/dead-letters-high/standing")).body.notEvaluated).toEqual([
    expect.objectContaining({ code: "no_source", count: 1 }),
  ]);
});
