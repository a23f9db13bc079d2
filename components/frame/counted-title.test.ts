import { expect, test } from "vitest";
import { countedTitle } from "./counted-title.ts";

test("a title is counted once, and its count goes when nothing is open", () => {
  expect(countedTitle("Board · Tidemark", 2)).toBe("(2) Board · Tidemark");
  expect(countedTitle("(2) Board · Tidemark", 3)).toBe("(3) Board · Tidemark");
  expect(countedTitle("(3) Board · Tidemark", 0)).toBe("Board · Tidemark");
});
