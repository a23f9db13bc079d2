import { expect, test } from "vitest";
import { typeLinks } from "./use-this-type.tsx";

test("names that URLs and Markdown do not like are written so that both do", () => {
  const texts = typeLinks("https://tidemark.example.com", "End Song[1]").map(({ text }) => text);
  expect(texts).toEqual([
    "[![End Song\\[1\\]](https://tidemark.example.com/api/v1/event-types/End%20Song%5B1%5D/badge.svg)](https://tidemark.example.com/event-types/End%20Song%5B1%5D)",
    "https://tidemark.example.com/api/v1/event-types/End%20Song%5B1%5D/feed.atom",
    "https://tidemark.example.com/api/v1/event-types/End%20Song%5B1%5D/feed.json",
  ]);
});
