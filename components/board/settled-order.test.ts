import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepOrder } from "./settled-order.ts";

describe("keepOrder", () => {
  it("the same order moves nothing", () => {
    expect(keepOrder(["a", "b", "c"], ["a", "b", "c"])).toEqual({ names: ["a", "b", "c"], moved: 0 });
  });
  it("rows stay where they are and those that moved are counted, not those they passed", () => {
    expect(keepOrder(["a", "b", "c"], ["c", "a", "b"])).toEqual({ names: ["a", "b", "c"], moved: 1 });
    expect(keepOrder(["a", "b", "c", "d"], ["b", "a", "d", "c"]).moved).toBe(2);
    expect(keepOrder(["a", "b", "c"], ["c", "b", "a"]).moved).toBe(2);
  });
  it("rows that are gone leave, new ones come last", () => {
    expect(keepOrder(["a", "b", "c"], ["new", "a", "c"]).names).toEqual(["a", "c", "new"]);
  });
  it("shows exactly the new rows, whatever was shown", () => {
    const names = fc.uniqueArray(fc.string({ maxLength: 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(names, names, (shown, next) => {
        expect([...keepOrder(shown, next).names].sort()).toEqual([...next].sort());
        expect(keepOrder(next, next).moved).toBe(0);
      }),
    );
  });
});
