import { expect, test } from "vitest";
import type { CauseCode } from "#domain/explain.ts";
import { situationForTest } from "#test/situation.ts";
import { sayEnd } from "./say-end.ts";

const onset = { at: "2026-11-23T01:00:00Z", source: "silence" as const };
const end = (hours: object | null, impact: object = {}, code: CauseCode = "backlog") => {
  const { extent, impact: none } = situationForTest();
  return sayEnd({
    onset,
    phaseSince: "2026-11-23T02:33:00Z",
    extent: {
      ...extent,
      hours: hours && {
        ...extent.hours,
        first: "",
        last: "",
        affected: 42,
        final: 42,
        accepted: 0,
        lossy: 0,
        ...hours,
      },
    },
    impact: { ...none, ...impact },
    cause: { code },
  });
};

test("the end says that every hour recovered", () => {
  expect(end({})).toBe("Resolved after 93 min: all 42 hours recovered.");
  expect(end({ affected: 1, final: 1 })).toBe("Resolved after 93 min: its hour recovered.");
});

test("the end says how many hours closed with loss, with the events", () => {
  const impact = { lost: 3000, produced: 60_000 };
  expect(end({ affected: 1, final: 1, lossy: 1 }, impact)).toBe(
    "Resolved after 93 min: closed with loss: 3,000 of 60,000 events lost.",
  );
  expect(end({ lossy: 2 }, impact)).toBe(
    "Resolved after 93 min: 40 of 42 hours recovered, 2 closed with loss: 3,000 of 60,000 events lost.",
  );
  expect(end({ lossy: 42 }, { duplicated: 5 })).toBe(
    "Resolved after 93 min: closed with duplicates: 5 events duplicated.",
  );
  expect(end({ lossy: 42 }, { duplicated: 5 }, "reporters_missing")).toBe(
    "Resolved after 93 min: closed with counts missing: 5 more events delivered than counted.",
  );
});

test("the end says how many deadlines were missed and hours accepted", () => {
  expect(end({ final: 41, accepted: 1 }, { missedDeadlines: 1 })).toBe(
    "Resolved after 93 min: 41 of 42 hours recovered, 1 accepted; 1 deadline missed.",
  );
});

test("no hour was affected", () => expect(end(null)).toBe("Resolved after 93 min: no hour was affected."));
