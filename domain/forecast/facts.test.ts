import { expect, test } from "vitest";
import { type ClosedLane, hourMs, layOutClosings } from "./closings.ts";
import { askNow, type ForecastFacts, samplesOf, seeNow } from "./facts.ts";
import { fitModel } from "./fit-model.ts";
import { forecastHour } from "./forecast-hour.ts";

const minuteMs = 60_000;
const fromMs = Date.UTC(2026, 10, 22);
const hours = 14;
const startMs = fromMs + 12 * hourMs;
const endMs = startMs + hourMs;
const nowMs = endMs + 20 * minuteMs;

/** One type at two datacenters: every hour closed after five minutes, but for the west's hours from 12 on. */
function facts(change: Partial<ForecastFacts> = {}): ForecastFacts {
  const lanes = Array.from({ length: hours }, (_, hour) =>
    ["east", "west"].map((dc): ClosedLane => {
      const closedAtMs = fromMs + (hour + 1) * hourMs + 5 * minuteMs;
      const isClosed = closedAtMs <= nowMs && (dc === "east" || hour < 12);
      return { eventType: "A", dc, hourStartMs: fromMs + hour * hourMs, closedAtMs: isClosed ? closedAtMs : null };
    }),
  ).flat();
  const terms = [{ eventType: "A", tier: "high", deadlineMs: hourMs }];
  return {
    nowMs,
    closings: layOutClosings({ fromMs, hours }, terms, lanes),
    watermarks: new Map([
      [
        "A",
        new Map([
          ["east", nowMs - 5 * minuteMs],
          ["west", startMs + 30 * minuteMs],
        ]),
      ],
    ]),
    backlogs: new Map([
      [
        "A",
        new Map([
          ["", 15 * minuteMs],
          ["east", 0],
        ]),
      ],
    ]),
    unclosed: [
      {
        eventType: "A",
        hourStartMs: startMs,
        deadlineAtMs: endMs + hourMs,
        lanes: [
          { dc: "east", closedAtMs: endMs + 5 * minuteMs, produced: 10, delivered: 10 },
          { dc: "west", closedAtMs: null, produced: 8, delivered: 3 },
        ],
      },
    ],
    ...change,
  };
}

test("sees what shows at the datacenters that are open, and no other", () => {
  const [seen] = seeNow(facts());
  expect(seen?.lanes).toEqual([
    {
      dc: "west",
      signs: {
        lag: 50 / 30,
        backlog: 0.5,
        produced: 8,
        undelivered: 5,
        watermarkAgeMs: 50 * minuteMs,
        projectedDelayMs: expect.any(Number),
      },
    },
  ]);
  // It has moved 30 minutes since hour 11 closed, 75 minutes ago: slower than time.
  expect(seen?.lanes[0]?.signs.projectedDelayMs).toBeGreaterThan(50 * minuteMs);
});

test("leaves out hours that are expected nowhere and types that it does not know", () => {
  const [hour] = facts().unclosed;
  if (!hour) throw new Error("no hour");
  expect(seeNow(facts({ unclosed: [{ ...hour, lanes: [] }] }))).toEqual([]);
  expect(seeNow(facts({ unclosed: [{ ...hour, eventType: "Unknown" }] }))).toEqual([]);
});

test("asks a model about what it sees", () => {
  const all = facts();
  const fitted = fitModel({ closings: all.closings, samples: [], nowMs });
  if (!fitted) throw new Error("null");
  const [question] = askNow(all, seeNow(all), fitted.model);
  if (!question) throw new Error("nothing asked");
  const { breachProbability, closesAt } = forecastHour(fitted.model, question);
  expect(breachProbability).toBeGreaterThan(0);
  expect(closesAt.p50.getTime()).toBeGreaterThan(nowMs);
});

test.each([
  ["on a landmark", 15, 15],
  ["soon after it", 20, 15],
  ["too long after it", 25, null],
  ["before the first", -45, null],
  ["while the hour is open", -28, -30],
])("takes a sample %s", (_when, waited, landmark) => {
  const atMs = endMs + waited * minuteMs;
  const samples = samplesOf(seeNow(facts({ nowMs: atMs })), atMs);
  expect(samples.map(({ landmarkMs }) => landmarkMs / minuteMs)).toEqual(landmark === null ? [] : [landmark]);
});
