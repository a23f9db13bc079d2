import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { queueDeliveries } from "#server/outbox/index.ts";
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

test("the work of all processes: what waits by channel, the judge's backlog, loops, leases and duties, to the figure", async () => {
  const { sql } = story.test.database;
  const spec = { name: "pd", type: "pagerduty", routingKey: { env: "TIDEMARK_SECRET_PD" } };
  await sql.query("INSERT INTO channel (name, spec, updated_at, updated_by) VALUES ('quiet', $1, now(), 'test')", [
    spec,
  ]);
  const at = (seconds: number) => new Date(story.clock.now().getTime() - seconds * 1000);
  const message = (producer: "channel" | "subscription", receiver: string, dedupKey: string, seconds: number) => ({
    producer,
    receiver,
    threadKey: dedupKey,
    kind: "notify" as const,
    body: {},
    dedupKey,
    at: at(seconds),
  });
  await queueDeliveries(sql, [
    message("channel", "pd", "a", 400),
    message("channel", "pd", "b", 100),
    message("subscription", "one", "c", 50),
    message("subscription", "two", "d", 70),
  ]);
  await sql.query("DELETE FROM dirty_hour");
  await sql.query(
    `INSERT INTO dirty_hour (event_type_id, hour, marked_at)
     SELECT id, '2026-11-22T12:00Z', clock_timestamp() - interval '5 minutes' FROM event_type LIMIT 1`,
  );
  await sql.query("DELETE FROM worker_turn");
  await sql.query(
    `INSERT INTO worker_turn (turn, instance, since, completed_at, reported_at, allowed_age_seconds, clock_ahead_ms)
     SELECT 'judge', instance, now() - interval '1 hour', clock_timestamp() - make_interval(secs => age), now(), 61, 0
       FROM (VALUES ('a', 40), ('b', 900)) given (instance, age)`,
  );
  await sql.query("DELETE FROM lease");
  await sql.query(
    `INSERT INTO lease (name, holder, expires_at) VALUES ('maintain', 'a', now() + interval '1 hour'), ('collect', 'a', now() - interval '1 hour')`,
  );
  await sql.query(
    `INSERT INTO duty_hour (hour, duty, minutes, minutes_behind, last_minute)
     VALUES (date_trunc('hour', now()), 'judging', 40, 10, now()), (date_trunc('hour', now()) - interval '31 days', 'judging', 60, 60, now())`,
  );
  const text = await scrape(null);
  for (const line of [
    'tidemark_outbox_messages{producer="channel",channel="pd"} 2',
    'tidemark_outbox_messages{producer="channel",channel="quiet"} 0',
    'tidemark_outbox_messages{producer="subscription",channel=""} 2',
    'tidemark_outbox_oldest_age_seconds{producer="channel",channel="pd"} 400',
    'tidemark_outbox_oldest_age_seconds{producer="channel",channel="quiet"} 0',
    'tidemark_outbox_oldest_age_seconds{producer="subscription",channel=""} 70',
    'tidemark_turn_limit_seconds{turn="judge"} 61',
    'tidemark_lease_held{lease="maintain"} 1',
    'tidemark_lease_held{lease="collect"} 0',
    'tidemark_duty_within_limit_ratio{duty="judging"} 0.75',
    'tidemark_duty_observed_seconds{duty="judging"} 2400',
  ]) {
    expect(text.split("\n")).toContain(line);
  }
  const figure = (name: string) => Number(new RegExp(`^${name} (.+)$`, "m").exec(text)?.[1]);
  // The database's own clock goes on between writing and reading.
  expect(Math.floor(figure("tidemark_judge_backlog_age_seconds") / 10)).toBe(30);
  expect(Math.floor(figure('tidemark_turn_age_seconds{turn="judge"}') / 10)).toBe(4);
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
