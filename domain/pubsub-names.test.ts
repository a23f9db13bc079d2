import { describe, expect, test } from "vitest";
import { fullName, parseSubscriptions, parseTopic } from "./pubsub-names.ts";

describe("names of Pub/Sub's subscriptions", () => {
  test("short ones, full ones and regional endpoints may be listed", () => {
    expect(
      parseSubscriptions(
        "tidemark-ingest, projects/acme-eu/subscriptions/in-eu@europe-west1-pubsub.googleapis.com:443",
      ),
    ).toEqual([
      { name: "tidemark-ingest", endpoint: null },
      { name: "projects/acme-eu/subscriptions/in-eu", endpoint: "europe-west1-pubsub.googleapis.com:443" },
    ]);
  });

  test.each([
    "",
    "tidemark-ingest,",
    "1st",
    "ab",
    "projects/acme/topics/in-eu",
    "projects//subscriptions/in-eu",
    "in-eu@",
    "in-eu@host/path",
    "in-eu@host:port",
    "in-eu,in-eu",
    Array.from({ length: 33 }, (_, index) => `in-${index}`).join(","),
  ])("%j is refused", (text) => expect(parseSubscriptions(text)).toBeUndefined());

  test("a topic is a short or a full name", () => {
    expect(parseTopic("tidemark-events")).toBe("tidemark-events");
    expect(parseTopic("projects/acme/topics/events")).toBe("projects/acme/topics/events");
    expect(parseTopic("projects/acme/subscriptions/events")).toBeUndefined();
  });

  test("a short name is completed with the project, a full one is left", () => {
    expect(fullName("topics", "events", "acme")).toBe("projects/acme/topics/events");
    expect(fullName("topics", "projects/other/topics/events", "acme")).toBe("projects/other/topics/events");
  });
});
