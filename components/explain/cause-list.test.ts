import { expect, test } from "vitest";
import { strengthWords } from "./cause-list.tsx";

test("a score is said in three steps", () => {
  expect([0.99, 0.8, 0.79, 0.5, 0.49, 0].map(strengthWords)).toEqual([
    "strong evidence",
    "strong evidence",
    "some evidence",
    "some evidence",
    "weak evidence",
    "weak evidence",
  ]);
});
