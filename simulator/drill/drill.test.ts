import { describe, expect, it } from "vitest";
import { liveThrough } from "./live-through.ts";
import { addLived, emptyScore, figuresOf } from "./score.ts";
import { makeWorld, worldKinds } from "./world.ts";

/** Ten of each kind, not those that the rules were written with; `npm run drill:causes` lives through ten thousand. */
const runs = 10 * worldKinds.length;
const firstSeed = 600_000;

describe("incidents of every kind among innocent deployments, lived minute by minute", () => {
  const score = emptyScore();
  for (let run = 0; run < runs; run++) addLived(score, liveThrough(makeWorld(firstSeed + run)));
  const figures = figuresOf(score);

  it("page", () => {
    expect(score.incidents).toBeGreaterThan(runs * 0.8);
    expect(score.recoveries).toBeGreaterThan(runs * 0.2);
  });

  it("have the right cause from the page to the end, and innocent deployments are not blamed", () => {
    expect(figures.right).toBeGreaterThanOrEqual(0.97);
    expect(figures.bait).toBeLessThanOrEqual(0.005);
  });

  it("change their cause at most once", () => {
    expect(figures.changedTwice).toBe(0);
  });

  it("have their onset within five minutes", () => {
    expect(figures.onset).toBeGreaterThanOrEqual(0.95);
  });

  it("say when they will be over, and do not postpone it", () => {
    expect(figures.recoveryError).toBeLessThanOrEqual(0.15);
    expect(figures.movedLater).toBe(0);
  });
});
