import { expect, test } from "vitest";
import { diagnoseLate } from "./diagnose-late.ts";
import type { IncidentFacts, PlaceFacts } from "./facts.ts";

const minuteMs = 60_000;
const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const sampled = 30;
const firstMs = at("08:40").getTime();
const hourMs = at("07:00").getTime();

/** Sampled from 08:40 on, its watermark standing at 07:27 and nothing it produces published. */
const minutes = Array.from({ length: sampled }, (_, minute) => firstMs + minute * minuteMs);
const place: PlaceFacts = {
  datacenter: "sjc",
  atMs: minutes,
  heardMs: minutes,
  lanes: [
    {
      eventType: "EndSong",
      isNamed: true,
      usualDelay: { p50Seconds: 300, p90Seconds: 600, hours: 24 },
      backlogs: [],
      samples: {
        markMs: minutes.map(() => at("07:27").getTime()),
        fromHourMs: minutes.map(() => hourMs),
        produced: minutes.map((_, minute) => 7_000 + 100 * minute),
        published: minutes.map(() => 2_700),
        delivered: minutes.map(() => 2_700),
        skewed: minutes.map(() => 0),
      },
      usualProduced: new Map(),
    },
  ],
  instances: [],
  hours: [],
};
const facts: IncidentFacts = {
  now: at("09:10"),
  openedAt: at("08:41"),
  trouble: "late",
  eventType: null,
  places: [place],
  deployments: [],
  deploymentsFrom: at("00:00"),
  telemetryAgeSeconds: 5,
};

test("a cause begins with the onset that is pinned, also if the first sample came later", () => {
  const found = diagnoseLate(place, facts, { at: at("07:29"), source: "counts" });
  expect(found?.onset.at).toEqual(at("07:29"));
  expect(found?.cause.sentence).toContain("stopped reaching the queue at 2026-11-22 07:29 UTC");
});

test("without one it begins with the growth that the samples show", () => {
  const found = diagnoseLate(place, facts, null);
  expect(found?.cause.sentence).toContain(`at ${found?.onset.at.toISOString().slice(0, 16).replace("T", " ")} UTC`);
});
