import { expect, test } from "vitest";
import { dragMove, levelAfter, levelWidth } from "./drag-move.ts";

const around = { levelX: 100, before: { top: 0, bottom: 40 }, after: { top: 80, bottom: 160 } };

test("past the middle of a sibling it takes the sibling's place, not before", () => {
  expect(dragMove({ x: 100, y: 19 }, around)).toBe("up");
  expect(dragMove({ x: 100, y: 21 }, around)).toBeNull();
  expect(dragMove({ x: 100, y: 119 }, around)).toBeNull();
  expect(dragMove({ x: 100, y: 121 }, around)).toBe("down");
  expect(dragMove({ x: 100, y: -500 }, { ...around, before: null })).toBeNull();
});

test("each level aside is one move", () => {
  const inwards = { x: 100 + levelWidth, y: 60 };
  expect(dragMove(inwards, around)).toBe("in");
  const levelX = levelAfter("in", 100);
  expect(dragMove(inwards, { ...around, levelX })).toBeNull();
  expect(dragMove({ x: 100, y: 60 }, { ...around, levelX })).toBe("out");
  expect([levelAfter("out", levelX), levelAfter("up", levelX)]).toEqual([100, levelX]);
});
