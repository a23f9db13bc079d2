import { describe, expect, it } from "vitest";
import { unjudgedSeconds } from "#components/ui/unjudged-seconds.ts";
import type { StatusJson } from "#domain/api/board.ts";
import { judgeBlindness, type Poll, type StatusSample } from "./blindness.ts";

const nowMs = 1_000_000;

function sample(atMs: number, more: Partial<StatusJson> = {}): StatusSample {
  const status: StatusJson = {
    now: "2026-11-22T13:04:05Z",
    dirtyHours: 0,
    lastIngestAt: "2026-11-22T13:04:00Z",
    telemetryAgeSeconds: 5,
    version: "0.1.0",
    clock: { speed: 1, drill: false },
    ingest: { messages: 1, rejected: 0, unstored: 0, pubsub: true, intakes: [] },
    rejudging: null,
    metricExport: null,
    behind: [],
    ...more,
  };
  return { atMs, status };
}

function poll(samples: StatusSample[], more: Partial<Poll> = {}): Poll {
  return { samples, failingSinceMs: null, askedAtMs: null, failure: null, signedOut: false, ...more };
}

function everyFiveSeconds(dirtyHours: number[]): StatusSample[] {
  return dirtyHours.map((count, index) =>
    sample(nowMs - (dirtyHours.length - 1 - index) * 5000, { dirtyHours: count }),
  );
}

describe("judgeBlindness", () => {
  it("is silent while all is well", () => expect(judgeBlindness(poll([sample(nowMs)]), nowMs)).toBeNull());

  it("is silent before the first message ever came", () => {
    expect(judgeBlindness(poll([sample(nowMs, { telemetryAgeSeconds: null })]), nowMs)).toBeNull();
  });

  it("speaks after 5 minutes without telemetry, counting the time since the answer", () => {
    const stale = judgeBlindness(poll([sample(nowMs - 20_000, { telemetryAgeSeconds: 700 })]), nowMs);
    expect(stale).toEqual({
      kind: "unheard",
      message: "Tidemark has received no reports for 12 min. The figures may be out of date.",
    });
    expect(judgeBlindness(poll([sample(nowMs, { telemetryAgeSeconds: 300 })]), nowMs)).toBeNull();
  });

  it("in a drill waits for real seconds too", () => {
    const clock = { speed: 720, drill: true };
    expect(judgeBlindness(poll([sample(nowMs, { telemetryAgeSeconds: 7200, clock })]), nowMs)).toBeNull();
    expect(judgeBlindness(poll([sample(nowMs, { telemetryAgeSeconds: 10_801, clock })]), nowMs)?.kind).toBe("unheard");
  });

  it("takes a request that waits for its answer as one that failed", () => {
    const hanging = (askedMsAgo: number) =>
      judgeBlindness(poll([sample(nowMs - 20_000)], { askedAtMs: nowMs - askedMsAgo }), nowMs);
    expect(hanging(7_000)).toBeNull();
    expect(hanging(8_000)?.message).toBe("Tidemark has not responded for 20 s. The figures are at least that old.");
  });

  it("counts one waiting hour as one", () => {
    expect(judgeBlindness(poll(everyFiveSeconds(Array(14).fill(1))), nowMs)?.message).toMatch(
      /^1 hour has waited over a minute for a verdict, and none was judged/,
    );
  });

  it("says how old the picture is when no answer comes", () => {
    const failing = poll([sample(nowMs - 40_000)], { failingSinceMs: nowMs - 30_000, failure: "It answers 503." });
    expect(judgeBlindness(failing, nowMs)?.message).toBe(
      "Tidemark has not responded for 40 s. The figures are at least that old. It answers 503.",
    );
  });

  it("does not speak of a picture where nothing was ever answered", () => {
    const failing = poll([], { failingSinceMs: nowMs - 30_000, failure: "It answers 503." });
    expect(judgeBlindness(failing, nowMs)?.message).toBe("Tidemark has not responded for 30 s. It answers 503.");
  });

  it("forgives one question that failed", () => {
    expect(judgeBlindness(poll([sample(nowMs - 6000)], { failingSinceMs: nowMs - 1000 }), nowMs)).toBeNull();
  });

  it("says that the session is over", () => {
    expect(judgeBlindness(poll([sample(nowMs)], { signedOut: true }), nowMs)?.kind).toBe("signed-out");
  });

  it("says what the product itself says is behind, at once", () => {
    const behind = [
      { what: "judging" as const, ageSeconds: 95, allowedSeconds: 60, message: "Judging is 95 s behind." },
    ];
    expect(judgeBlindness(poll([sample(nowMs, { behind })]), nowMs)).toEqual({
      kind: "behind",
      message: "Judging is 95 s behind. The figures may be out of date. See Status.",
    });
    expect(unjudgedSeconds(sample(nowMs, { behind }).status)).toBe(95);
  });

  it("judging stands still: hours wait for a minute and none is worked off", () => {
    expect(judgeBlindness(poll(everyFiveSeconds(Array(14).fill(7))), nowMs)?.kind).toBe("behind");
    expect(judgeBlindness(poll(everyFiveSeconds([...Array(13).keys()].map((n) => n + 1))), nowMs)?.kind).toBe("behind");
  });

  it("judging under load is not behind: the count falls now and then, or reaches nothing", () => {
    expect(judgeBlindness(poll(everyFiveSeconds([9, 12, 7, 9, 8, 12, 9, 11, 10, 9, 8, 11, 12, 9])), nowMs)).toBeNull();
    expect(judgeBlindness(poll(everyFiveSeconds([0, ...Array(12).fill(7)])), nowMs)).toBeNull();
    expect(judgeBlindness(poll(everyFiveSeconds([7, 7, 7])), nowMs)).toBeNull();
  });
});
