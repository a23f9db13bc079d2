import { expect, test } from "vitest";
import { normalisedUrl } from "./normalised-url.ts";

const base = "http://tidemark/api/v1";

test("a name that is written with combining marks is the one with composed letters", () => {
  expect(normalisedUrl(`${base}/event-types/Cafe%CC%81%2FBar/hours?datacenter=Zu%CC%88rich&from=a+b`)).toBe(
    `${base}/event-types/Caf%C3%A9%2FBar/hours?datacenter=Z%C3%BCrich&from=a+b`,
  );
});

test.each(["/board", "/event-types/Caf%C3%A9", "/event-types/%ff%CC%81", "/event-types?q=a%2Bb+%F0%9F%8E%B5"])(
  "%s stays as it is",
  (path) => expect(normalisedUrl(base + path)).toBe(base + path),
);
