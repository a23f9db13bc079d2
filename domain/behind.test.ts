import { describe, expect, it } from "vitest";
import { type BehindFacts, listBehind } from "./behind.ts";
import { allowedAgeSeconds, type TurnName, turnSpecs } from "./turn.ts";

const allWell: BehindFacts = {
  turns: Object.keys(turnSpecs).map((turn) => ({
    turn,
    ageSeconds: 1,
    allowedSeconds: allowedAgeSeconds(turn as TurnName, 1),
    silentSeconds: 1,
  })),
  startedAgeSeconds: 100_000,
  uncreatedSeconds: null,
  unjudgedSeconds: null,
  queuedSeconds: null,
  standingIntakes: [],
  isSendingHeld: false,
  refused: null,
  clockOffsetSeconds: 0,
};
const real = { speed: 1, pubsub: true };
const withTurn = (turn: TurnName, ageSeconds: number): BehindFacts => ({
  ...allWell,
  turns: allWell.turns.map((each) => (each.turn === turn ? { ...each, ageSeconds } : each)),
});

describe("listBehind", () => {
  it("is empty while everything comes round", () => expect(listBehind(allWell, real)).toEqual([]));

  it("is empty before any worker ran", () => {
    expect(listBehind({ ...allWell, turns: [], startedAgeSeconds: null }, real)).toEqual([]);
  });

  it.each([
    ["pull", "ingest"],
    ["collect", "collecting"],
    ["create-hours", "current-hours"],
    ["judge", "judging"],
    ["judge-again", "past-hours"],
    ["corrections", "corrections"],
    ["purges", "corrections"],
    ["alert", "alerting"],
    ["send-notifications", "delivery"],
    ["consumer-messages", "delivery"],
    ["resend-alerts", "delivery"],
    ["forecast", "forecasting"],
    ["roll-up", "roll-up"],
    ["past-hours", "past-hours"],
    ["maintain", "maintenance"],
  ] as const)("a loop %s that stands still puts %s behind, by its own age", (turn, what) => {
    expect(listBehind(withTurn(turn, 7_200), real)).toMatchObject([{ what, ageSeconds: 7_200 }]);
  });

  it.each([
    ["read-only", /^The database is read-only: nothing is stored/],
    ["full", /^The database's disk is full: nothing more is stored/],
  ] as const)(
    "a database that is %s is said at once and first, and workers that cannot report are not blamed",
    (reason, message) => {
      const silent = allWell.turns.map((turn) => ({ ...turn, silentSeconds: 16, ageSeconds: 30 }));
      const behind = listBehind(
        { ...allWell, turns: silent, unjudgedSeconds: 90, refused: { reason, seconds: 3 } },
        real,
      );
      expect(behind).toMatchObject([
        { what: "storage", ageSeconds: 3, allowedSeconds: 0, message: expect.stringMatching(message) },
        { what: "judging", ageSeconds: 90 },
      ]);
    },
  );

  it("hours that wait are behind after a minute, whatever the loops say", () => {
    expect(listBehind({ ...allWell, unjudgedSeconds: 60, uncreatedSeconds: 60, queuedSeconds: 60 }, real)).toEqual([]);
    const behind = listBehind({ ...allWell, unjudgedSeconds: 61, uncreatedSeconds: 62, queuedSeconds: 63 }, real);
    expect(behind.map(({ what, ageSeconds }) => [what, ageSeconds])).toEqual([
      ["current-hours", 62],
      ["judging", 61],
      ["delivery", 63],
    ]);
  });

  it("says that notifications are held, whatever their loops and messages say", () => {
    const facts = { ...withTurn("escalate", 7_200), queuedSeconds: 9_000, isSendingHeld: true };
    expect(listBehind(facts, real)).toMatchObject([
      {
        what: "delivery",
        message: expect.stringMatching(/^Notifications are held since a restore.*npx tidemark resume/),
      },
    ]);
  });

  it("says the worst of one duty, with its limit", () => {
    const [judging] = listBehind({ ...withTurn("judge", 300), unjudgedSeconds: 90 }, real);
    expect(judging?.message).toBe("Judging is 5 min behind (limit 1 min).");
  });

  it("shows in seconds what exceeds its limit by less than a minute", () => {
    const [judging] = listBehind({ ...allWell, unjudgedSeconds: 74 }, real);
    expect(judging?.message).toBe("Judging is 74 s behind (limit 60 s).");
  });

  it("a frozen process is behind after 15 s of silence, long before its loops would be", () => {
    const silent = (silentSeconds: number): BehindFacts => ({
      ...allWell,
      turns: allWell.turns.map((each) =>
        each.turn === "judge" || each.turn === "create-hours"
          ? { ...each, ageSeconds: silentSeconds, silentSeconds }
          : each,
      ),
    });
    expect(listBehind(silent(15), real)).toEqual([]);
    expect(listBehind(silent(16), real)).toEqual([
      { what: "current-hours", ageSeconds: 16, allowedSeconds: 15, message: expect.any(String) },
      {
        what: "judging",
        ageSeconds: 16,
        allowedSeconds: 15,
        message: "No worker for judging has reported for 16 s (limit 15 s).",
      },
    ]);
  });

  it("a worker that never starts is behind once the others have run for longer than it may take", () => {
    const turns = allWell.turns.filter(({ turn }) => turn !== "alert");
    expect(listBehind({ ...allWell, turns, startedAgeSeconds: 30 }, real)).toEqual([]);
    expect(listBehind({ ...allWell, turns, startedAgeSeconds: 90 }, real)).toMatchObject([{ what: "alerting" }]);
  });

  it("without Pub/Sub no one has to take from it", () => {
    expect(listBehind(withTurn("pull", 7_200), { speed: 1, pubsub: false })).toEqual([]);
  });

  it("an intake that is not heard says since when, which and why, and the limit is a minute", () => {
    const standing = (standingSeconds: number): BehindFacts => ({
      ...allWell,
      standingIntakes: [
        {
          name: "Pub/Sub subscription projects/acme/subscriptions/in",
          standingSince: new Date("2026-11-22T13:00:05Z"),
          standingSeconds,
          reason: "no answer from Pub/Sub within 10 s.",
        },
      ],
    });
    expect(listBehind(standing(60), real)).toEqual([]);
    expect(listBehind(standing(1_380), real)).toEqual([
      {
        what: "ingest",
        ageSeconds: 1_380,
        allowedSeconds: 60,
        message:
          "Pub/Sub subscription projects/acme/subscriptions/in has not been heard since 2026-11-22T13:00:05Z (23 min): no answer from Pub/Sub within 10 s.",
      },
    ]);
  });

  it("a clock 31 s off is behind, one 30 s off is not", () => {
    expect(listBehind({ ...allWell, clockOffsetSeconds: 30 }, real)).toEqual([]);
    expect(listBehind({ ...allWell, clockOffsetSeconds: 31 }, real)).toMatchObject([{ what: "clock", ageSeconds: 31 }]);
  });
});
