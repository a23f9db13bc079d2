import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BoardRowJson, boardSchema, compactBoardSchema } from "#domain/api/board.ts";
import { decodeStrip } from "#domain/strip.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";

let story: HourStory;
const types = ["Calm", "Late", "Lossy", "Open", "Quiet"];

// It is 13:20. Hour 12 is closed for Calm, Quiet and Lossy (which lost events in hour 11); Open waits for hour 12 alone, Late
// for 10 and later since west's watermark stands at 9:30. Quiet's datacenters close hours by markers and send no watermark.
const opening = openingOf(
  { now: "2026-11-22T09:05:00Z", activeFrom: "2026-11-22T09:00:00Z", eventTypes: types },
  async (lived) => {
    const through = { Calm: "13:00", Lossy: "13:00", Open: "12:00", Late: "13:00" };
    for (const hour of ["2026-11-22T09", "2026-11-22T10", "2026-11-22T11", "2026-11-22T12"]) {
      await lived.at(`${hour}:59:00Z`);
      for (const eventType of types) {
        for (const dc of ["east", "west"]) {
          await lived.count({ dc, stage: "produced", hour, events: 1000, eventType });
          const lost = eventType === "Lossy" && hour.endsWith("11") ? 100 : 0;
          await lived.count({ dc, stage: "delivered", hour, events: 1000 - lost, eventType });
        }
      }
    }
    await lived.at("2026-11-22T13:05:00Z");
    for (const [eventType, time] of Object.entries(through)) {
      await lived.watermark("east", `2026-11-22T${time}:00Z`, eventType);
      await lived.watermark("west", `2026-11-22T${eventType === "Late" ? "10:30" : time}:00Z`, eventType);
    }
    for (const dc of ["east", "west"]) {
      for (const hour of ["09", "10", "11", "12"]) await lived.closeHour(dc, `2026-11-22T${hour}`, "Quiet");
    }
    await lived.at("2026-11-22T13:20:30Z");
  },
);
const begin = async () => {
  story = await opening.begin();
};
const end = () => story.end();

const calm = { lastSeenAt: "2026-11-22T13:05:00Z", silent: true, volume: null, backlog: null, versions: [] };
/** Never sampled before. */
const lagsTo = (lagSeconds: number) => ({ lagSeconds, lags: [...Array<null>(35).fill(null), Math.round(lagSeconds)] });

async function readRows(query = ""): Promise<BoardRowJson[]> {
  return boardSchema.parse((await story.get(`/board${query}`)).body).items;
}

async function rowOf(eventType: string): Promise<BoardRowJson> {
  const row = (await readRows()).find((each) => each.eventType === eventType);
  if (!row) throw new Error(`${eventType} is not on the board.`);
  return row;
}

