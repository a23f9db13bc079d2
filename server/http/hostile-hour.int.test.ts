import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeMatrix, ratioSteps, readRatioCode } from "#domain/matrix.ts";
import { refreshForecasts } from "#server/forecast/refresh-forecasts.ts";
import { HourStory } from "#test/hour-story.ts";
import { rollUpAll } from "#test/slo.ts";
import { workerContext } from "#test/worker-context.ts";

const most = Number.MAX_SAFE_INTEGER;
const hour = "2026-11-22T10";

/** What one hour's reports say, and the share of produced that it lost and that was delivered twice. */
const hostile: [what: string, produced: number, delivered: number, skewed: number][] = [
  ["one produced and twenty thousand million delivered", 1, 20_000_000_000, 0],
  ["nothing produced and all that can be counted delivered", 0, most, most],
  ["all that can be counted produced and nothing delivered", most, 0, 0],
  ["all that can be counted produced and delivered", most, most, most],
];

const paths = [
  "/board",
  "/board/compact",
  "/matrix",
  "/lateness",
  "/datacenters",
  "/datacenters/east/lanes",
  "/event-types",
  "/event-types/EndSong",
  "/event-types/EndSong/history",
  "/event-types/EndSong/hours?from=2026-11-22T00",
  `/event-types/EndSong/hours/${hour}`,
  `/event-types/EndSong/hours/${hour}?asOf=2026-11-22T13:20:00Z`,
  `/event-types/EndSong/hours/${hour}/revisions`,
  `/event-types/EndSong/hours/${hour}/explanation`,
  `/event-types/EndSong/hours/${hour}/progress`,
  `/event-types/EndSong/hours/${hour}/skew`,
  "/event-types/EndSong/volume",
  "/explanation",
  "/alerts",
  "/incidents",
  "/deployment-effects",
  "/slo/attainment?month=2026-11",
  "/slo/calendar?eventType=EndSong&month=2026-11",
  "/slo/months",
  "/status",
];

async function get(story: HourStory, path: string): Promise<unknown> {
  const { status, body } = await story.get(path);
  return status === 200 ? "answered" : body;
}

describe.each(hostile)("an hour with %s", (_, produced, delivered, skewed) => {
  let story: HourStory;
  beforeAll(async () => {
    story = await HourStory.begin({ now: "2026-11-22T09:30:00Z", activeFrom: "2026-11-20T09:00:00Z" });
    const { sql } = story.test.database;
    await story.at("2026-11-22T11:05:00Z");
    for (const dc of ["east", "west"]) {
      const reports = (events: number, landedHour = hour) => [{ eventType: "EndSong", hour, landedHour, events }];
      for (let reporter = 0; reporter < 3; reporter += 1) {
        const said = (stage: string, rows: object[]) =>
          story.say("tidemark.counters.v1", { dc, stage, reporter: `${dc}-${stage}-${reporter}`, reports: rows });
        await said("produced", reports(produced));
        await said("delivered", reports(delivered));
        if (skewed > 0) await said("delivered", reports(skewed, "2026-11-22T09"));
      }
      await story.watermark(dc, "2026-11-22T11:00:00Z");
    }
    await story.at("2026-11-22T13:20:00Z");
    await sql.query("UPDATE tier SET objective = 0.99, objective_completeness = 0.99, objective_skew = 0.99");
    const ctx = workerContext(story.test.database, story.clock);
    await refreshForecasts({ ctx });
    await rollUpAll(story);
  });
  afterAll(() => story.end());

  it.each(paths)("GET %s is answered", async (path) => {
    expect(await get(story, path)).toBe("answered");
  });

  it("the matrix shows the shares as far as they go", async () => {
    const { body } = await story.get(`/matrix?from=${hour}&to=2026-11-22T11`);
    const matrix = decodeMatrix(body);
    const duplicated = readRatioCode(matrix.duplicated[0] ?? 0, ratioSteps.duplicated);
    expect(duplicated > 1).toBe(delivered > produced);
    expect(readRatioCode(matrix.lost[0] ?? 0, ratioSteps.lost) > 0.9).toBe(produced > delivered);
  });
});
