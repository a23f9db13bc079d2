import { describe, expect, test } from "vitest";
import { createClock, wait } from "./clock.ts";

const drill = { startsAt: new Date("2001-02-01T00:00:00Z"), speed: 720 };

describe("createClock", () => {
  test("without a drill it is the real time", () => {
    const clock = createClock({ setting: null, realNowMs: () => 1_000 });
    expect(clock.now()).toEqual(new Date(1_000));
    expect(clock.speed).toBe(1);
    expect(clock.toRealMs(60_000)).toBe(60_000);
  });

  test("a drill starts where it is configured to and runs so many times real time", () => {
    let realNowMs = 5_000;
    const clock = createClock({ setting: drill, startedAtMs: 5_000, realNowMs: () => realNowMs });
    expect(clock.now()).toEqual(drill.startsAt);
    realNowMs += 5_000;
    expect(clock.now()).toEqual(new Date("2001-02-01T01:00:00Z"));
    expect(clock.toRealMs(3_600_000)).toBe(5_000);
  });

  test("two processes that were given the same start agree, whenever they began", () => {
    const realNowMs = () => 90_000;
    const first = createClock({ setting: drill, startedAtMs: 5_000, realNowMs });
    const second = createClock({ setting: drill, startedAtMs: 5_000, realNowMs });
    expect(second.now()).toEqual(first.now());
  });
});

describe("wait", () => {
  test("is divided by the drill's speed", async () => {
    const startedMs = performance.now();
    await wait(createClock({ setting: drill }), 36_000);
    const tookMs = performance.now() - startedMs;
    expect(tookMs).toBeGreaterThan(45);
    expect(tookMs).toBeLessThan(30_000);
  });

  test("lasts 5 ms at the least, so that no loop spins", async () => {
    const startedMs = performance.now();
    await wait(createClock({ setting: { ...drill, speed: 100_000 } }), 1);
    expect(performance.now() - startedMs).toBeGreaterThan(4);
  });

  test("ends at once when the signal aborts, before or during it", async () => {
    const clock = createClock({ setting: null });
    const startedMs = performance.now();
    await wait(clock, 60_000, AbortSignal.abort());
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(), 10);
    await wait(clock, 60_000, stopping.signal);
    expect(performance.now() - startedMs).toBeLessThan(30_000);
  });
});
