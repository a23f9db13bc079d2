import { describe, expect, test } from "vitest";
import { reasonSchema } from "./api/verdict.ts";
import { type EvidenceInQuestion, type HourInQuestion, reasonsOf } from "./reasons.ts";
import { finalStates } from "./revision.ts";
import { verdictStates } from "./verdict.ts";

const at = (time: string) => new Date(`2026-11-22T${time}Z`);
const lon = evidence("lon");

function evidence(name: string, changed: Partial<EvidenceInQuestion> = {}): EvidenceInQuestion {
  return {
    name,
    closed: true,
    watermark: at("14:00:00"),
    known: true,
    produced: 4_310n,
    lost: 0n,
    duplicated: 0n,
    ...changed,
  };
}

function explain(changed: Partial<HourInQuestion>) {
  return reasonsOf({
    state: "closing",
    endsAt: at("14:00:00"),
    datacenters: [lon],
    now: at("14:30:00"),
    lastSeenAt: new Map([
      ["lon", at("14:29:00")],
      ["sjc", at("14:29:00")],
    ]),
    telemetryAgeSeconds: 12,
    ...changed,
  });
}

const sjcOpen = evidence("sjc", { closed: false, watermark: at("13:41:00") });

describe("a datacenter that has not closed", () => {
  test("is open while it is heard, with where it stands", () => {
    expect(explain({ datacenters: [lon, sjcOpen] })).toEqual([
      {
        code: "datacenter_open",
        datacenter: "sjc",
        message: "sjc has not closed the hour: its watermark is at 13:41 UTC, 19 min before the hour's end.",
      },
    ]);
  });

  test("is open when it never said a watermark", () => {
    const [reason] = explain({ datacenters: [evidence("sjc", { closed: false, watermark: null })] });
    expect(reason?.message).toBe("sjc has not closed the hour: it has reported no watermark for this event type yet.");
  });

  test("open → silent: not heard for more than 15 minutes", () => {
    const heard = (time: string) => explain({ datacenters: [sjcOpen], lastSeenAt: new Map([["sjc", at(time)]]) });
    expect(heard("14:15:00")).toMatchObject([{ code: "datacenter_open" }]);
    expect(heard("14:14:59")).toEqual([
      { code: "datacenter_silent", datacenter: "sjc", message: "sjc has sent nothing since 14:14 UTC." },
    ]);
  });

  test("is silent since another day by its date", () => {
    const lastSeenAt = new Map([["sjc", new Date("2026-11-20T23:04:00Z")]]);
    expect(explain({ datacenters: [sjcOpen], lastSeenAt })[0]?.message).toBe(
      "sjc has sent nothing since 2026-11-20 23:04 UTC.",
    );
  });

  test.each([new Map(), new Map([["sjc", null]])])("is silent when it was never heard", (lastSeenAt) => {
    expect(explain({ datacenters: [sjcOpen], lastSeenAt })).toEqual([
      {
        code: "datacenter_silent",
        datacenter: "sjc",
        message: "sjc has not sent any message yet. Check that its reporters run and reach Tidemark.",
      },
    ]);
  });

  test("is late and not losing: what is not delivered may still come", () => {
    expect(explain({ state: "late", datacenters: [{ ...sjcOpen, lost: 12n }] }).map((reason) => reason.code)).toEqual([
      "datacenter_open",
    ]);
  });
});

test("no datacenter is expected: says what to claim", () => {
  expect(explain({ datacenters: [] })).toMatchObject([
    { code: "datacenter_open", message: expect.stringContaining("Claim one") },
  ]);
});

test("unknown counts are reported as unknown, not as loss", () => {
  const unknown = evidence("sjc", { known: false, produced: null });
  expect(explain({ state: "unverified", datacenters: [lon, unknown] })).toEqual([
    {
      code: "counts_missing",
      datacenter: "sjc",
      message: "sjc has reported no produced counts, so its losses are unknown.",
    },
  ]);
});

