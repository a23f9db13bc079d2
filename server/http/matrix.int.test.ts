import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { matrixSchema } from "#domain/api/matrix.ts";
import { decodeMatrix, ratioSteps, readDelayCode, readRatioCode } from "#domain/matrix.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";

let story: HourStory;
const types = ["Calm", "Late", "Lossy"];

// It is 13:20. Calm closed hours 9 to 12; Lossy lost 1 % of hour 11 at west and has some skew; west has not closed Late since 10.
const opening = openingOf(
  { now: "2026-11-22T09:05:00Z", activeFrom: "2026-11-22T09:00:00Z", eventTypes: types },
  async (lived) => {
    for (const hour of ["2026-11-22T09", "2026-11-22T10", "2026-11-22T11", "2026-11-22T12"]) {
      await lived.at(`${hour}:59:00Z`);
      for (const eventType of types) {
        for (const dc of ["east", "west"]) {
          const lost = eventType === "Lossy" && hour.endsWith("11") && dc === "west" ? 20 : 0;
          await lived.count({ dc, stage: "produced", hour, events: 1000, eventType });
          await lived.count({ dc, stage: "delivered", hour, events: 1000 - lost, eventType });
        }
      }
    }
    await lived.at("2026-11-22T13:10:00Z");
    for (const eventType of types) {
      await lived.watermark("east", "2026-11-22T13:00:00Z", eventType);
      await lived.watermark("west", `2026-11-22T${eventType === "Late" ? "10" : "13"}:00:00Z`, eventType);
    }
    await lived.at("2026-11-22T13:40:00Z");
  },
);
beforeEach(async () => {
  story = await opening.begin();
});
afterEach(() => story.end());

async function read(query = "?from=2026-11-22T08") {
  const { status, body } = await story.get(`/matrix${query}`);
  expect([status, body.detail]).toEqual([200, undefined]);
  return matrixSchema.parse(body);
}

describe("the matrix", () => {
  it("a letter an hour of every claimed type, by name; before it was active there is no verdict", async () => {
    const json = await read();
    expect(json).toMatchObject({ from: "2026-11-22T08", hours: 6, asOf: "2026-11-22T13:40:00Z" });
    expect(json.types.map(({ eventType }) => eventType)).toEqual(types);
    expect(json.states).toEqual([".cccco", ".cllgo", ".ccico"]);
  });

  it("who is to be laid what", async () => {
    expect((await read()).types.map(({ troubledBy }) => troubledBy)).toEqual([[], ["west"], ["west"]]);
    expect((await read("?from=2026-11-22T12")).types.map(({ troubledBy }) => troubledBy)).toEqual([[], ["west"], []]);
  });

  it("closing delays and losses, of closed hours alone", async () => {
    const matrix = decodeMatrix(await read());
    const delays = [...matrix.delays].map((code) => (readDelayCode(code) ?? -60) / 60);
    expect(delays.slice(0, 6)).toEqual([-1, 192, 128, 64, 10, -1]);
    expect(delays.slice(8, 12)).toEqual([-1, -1, -1, -1]);
    expect(readRatioCode(matrix.lost[2 * 6 + 3] ?? 0, ratioSteps.lost)).toBeCloseTo(0.01, 3);
    expect([...matrix.lost].filter((code) => code > 0)).toHaveLength(1);
  });

  it("what time alone leads to shows before the judges have seen it", async () => {
    story.clock.set("2026-11-22T14:00:01Z");
    expect((await read("?from=2026-11-22T13")).states).toEqual(["g.", "g.", "g."]);
    story.clock.set("2026-11-22T16:30:01Z");
    expect((await read("?from=2026-11-22T13&to=2026-11-22T14")).states).toEqual(["l", "l", "l"]);
  });

  it("the same bytes but for the moment are the same answer: 304", async () => {
    const ask = (headers = {}) => story.api.call("GET", "/api/v1/matrix?from=2026-11-22T08", { headers });
    const etag = (await ask()).headers.get("etag") ?? "";
    story.clock.set("2026-11-22T13:40:20Z");
    expect((await ask({ "if-none-match": etag })).status).toBe(304);
  });

  it.each([
    ["?from=today", "from"],
    ["?to=2026-11-22", "to"],
    ["?from=2026-01-01T00", "from"],
    ["?from=2026-11-23T00", "from"],
  ])("%s is refused with the parameter that is wrong", async (query, parameter) => {
    const { status, body } = await story.get(`/matrix${query}`);
    expect([status, body.errors[0].parameter]).toEqual([400, parameter]);
  });

  it("a discovered type has no row", async () => {
    await story.test.database.sql.query("INSERT INTO event_type (name, discovered_at) VALUES ('Stray', now())");
    expect((await read()).types).toHaveLength(3);
  });
});
