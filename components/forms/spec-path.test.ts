import fc from "fast-check";
import { expect, test } from "vitest";
import { getAt, moved, pointerOf, sameSpec, setAt } from "./spec-path.ts";

const rule = { metric: "lost", scope: { tier: ["high"] }, threshold: 5, for: "2m" };

test("a field is replaced where it stands, and all others are kept", () => {
  expect(Object.entries(setAt(rule, ["threshold"], "1%"))).toEqual(Object.entries({ ...rule, threshold: "1%" }));
  expect(setAt(rule, ["scope", "owner"], ["royalties"]).scope).toEqual({ tier: ["high"], owner: ["royalties"] });
  expect(setAt({}, ["receivers", 0, "name"], "on-call")).toEqual({ receivers: [{ name: "on-call" }] });
});

test("a removed field takes the objects that held nothing else with it", () => {
  expect(setAt(rule, ["scope", "tier"], undefined)).toEqual({ metric: "lost", threshold: 5, for: "2m" });
  expect(setAt({ routes: [1, 2, 3] }, ["routes", 1], undefined)).toEqual({ routes: [1, 3] });
  expect(setAt(rule, ["labels", "team"], undefined)).toEqual(rule);
});

test("specs are the same whatever the order of their members, not of their lists", () => {
  expect(sameSpec(rule, { for: "2m", threshold: 5, scope: { tier: ["high"] }, metric: "lost" })).toBe(true);
  expect(sameSpec({ to: ["a", "b"] }, { to: ["b", "a"] })).toBe(false);
  expect(sameSpec(rule, { ...rule, threshold: "5" })).toBe(false);
});

test("what is set is read back, at any path", () => {
  const path = fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.nat({ max: 3 })), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      path.filter((steps) => !steps.includes("__proto__")),
      (steps) => {
        expect(getAt(setAt({}, steps, "x"), steps)).toBe("x");
      },
    ),
  );
});

test("an item moves, and the others keep their order", () => {
  expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
});

test("a pointer escapes what JSON pointers escape", () => {
  expect(pointerOf(["scope", "labels", "a/b~c", 0])).toBe("/scope/labels/a~1b~0c/0");
});
