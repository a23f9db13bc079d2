import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finalStates, isChanged, type PreviousVerdict, reviseVerdict } from "./revision.ts";
import { verdictStates } from "./verdict.ts";

const figures = {
  closedAt: new Date("2026-11-22T14:53:00Z"),
  known: true,
  produced: 100n,
  delivered: 100n,
  lost: 0n,
  duplicated: 0n,
  skewed: 0n,
  datacenters: [
    { name: "ams", produced: 60n, delivered: 60n },
    { name: "lon", produced: 40n, delivered: 40n },
  ],
};
const open = { ...figures, closedAt: null, state: "closing" as const };
const complete = { ...figures, state: "complete" as const };
const stored = (verdict: Partial<PreviousVerdict>): PreviousVerdict => ({
  ...complete,
  revision: 3,
  settled: true,
  amended: false,
  ...verdict,
});

describe("before the first final state", () => {
  test("never judged → open: the first revision", () => {
    const first = { revision: 1, settled: false, amended: false, isNewRevision: true };
    expect(reviseVerdict(null, { ...open, state: "open" })).toEqual(first);
    expect(reviseVerdict(stored({ state: "open", revision: 0, settled: false }), { ...open, state: "open" })).toEqual(
      first,
    );
  });

  test("never judged → complete: the first revision is final, and nothing is amended", () => {
    expect(reviseVerdict(null, complete)).toEqual({ revision: 1, settled: true, amended: false, isNewRevision: true });
  });

  test("closing → closing: counts rose, which is no revision", () => {
    const previous = stored({ ...open, revision: 2, settled: false });
    const next = { ...open, produced: 900n, delivered: 700n, lost: 200n, skewed: 3n, known: false };
    expect(reviseVerdict(previous, next)).toEqual({
      revision: 2,
      settled: false,
      amended: false,
      isNewRevision: false,
    });
  });

  test("closing → closing: counts went from one datacenter to another, which is no revision either", () => {
    const previous = stored({ ...open, revision: 2, settled: false });
    const datacenters = [{ name: "lon", produced: 100n, delivered: 100n }];
    expect(reviseVerdict(previous, { ...open, datacenters })).toMatchObject({ revision: 2, isNewRevision: false });
  });

  test("closing → late: a revision, not amended", () => {
    const previous = stored({ ...open, revision: 2, settled: false });
    expect(reviseVerdict(previous, { ...open, state: "late" })).toEqual({
      revision: 3,
      settled: false,
      amended: false,
      isNewRevision: true,
    });
  });

  test.each([...finalStates])("verifying → %s: settled, not amended", (state) => {
    const previous = stored({ state: "verifying", settled: false });
    expect(reviseVerdict(previous, { ...figures, state })).toEqual({
      revision: 4,
      settled: true,
      amended: false,
      isNewRevision: true,
    });
  });
});

describe("after it", () => {
  test("complete → complete: nothing changed, no revision", () => {
    expect(reviseVerdict(stored({}), { ...complete, closedAt: new Date(figures.closedAt) })).toEqual({
      revision: 3,
      settled: true,
      amended: false,
      isNewRevision: false,
    });
  });

  test.each([
    ["produced", 101n],
    ["delivered", 99n],
    ["lost", 1n],
    ["duplicated", 1n],
    ["skewed", 1n],
    ["known", false],
    ["closedAt", new Date("2026-11-22T14:52:00Z")],
    ["closedAt", null],
  ])("complete → complete: %s changed to %s, amended", (figure, value) => {
    expect(reviseVerdict(stored({}), { ...complete, [figure]: value })).toEqual({
      revision: 4,
      settled: true,
      amended: true,
      isNewRevision: true,
    });
  });

  const lostAt = (ams: bigint, lon: bigint) => ({
    ...figures,
    state: "incomplete" as const,
    delivered: 90n,
    lost: 10n,
    datacenters: [
      { name: "ams", produced: 60n, delivered: 60n - ams },
      { name: "lon", produced: 40n, delivered: 40n - lon },
    ],
  });
  test("incomplete → incomplete: the loss went from ams to lon, amended though every total is the same", () => {
    expect(reviseVerdict(stored(lostAt(10n, 0n)), lostAt(0n, 10n))).toEqual({
      revision: 4,
      settled: true,
      amended: true,
      isNewRevision: true,
    });
    expect(reviseVerdict(stored(lostAt(10n, 0n)), lostAt(10n, 0n))).toMatchObject({ revision: 3, amended: false });
  });

  test("a datacenter that had no events and is not expected any more: no revision", () => {
    const datacenters = [...figures.datacenters, { name: "nrt", produced: 0n, delivered: 0n }];
    expect(reviseVerdict(stored({ datacenters }), complete)).toMatchObject({ revision: 3, isNewRevision: false });
  });

  test("complete → incomplete: amended", () => {
    expect(reviseVerdict(stored({}), { ...complete, state: "incomplete" })).toMatchObject({
      revision: 4,
      amended: true,
    });
  });

  test("complete → closing: a datacenter was added, amended and still settled", () => {
    expect(reviseVerdict(stored({}), open)).toEqual({ revision: 4, settled: true, amended: true, isNewRevision: true });
  });

  test("amended stays when the hour is as it was again", () => {
    expect(reviseVerdict(stored({ state: "closing", closedAt: null, amended: true }), complete)).toEqual({
      revision: 4,
      settled: true,
      amended: true,
      isNewRevision: true,
    });
    expect(reviseVerdict(stored({ amended: true }), complete)).toMatchObject({
      revision: 3,
      amended: true,
      isNewRevision: false,
    });
  });
});

test("over any history revisions only rise, and an hour is amended just when it was settled and changed after", () => {
  const judgement = fc.record({ state: fc.constantFrom(...verdictStates), produced: fc.bigInt({ min: 0n, max: 1n }) });
  fc.assert(
    fc.property(fc.array(judgement, { minLength: 1 }), (history) => {
      let previous: PreviousVerdict | null = null;
      let settledAt = -1;
      let changedAfter = false;
      for (const [at, each] of history.entries()) {
        const next = { ...figures, ...each };
        const revised = reviseVerdict(previous, next);
        expect(revised.revision - (previous?.revision ?? 0)).toBe(revised.isNewRevision ? 1 : 0);
        const last = history[at - 1];
        if (settledAt >= 0 && (last?.state !== each.state || last.produced !== each.produced)) changedAfter = true;
        if (settledAt < 0 && finalStates.has(each.state)) settledAt = at;
        expect(revised.settled).toBe(settledAt >= 0);
        expect(revised.amended).toBe(changedAfter);
        previous = { ...next, ...revised };
      }
    }),
    { numRuns: 500 },
  );
});

test("counts that rise before the end are a change for who waits, though no revision", () => {
  const previous = stored({ ...open, revision: 2, settled: false });
  expect(isChanged(previous, { ...open, produced: 900n })).toBe(true);
  expect(isChanged(previous, open)).toBe(false);
  expect(isChanged(stored({ ...open, revision: 0 }), open)).toBe(true);
});
