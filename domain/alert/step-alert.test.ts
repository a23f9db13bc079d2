import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AlertLook, type AlertTerms, alertStates, neverFired, type StoredAlert, stepAlert } from "./step-alert.ts";

const start = Date.parse("2026-11-22T13:00:00Z");
const at = (minutes: number) => new Date(start + minutes * 60_000);
const terms: AlertTerms = { forSeconds: 300, keepFiringForSeconds: 600 };
const atOnce: AlertTerms = { forSeconds: 0, keepFiringForSeconds: 0 };

const holds: AlertLook = { kind: "value", value: 7, isTrue: true };
const calm: AlertLook = { kind: "value", value: 1, isTrue: false };
const noData: AlertLook = { kind: "no-data", why: "there is no forecast" };
const error: AlertLook = { kind: "error", why: "it cannot be read" };
const gone: AlertLook = { kind: "gone", why: "its rule is gone" };

/** Looks one after the other, each at its minute. */
function live(looks: readonly [minute: number, AlertLook][], of: AlertTerms = terms): StoredAlert {
  return looks.reduce((stored, [minute, look]) => stepAlert(stored, look, of, at(minute)).next, neverFired);
}

const pending = live([[0, holds]]);
const firing = live([
  [0, holds],
  [5, holds],
]);
const recovering = live([
  [0, holds],
  [5, holds],
  [6, calm],
]);
const withoutData = live([[0, noData]]);
const inError = live([[0, error]]);

describe("transitions", () => {
  const table: [name: string, from: StoredAlert, look: AlertLook, minute: number, of: AlertTerms, to: string][] = [
    ["normal → pending: it holds", neverFired, holds, 0, terms, "pending"],
    ["normal → firing: it holds and needs no time", neverFired, holds, 0, atOnce, "firing"],
    ["normal → normal: it does not hold", neverFired, calm, 0, terms, "normal"],
    ["normal → no-data: the facts are missing", neverFired, noData, 0, terms, "no-data"],
    ["normal → error: the rule cannot be looked at", neverFired, error, 0, terms, "error"],
    ["pending → pending: held for 4 min", pending, holds, 4, terms, "pending"],
    ["pending → firing: held for 5 min", pending, holds, 5, terms, "firing"],
    ["pending → normal: held too shortly", pending, calm, 4, terms, "normal"],
    ["pending → no-data: nobody knows whether it held meanwhile", pending, noData, 4, terms, "no-data"],
    ["pending → error: the rule cannot be looked at", pending, error, 4, terms, "error"],
    ["pending → normal: the rule is gone", pending, gone, 4, terms, "normal"],
    ["firing → firing: the condition still holds", firing, holds, 6, terms, "firing"],
    ["firing → recovering: the condition cleared and is kept", firing, calm, 6, terms, "recovering"],
    ["firing → normal: the condition cleared and is kept for nothing", firing, calm, 6, atOnce, "normal"],
    ["firing → firing: silence is no recovery", firing, noData, 60, terms, "firing"],
    ["firing → firing: an error is no recovery", firing, error, 60, terms, "firing"],
    ["firing → normal: the rule is gone", firing, gone, 6, terms, "normal"],
    [
      "recovering → firing: the condition holds again, without waiting for `for`",
      recovering,
      holds,
      7,
      terms,
      "firing",
    ],
    ["recovering → recovering: quiet for less than 10 min", recovering, calm, 14, terms, "recovering"],
    ["recovering → normal: quiet for 10 min", recovering, calm, 15, terms, "normal"],
    ["recovering → recovering: nothing is known", recovering, noData, 60, terms, "recovering"],
    ["recovering → normal: the rule is gone", recovering, gone, 7, terms, "normal"],
    ["no-data → pending: it holds", withoutData, holds, 1, terms, "pending"],
    ["no-data → firing: it holds and needs no time", withoutData, holds, 1, atOnce, "firing"],
    ["no-data → normal: it does not hold", withoutData, calm, 1, terms, "normal"],
    ["no-data → error: the rule cannot be looked at", withoutData, error, 1, terms, "error"],
    ["error → no-data: it can be looked at, and there is nothing", inError, noData, 1, terms, "no-data"],
    ["error → pending: it holds", inError, holds, 1, terms, "pending"],
    ["error → normal: it does not hold", inError, calm, 1, terms, "normal"],
  ];
  it.each(table)("%s", (_name, from, look, minute, of, to) => {
    const { next, changed, reason } = stepAlert(from, look, of, at(minute));
    expect(next.state).toBe(to);
    expect(changed).toBe(from.state !== to);
    expect(reason).not.toBe("");
  });
});

