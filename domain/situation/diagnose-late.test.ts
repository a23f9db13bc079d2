import { describe, expect, test } from "vitest";
import type { Citation } from "../source/citation.ts";
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
      measuredBy: null,
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

describe("where only a source's samples show the watermarks", () => {
  const measuredBy: Citation = {
    fact: "watermark",
    source: "google",
    kind: "cloudMonitoring",
    sampledSeconds: 60,
    visibleSeconds: 240,
  };
  const measured = { ...place, lanes: place.lanes.map((lane) => ({ ...lane, measuredBy })) };

  test("it may have begun as much earlier as they show late, and sentences say so", () => {
    const found = diagnoseLate(measured, { ...facts, places: [measured] }, null);
    const { at: shown = new Date(0), earliestAt } = found?.onset ?? {};
    expect(earliestAt).toEqual(new Date(shown.getTime() - 300_000));
    expect(found?.cause.sentence).toContain(` by ${shown.toISOString().slice(0, 16).replace("T", " ")} UTC`);
    expect(found?.cause.evidence.map(({ code }) => code)).toContain("measured_by google");
  });

  test("one lane that a reporter states shows the onset at once", () => {
    const [first] = place.lanes;
    if (!first) throw new Error("no lane");
    const mixed = { ...place, lanes: [...measured.lanes, first] };
    expect(diagnoseLate(mixed, { ...facts, places: [mixed] }, null)?.onset).not.toHaveProperty("earliestAt");
  });
});

describe("after a silence of 40 minutes, while nothing is delivered yet", () => {
  const all = Array.from({ length: 60 }, (_, minute) => firstMs + minute * minuteMs);
  const backAt = 40;
  const since = (minute: number) => Math.max(0, minute - backAt);
  const laterCause = (publishedEachMinute: number) => {
    const [lane] = place.lanes;
    if (!lane) throw new Error("no lane");
    const back: PlaceFacts = {
      ...place,
      atMs: all,
      heardMs: all.map((ms, minute) => (minute < backAt ? firstMs : ms)),
      lanes: [
        {
          ...lane,
          samples: {
            ...lane.samples,
            markMs: all.map(() => at("08:27").getTime()),
            fromHourMs: all.map(() => hourMs),
            produced: all.map((_, minute) => (minute < backAt ? 7_000 : 11_000 + 100 * since(minute))),
            published: all.map((_, minute) => 7_000 + publishedEachMinute * since(minute)),
            delivered: all.map(() => 6_000),
            skewed: all.map(() => 0),
          },
        },
      ],
    };
    const now = new Date(all.at(-1) ?? 0);
    return diagnoseLate(back, { ...facts, now, places: [back] }, { at: at("08:40"), source: "silence" })?.later;
  };

  test("what it held up is still on its way: no other cause", () => {
    expect(laterCause(300)).toBeNull();
  });

  test("once it comes no faster than it is produced, the standing watermark is one", () => {
    expect(laterCause(100)?.code).toBe("watermark_stalled");
  });
});
