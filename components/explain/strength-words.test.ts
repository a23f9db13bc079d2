import { expect, test } from "vitest";
import { strengthWords } from "./strength-words.ts";

test("a score is said in three steps", () => {
  expect([0.99, 0.8, 0.79, 0.5, 0.49, 0].map(strengthWords)).toEqual([
    "much speaks for it",
    "much speaks for it",
    "some things speak for it",
    "some things speak for it",
    "little speaks for it",
    "little speaks for it",
  ]);
});