describe("what is kept", () => {
  it("fires since the look that made it fire, and is pending since the first that held", () => {
    expect(firing).toMatchObject({
      pendingSince: at(0),
      firingSince: at(5),
      lastTrueAt: at(5),
      value: 7,
      resolvedAt: null,
    });
  });

  it("is resolved when it becomes normal, and forgets that when it fires again", () => {
    const over = stepAlert(recovering, calm, terms, at(15)).next;
    expect(over).toMatchObject({ firingSince: null, pendingSince: null, resolvedAt: at(15) });
    expect(stepAlert(over, holds, atOnce, at(20)).next).toMatchObject({ firingSince: at(20), resolvedAt: null });
  });

  it("was never resolved if it was only pending", () => {
    expect(stepAlert(pending, calm, terms, at(1)).next.resolvedAt).toBeNull();
  });

  it("says how long it held", () => {
    expect(stepAlert(pending, holds, terms, at(7)).reason).toBe("held for 7 min");
  });
});

const looks = fc.constantFrom(holds, calm, noData, error, gone);
const anyTerms = fc.record({
  forSeconds: fc.constantFrom(0, 60, 300),
  keepFiringForSeconds: fc.constantFrom(0, 60, 600),
});
const lives = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), looks), { maxLength: 40 });

function each(steps: readonly (readonly [number, AlertLook])[], of: AlertTerms) {
  let minute = 0;
  let stored = neverFired;
  return steps.map(([wait, look]) => {
    minute += wait;
    const before = stored;
    const step = stepAlert(before, look, of, at(minute));
    stored = step.next;
    return { before, look, step, minute };
  });
}

describe("whatever is seen", () => {
  it("the states' instants are there exactly where they mean something", () => {
    fc.assert(
      fc.property(lives, anyTerms, (steps, of) => {
        for (const { step } of each(steps, of)) {
          const { state, firingSince, pendingSince, lastTrueAt } = step.next;
          expect(alertStates).toContain(state);
          expect(firingSince !== null).toBe(state === "firing" || state === "recovering");
          if (state === "pending") expect(pendingSince).not.toBeNull();
          if (state === "normal") expect(pendingSince).toBeNull();
          if (firingSince) expect(lastTrueAt).not.toBeNull();
        }
      }),
    );
  });

  it("nothing fires before it has held for `for` without a gap, and everything that did fires", () => {
    fc.assert(
      fc.property(lives, anyTerms, (steps, of) => {
        let heldSince: number | null = null;
        for (const { look, step, minute, before } of each(steps, of)) {
          const wasActive = before.state === "firing" || before.state === "recovering";
          heldSince = look === holds ? (heldSince ?? minute) : null;
          if (wasActive) continue;
          const longEnough = heldSince !== null && (minute - heldSince) * 60 >= of.forSeconds;
          expect(step.next.state === "firing").toBe(longEnough);
        }
      }),
    );
  });

  it("what fires ends only by being quiet for `keepFiringFor`, or by being gone", () => {
    fc.assert(
      fc.property(lives, anyTerms, (steps, of) => {
        let lastTrue = 0;
        for (const { before, look, step, minute } of each(steps, of)) {
          const wasActive = before.state === "firing" || before.state === "recovering";
          if (wasActive && step.next.state === "normal") {
            const quiet = look === calm && (minute - lastTrue) * 60 >= of.keepFiringForSeconds;
            expect(quiet || look === gone).toBe(true);
          }
          if (look === holds) lastTrue = minute;
        }
      }),
    );
  });

  it("the same look at the same instant twice is the same as once", () => {
    fc.assert(
      fc.property(lives, anyTerms, looks, (steps, of, look) => {
        const before = each(steps, of).at(-1)?.step.next ?? neverFired;
        const once = stepAlert(before, look, of, at(1_000));
        const twice = stepAlert(once.next, look, of, at(1_000));
        expect(twice.next).toEqual(once.next);
        expect(twice.changed).toBe(false);
      }),
    );
  });
});
