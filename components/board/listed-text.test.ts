import { expect, test } from "vitest";
import { listedText, unreadText } from "./listed-text.ts";

test("the text names the number of all types, or how many of them match", () => {
  expect(listedText({ matching: 1_000, claimed: 1_000 })).toBe("1,000 types");
  expect(listedText({ matching: 12, claimed: 1_000 })).toBe("12 of 1,000 types");
});

test("a page that came with the first rows says so until it has the others", () => {
  expect(unreadText({ read: 60, claimed: 1_000, failure: null })).toBe("Loading the other 940 types…");
  expect(unreadText({ read: 60, claimed: 61, failure: "Tidemark does not answer." })).toBe(
    "Couldn’t load the other 1 type. Retrying.",
  );
  expect(unreadText({ read: 61, claimed: 61, failure: "Tidemark does not answer." })).toBeNull();
});
