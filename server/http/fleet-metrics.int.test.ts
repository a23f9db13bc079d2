import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findProgram } from "#test/find-program.ts";
import { HourStory } from "#test/hour-story.ts";
import { workerContext } from "#test/worker-context.ts";
import type { ApiDeps } from "./api-deps.ts";
import { createMetrics } from "./metrics.ts";
import { answerMetrics } from "./probes.ts";

const promtool = findProgram("promtool", "install Debian's prometheus (npm test fetches it on Debian).");
const metrics = createMetrics();
let story: HourStory;

beforeAll(async () => {
  story = await HourStory.begin({
    now: "2026-11-22T13:20:00Z",
    activeFrom: "2026-11-22T11:00:00Z",
    eventTypes: ["EndSong", 'odd"name\\'],
  });
  await story.settle("2026-11-22T11", { lost: 250 });
  await story.at("2026-11-22T13:50:00Z");
  await story.say("tidemark.backlog.v1", {
    dc: "east",
    eventType: "EndSong",
    stage: "published",
    oldestAgeSeconds: 90,
    messages: 7,
  });
});
afterAll(() => story.end());

async function scrape(metricsEventTypes: number | null): Promise<string> {
  const ctx = workerContext(story.test.database, story.clock);
  const log = { error: (fields: unknown) => expect(fields).toBeUndefined(), warn: () => undefined };
  const settings = { version: "0.0.0-test", drill: false, pubsub: false, metricsEventTypes };
  const deps = { ...ctx, log, verdicts: { watches: 0 }, ...settings } as unknown as ApiDeps;
  return (await answerMetrics(ctx, deps, metrics)).text();
}

describe("figures of the fleet", () => {
  test("are absent until the setting asks for them", async () => {
    const text = await scrape(null);
    expect(text).not.toMatch(/^tidemark_(event_type|lane|datacenter)/m);
  });

  test("show the newest hours, lag and backlog of each type and lane", async () => {
    const text = await scrape(2);
    expect(text).toMatch(/^tidemark_event_type_closing_delay_seconds\{event_type="EndSong"\} 4800$/m);
    expect(text).toMatch(/^tidemark_event_type_completeness_ratio\{event_type="EndSong"\} 0\.875$/m);
    expect(text).toMatch(/^tidemark_lane_completeness_ratio\{event_type="EndSong",datacenter="east"\} 0\.75$/m);
    expect(text).toMatch(/^tidemark_lane_completeness_ratio\{event_type="EndSong",datacenter="west"\} 1$/m);
    expect(text).toMatch(/^tidemark_lane_closing_delay_seconds\{event_type="EndSong",datacenter="west"\} 4800$/m);
    expect(text).toMatch(/^tidemark_lane_lag_seconds\{event_type="EndSong",datacenter="east"\} 6600$/m);
    expect(text).toMatch(
      /^tidemark_lane_backlog_age_seconds\{event_type="EndSong",datacenter="east",stage="published"\} 90$/m,
    );
    expect(text).toMatch(
      /^tidemark_lane_backlog_messages\{event_type="EndSong",datacenter="east",stage="published"\} 7$/m,
    );
    expect(text).toMatch(/^tidemark_event_type_unclosed_verdicts\{event_type="EndSong"\} 1$/m);
    expect(text).toMatch(/^tidemark_event_type_open_delay_seconds\{event_type="EndSong"\} 3000$/m);
    expect(text).toMatch(/^tidemark_datacenter_backlog_age_seconds\{datacenter="east"\} 90$/m);
    expect(text).toMatch(/^tidemark_metrics_left_out\{what="event_types"\} 0$/m);
  });

  test("what is unknown has no series: a type without a watermark lags by no number of seconds", async () => {
    const text = await scrape(2);
    expect(text).not.toMatch(/^tidemark_event_type_(lag|closing_delay)_seconds\{event_type="odd/m);
    expect(text).not.toMatch(/^tidemark_(lane|event_type)_completeness_ratio\{event_type="odd/m);
    expect(text).not.toMatch(/ (null|undefined)$/m);
  });

  test("only as many types as allowed are shown, those at greatest risk, and it says how many are not", async () => {
    const text = await scrape(1);
    const [first] = (await story.get("/board")).body.items;
    const shown = [...text.matchAll(/^tidemark_event_type_unclosed_verdicts\{event_type="(.*)"\}/gm)].map(
      ([, name]) => name,
    );
    expect(shown).toEqual([first.eventType.replaceAll("\\", "\\\\").replaceAll('"', '\\"')]);
    expect(text).toMatch(/^tidemark_metrics_left_out\{what="event_types"\} 1$/m);
    const none = await scrape(0);
    expect(none).not.toMatch(/^tidemark_(event_type|lane)_/m);
    expect(none).toMatch(/^tidemark_datacenter_lag_seconds\{datacenter="east"\}/m);
    expect(none).toMatch(/^tidemark_metrics_left_out\{what="event_types"\} 2$/m);
  });

  test("scrapes at once each see whole figures", async () => {
    const texts = await Promise.all([scrape(2), scrape(null), scrape(2), scrape(null)]);
    expect(texts.map((text) => /^tidemark_event_type_unclosed_verdicts/m.test(text))).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

test("a source is up, down, or has no series before it was asked; its name is no other metric's", async () => {
  const { sql } = story.test.database;
  const spec = { owner: "test", cloudMonitoring: { project: "p", subscriptions: [] } };
  for (const [name, failing] of [
    ["google", null],
    ['kafka "eu"', "2026-11-22T13:30:00Z"],
    ["new", undefined],
  ] as const) {
    await sql.query("INSERT INTO source (name, spec, updated_at, updated_by) VALUES ($1, $2, now(), 'test')", [
      name,
      spec,
    ]);
    if (failing === undefined) continue;
    await sql.query(
      `INSERT INTO source_run (source, started_at, ended_at, succeeded_at, failing_since, not_mapped)
       VALUES ($1, $2, $2, $2, $3, 4)`,
      [name, "2026-11-22T13:40:00Z", failing],
    );
  }
  const text = await scrape(null);
  const shown = [...text.matchAll(/^tidemark_source_up.*$/gm)].map(([line]) => line);
  expect(shown).toEqual([
    'tidemark_source_up{source="google",kind="cloudMonitoring"} 1',
    String.raw`tidemark_source_up{source="kafka \"eu\"",kind="cloudMonitoring"} 0`,
  ]);
  expect(text).toContain('tidemark_source_age_seconds{source="google",kind="cloudMonitoring"} 600');
  expect(text).toContain('tidemark_source_unmapped_resources{source="google",kind="cloudMonitoring"} 4');
});

describe.skipIf(!promtool)("promtool", { meta: { needs: "promtool" } }, () => {
  const check = (input: string) => {
    const { status, stdout, stderr } = spawnSync(promtool ?? "", ["check", "metrics"], { input, encoding: "utf8" });
    return [status, stdout + stderr];
  };

  test("finds nothing wrong with the metrics' names, types and text", async () => {
    expect(check(await scrape(2))).toEqual([0, ""]);
  });

  test("would find a gauge that is named as a counter", () => {
    const [status, said] = check("# HELP wrong_total A gauge.\n# TYPE wrong_total gauge\nwrong_total 1\n");
    expect(status).not.toBe(0);
    expect(said).toContain("wrong_total");
  });
});
