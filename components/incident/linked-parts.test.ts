import { expect, test } from "vitest";
import { linkedParts } from "./linked-parts.ts";

const links = (text: string) => linkedParts(text).flatMap(({ href }) => href ?? []);
const joined = (text: string) =>
  linkedParts(text)
    .map((part) => part.text)
    .join("");

test("an address in a sentence is a link without the sentence's marks", () => {
  expect(links("See https://wiki.example.com/exporter, then (http://grafana.example.com/d/1?x=(2)).")).toEqual([
    "https://wiki.example.com/exporter",
    "http://grafana.example.com/d/1?x=(2))",
  ]);
  expect(links("(https://wiki.example.com/a)")).toEqual(["https://wiki.example.com/a"]);
});

test.each(["javascript:alert(1)", "data:text/html,<b>", "ftp://example.com/a", "//example.com", "www.example.com"])(
  "%s stays text",
  (text) => {
    expect(links(`see ${text} now`)).toEqual([]);
  },
);

test("markup ends an address, and no text is lost", () => {
  const text = '<img src=x onerror=alert(1)> https://example.com/<script>alert("1")</script>\nsecond line';
  expect(links(text)).toEqual(["https://example.com/"]);
  expect(joined(text)).toBe(text);
  expect(joined("")).toBe("");
});