describe("the board", () => {
  beforeAll(begin);
  afterAll(end);

  it("ranks late before lossy before closed after the deadline, those alike by what is open and then by name", async () => {
    expect((await readRows()).map(({ eventType, state }) => [eventType, state])).toEqual([
      ["Late", "late"],
      ["Lossy", "incomplete"],
      ["Open", "closing"],
      ["Calm", "complete"],
      ["Quiet", "complete"],
    ]);
  });

  it("late: since when, held up by which datacenter, how many hours", async () => {
    expect(await rowOf("Late")).toMatchObject({
      worstDatacenter: "west",
      openHours: 3,
      oldestOpenHour: "2026-11-22T10",
      delaySeconds: 2 * 3600 + 20 * 60 + 30,
      lagSeconds: 2 * 3600 + 50 * 60 + 30,
      completeThrough: "2026-11-22T09",
      forecast: null,
    });
    expect((await rowOf("Late")).risk).toBeGreaterThan(2);
  });

  it("open within its deadline, and three hours of the day closed after theirs", async () => {
    const row = await rowOf("Open");
    expect(row).toMatchObject({ openHours: 1, oldestOpenHour: "2026-11-22T12", delaySeconds: 1230 });
    expect(row.risk).toBeCloseTo(1.03 + 0.009 * (1230 / 3600), 6);
  });

  it("calm but for missed deadlines: nothing is open and no datacenter is named", async () => {
    expect(await rowOf("Calm")).toMatchObject({ openHours: 0, worstDatacenter: null, delaySeconds: null, risk: 1.03 });
  });

  it("closed by markers alone: without a watermark the lag is unknown, and no datacenter is blamed", async () => {
    expect(await rowOf("Quiet")).toMatchObject({ state: "complete", lagSeconds: null, worstDatacenter: null });
  });

  it("the strip: 24 hours, the current one last, nothing where the type was not active", async () => {
    const { strip } = await rowOf("Lossy");
    expect(strip).toHaveLength(24);
    expect(strip.slice(0, 19).every((cell) => cell === null)).toBe(true);
    expect(strip.slice(19)).toEqual([
      {
        hour: "2026-11-22T09",
        state: "complete",
        amended: false,
        accepted: false,
        closingDelaySeconds: 3 * 3600 + 300,
        deadlineMet: false,
      },
      {
        hour: "2026-11-22T10",
        state: "complete",
        amended: false,
        accepted: false,
        closingDelaySeconds: 2 * 3600 + 300,
        deadlineMet: false,
      },
      {
        hour: "2026-11-22T11",
        state: "incomplete",
        amended: false,
        accepted: false,
        closingDelaySeconds: 3600 + 300,
        deadlineMet: false,
      },
      {
        hour: "2026-11-22T12",
        state: "complete",
        amended: false,
        accepted: false,
        closingDelaySeconds: 300,
        deadlineMet: true,
      },
      {
        hour: "2026-11-22T13",
        state: "open",
        amended: false,
        accepted: false,
        closingDelaySeconds: null,
        deadlineMet: null,
      },
    ]);
  });

  it("datacenters: what lags there, when they were heard, which types are late because of them", async () => {
    const { body } = await story.get("/board");
    expect(body.datacenters).toEqual([
      { ...calm, name: "east", ...lagsTo(4830), lateTypes: 0, lateSince: null },
      // Hour 10's deadline, an hour after its end.
      { ...calm, name: "west", ...lagsTo(10230), lateTypes: 1, lateSince: "2026-11-22T12:00:00Z" },
    ]);
    expect(body.lateSince).toBe("2026-11-22T12:00:00Z");
    expect(body.counts).toEqual({ late: 1, incomplete: 1, closing: 1, complete: 2 });
    expect(body.telemetryAgeSeconds).toBe(930);
    expect(body.asOf).toBe("2026-11-22T13:20:30Z");
  });

  it("the next breach: the first deadline within the hour of an hour that is still open", async () => {
    expect((await story.get("/board")).body.nextBreach).toEqual({
      eventType: "Open",
      hour: "2026-11-22T12",
      deadlineAt: "2026-11-22T14:00:00Z",
      breachProbability: null,
    });
  });

  it("the compact form says the same, its strips as texts", async () => {
    const full = boardSchema.parse((await story.get("/board")).body);
    const { items, ...figures } = compactBoardSchema.strict().parse((await story.get("/board/compact")).body);
    const { items: rows, ...others } = full;
    expect(full.nextCursor).toBeNull();
    expect(figures).toEqual(others);
    expect(
      items.map(({ states, delays, missed, ...row }) => ({ ...row, strip: decodeStrip({ states, delays, missed }) })),
    ).toEqual(
      rows.map(({ strip, ...row }) => ({
        ...row,
        strip: strip.map((cell) => {
          if (!cell) return null;
          const { hour, ...said } = cell;
          return said;
        }),
      })),
    );
    const figuresAlone = (await story.get("/board/compact?limit=0")).body;
    expect(figuresAlone).toEqual({ items: [], ...figures });
  });

  it("pages through the ranking; counts stay those of all", async () => {
    const first = (await story.get("/board?limit=3")).body;
    const second = (await story.get(`/board?limit=3&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items]).toEqual(await readRows());
    expect(second.nextCursor).toBeNull();
    expect(second.counts).toEqual(first.counts);
  });
});

describe("a board that changes", () => {
  beforeEach(begin);
  afterEach(end);

  it("time alone makes an hour late, though the worker has not seen it yet", async () => {
    story.clock.set("2026-11-22T14:00:01Z");
    expect((await rowOf("Open")).strip.at(-2)).toMatchObject({ hour: "2026-11-22T13", state: "closing" });
    expect(await rowOf("Open")).toMatchObject({ state: "late", openHours: 2 });
  });
});

describe("types that are not simply active", () => {
  beforeEach(begin);
  afterEach(end);

  it("a discovered type is not on the board", async () => {
    await story.test.database.sql.query("INSERT INTO event_type (name, discovered_at) VALUES ('Stray', now())");
    expect((await readRows()).map((row) => row.eventType)).not.toContain("Stray");
  });

  it("a claimed type that has not begun is open and calm", async () => {
    await claim("Tomorrow", { from: "2026-11-23T00:00:00Z", to: null });
    expect(await rowOf("Tomorrow")).toMatchObject({ state: "open", risk: 0, openHours: 0, lagSeconds: null });
  });

  it("a type that ended months ago keeps its last state and lags no further", async () => {
    await claim("Retired", { from: "2026-08-01T10:00:00Z", to: "2026-08-01T12:00:00Z" });
    const { sql } = story.test.database;
    await sql.query(
      `INSERT INTO watermark (event_type_id, datacenter_id, watermark, observed_at)
       SELECT t.id, d.id, '2026-08-01T12:30:00Z', '2026-08-01T12:30:00Z' FROM event_type t, datacenter d WHERE t.name = 'Retired'`,
    );
    await activeSinceAugust();
    await story.judge();
    for (const hour of ["10", "11"]) await story.settle(`2026-08-01T${hour}`, { eventType: "Retired" });
    expect(await rowOf("Retired")).toMatchObject({
      state: "complete",
      openHours: 0,
      lagSeconds: 0,
      risk: 0,
      completeThrough: "2026-08-01T11",
    });
  });

  it("an unclosed hour stays on the board however old it is", async () => {
    await activeSinceAugust();
    await claim("Forgotten", { from: "2026-08-01T10:00:00Z", to: "2026-08-01T12:00:00Z" });
    await story.closeHour("east", "2026-08-01T10", "Forgotten");
    await story.closeHour("east", "2026-08-01T11", "Forgotten");
    await story.closeHour("west", "2026-08-01T11", "Forgotten");
    await story.judge();
    expect((await readRows())[0]).toMatchObject({
      eventType: "Forgotten",
      state: "late",
      openHours: 1,
      oldestOpenHour: "2026-08-01T10",
      worstDatacenter: "west",
    });
  });

  it("a datacenter of the type's own list holds it up; others do not", async () => {
    await story.test.database.sql.query("UPDATE event_type SET datacenters = '{east}' WHERE name = 'Open'");
    await story.watermark("west", "2026-11-22T13:00:00Z", "Open");
    expect(await rowOf("Open")).toMatchObject({ worstDatacenter: "east", lagSeconds: 4830 });
  });
});

async function activeSinceAugust(): Promise<void> {
  await story.test.database.sql.query("UPDATE datacenter SET active_from = '2026-08-01T00:00:00Z'");
}

async function claim(name: string, { from, to }: { from: string; to: string | null }): Promise<void> {
  await story.test.database.sql.query(
    `INSERT INTO event_type (name, discovered_at, claimed_at, owner, tier, active_from, active_to, hours_through)
     VALUES ($1, $2, $2, 'tests', 'high', $2, $3, $2)`,
    [name, from, to],
  );
  await story.judge();
}