test("missing reporters are named with their usual share, in place of what is unknown because of them", () => {
  const sjc = evidence("sjc", { known: false, produced: null, reportersExpected: 14, reportersMissing: 2 });
  const usual = { name: "sjc/web-3", usualShare: 0.12 };
  const told = { state: "unverified", datacenters: [lon, sjc] } as const;
  expect(explain({ ...told, missingReporters: new Map([["sjc", [usual]]]) })).toEqual([
    {
      code: "reporters_missing",
      datacenter: "sjc",
      message:
        "sjc is missing produced counts from 2 of 14 expected reporters: sjc/web-3 (usually 12 % of its produced events) and 1 more. Its losses are unknown until they arrive.",
      reporters: [usual],
    },
  ]);
  expect(explain(told)).toEqual([
    {
      code: "reporters_missing",
      datacenter: "sjc",
      message:
        "sjc is missing produced counts from 2 of 14 expected reporters. Its losses are unknown until they arrive.",
    },
  ]);
});

test("loss is reported as N of M and as a share, the largest first", () => {
  const datacenters = [evidence("ash", { lost: 3 }), evidence("sjc", { lost: 12n })];
  expect(explain({ state: "incomplete", datacenters })).toEqual([
    { code: "lost_events", datacenter: "sjc", message: "sjc lost 12 of 4,310 events (0.28 %)." },
    { code: "lost_events", datacenter: "ash", message: "ash lost 3 of 4,310 events (0.07 %)." },
  ]);
});

test("duplicates are distinguished from loss", () => {
  const datacenters = [evidence("sjc", { duplicated: 12n }), evidence("lon", { lost: 5n })];
  expect(explain({ state: "incomplete", datacenters }).map((reason) => reason.message)).toEqual([
    "lon lost 5 of 4,310 events (0.12 %).",
    "sjc duplicated 12 of 4,310 events (0.28 %).",
  ]);
});

test("duplicates of nothing have no share", () => {
  const [reason] = explain({
    state: "overcounted",
    datacenters: [evidence("sjc", { produced: 0n, duplicated: 1_200n })],
  });
  expect(reason).toEqual({
    code: "duplicate_events",
    datacenter: "sjc",
    message: "sjc delivered 1,200 events and produced none.",
  });
});

describe("stale telemetry", () => {
  test.each(verdictStates)("of an hour that is %s", (state) => {
    const codes = explain({ state, telemetryAgeSeconds: 301 }).map((reason) => reason.code);
    expect(codes).toEqual(finalStates.has(state) ? [] : ["telemetry_stale"]);
  });

  test("is older than 5 minutes", () => {
    expect(explain({ telemetryAgeSeconds: 300 })).toEqual([]);
    expect(explain({ telemetryAgeSeconds: 3_720 })[0]?.message).toBe(
      "Tidemark has received nothing for 62 min. The hour may be further along than shown.",
    );
  });

  test("is there when nothing was ever received", () => {
    expect(explain({ telemetryAgeSeconds: null })).toMatchObject([{ code: "telemetry_stale" }]);
  });
});

test.each(["open", "complete"] as const)("an hour that is %s needs no reason", (state) => {
  expect(explain({ state, datacenters: [sjcOpen, evidence("lon", { lost: 1n })] })).toEqual([]);
});

test("an hour that has not ended needs no reason, whatever its stored state", () => {
  expect(explain({ now: at("13:59:59"), datacenters: [sjcOpen] })).toEqual([]);
});

test("every reason is one of the contract's", () => {
  const datacenters = [
    evidence("a", { lost: 1 }),
    evidence("b", { duplicated: 1 }),
    evidence("c", { known: false, produced: null }),
    sjcOpen,
  ];
  const reasons = [
    ...explain({ datacenters, telemetryAgeSeconds: null }),
    ...explain({ datacenters: [sjcOpen], lastSeenAt: new Map() }),
  ];
  expect(new Set(reasons.map((reason) => reasonSchema.parse(reason).code)).size).toBe(6);
});
