import { describe, expect, it } from "vitest";
import { nextSituation, type Observed, openingSituation } from "./next-situation.ts";
import type { AffectedHours, Impact, LikelyCause, Recovery, Situation } from "./situation.ts";

const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const cause: LikelyCause = {
  code: "datacenter_silent",
  datacenter: "sjc",
  stage: "produced",
  component: null,
  instance: null,
  version: null,
  deploymentId: null,
  score: 0.45,
  sentence: "sjc has sent nothing since 2026-11-22 13:19 UTC.",
  evidence: [],
};
const onset = { at: at("13:19"), source: "silence" as const };
const hours = (part: Partial<AffectedHours> = {}): AffectedHours => ({
  first: at("13:00"),
  last: at("14:00"),
  affected: 40,
  eventTypeCount: 40,
  final: 0,
  accepted: 0,
  lossy: 0,
  ...part,
});
const impact = (part: Partial<Impact> = {}): Observed["impact"] => ({
  missedDeadlines: 0,
  lost: 0,
  duplicated: 0,
  produced: null,
  consumers: [],
  consumerCount: 0,
  ...part,
});
const seen = (
  part: Partial<Observed> = {},
): Observed & { diagnosis: { cause: LikelyCause; onset: typeof onset; recovery: null } } => ({
  causeKey: "datacenter/sjc/late",
  extent: { datacenters: ["sjc"], eventTypes: ["EndSong"], eventTypeCount: 40, hours: hours() },
  impact: impact(),
  risksAt: [],
  deployed: [],
  muted: null,
  firing: 22,
  openedAt: at("13:24"),
  resolved: null,
  ...part,
  diagnosis: { cause, onset, recovery: null },
});
const recoversAt = (p50: string, asOf: string): Recovery => ({
  p50At: at(p50),
  p90At: at("16:00"),
  trend: "steady",
  asOf: at(asOf),
});
const opened = openingSituation(seen(), at("13:24"));
const recovering = (recovery: Recovery | null): Partial<Observed> => ({ diagnosis: { cause, onset, recovery } });

/** The situation after observations one after the other, and the last reason. */
function live(steps: readonly [string, Partial<Observed>][], from: Situation = opened) {
  let situation = from;
  let reason: string | null = null;
  for (const [time, part] of steps) {
    const next = nextSituation(situation, { ...seen(part), diagnosis: part.diagnosis ?? seen().diagnosis }, at(time));
    situation = next?.situation ?? situation;
    reason = next?.reason ?? null;
  }
  return { ...situation, reason };
}

describe("the phase", () => {
  it("– → starting: it opens", () => {
    expect(opened).toMatchObject({ phase: "starting", phaseSince: at("13:24") });
    expect(opened.sentence).toBe(
      "sjc: no messages received since 2026-11-22 13:19 UTC. 40 hours of 40 event types affected; none recovered yet.",
    );
  });

  it("starting → starting: nothing is news in its first minutes", () => {
    expect(live([["13:28", {}]])).toMatchObject({ phase: "starting", reason: null });
  });

  it("starting → ongoing: five minutes have passed", () => {
    expect(live([["13:29", {}]])).toMatchObject({
      phase: "ongoing",
      phaseSince: at("13:29"),
      reason: "Ongoing: it opened 5 min ago.",
    });
  });

  it("ongoing → recovering: a recovery is expected", () => {
    const found = live([
      ["13:29", {}],
      ["14:55", recovering(recoversAt("15:20", "14:55"))],
    ]);
    expect(found).toMatchObject({
      phase: "recovering",
      reason: "Recovering: all closed by about 2026-11-22 15:20 UTC.",
    });
    expect(found.sentence).toBe(
      "sjc: no messages received since 2026-11-22 13:19 UTC. 40 hours of 40 event types affected; none recovered yet. Catching up, all closed by about 2026-11-22 15:20 UTC.",
    );
  });

  it("ongoing → recovering: none of its alerts fires", () => {
    const found = live([
      ["13:29", {}],
      ["14:55", { firing: 0 }],
    ]);
    expect(found).toMatchObject({ phase: "recovering", reason: "Recovering: none of its alerts fires any more." });
    expect(found.sentence).toMatch(/None of its alerts fires any more\.$/);
  });

  it("recovering → recovering: an estimate that is missing for a moment is bridged", () => {
    const found = live([
      ["14:55", recovering(recoversAt("15:20", "14:55"))],
      ["14:57", {}],
    ]);
    expect(found).toMatchObject({ phase: "recovering", reason: null, recovery: { p50At: at("15:20") } });
  });

  it("recovering → ongoing: it gets worse, no recovery has been expected for three minutes", () => {
    const found = live([
      ["14:55", recovering(recoversAt("15:20", "14:55"))],
      ["14:58", { firing: 3 }],
    ]);
    expect(found).toMatchObject({
      phase: "ongoing",
      recovery: null,
      reason: "Worse again: 3 alerts firing and no recovery in sight.",
    });
  });

  it("recovering → ongoing: an alert fires again", () => {
    const found = live([
      ["14:55", { firing: 0 }],
      ["14:56", { firing: 1 }],
    ]);
    expect(found).toMatchObject({ phase: "ongoing", reason: "Worse again: 1 alert firing and no recovery in sight." });
  });

  it.each([
    ["starting", []],
    ["ongoing", [["13:29", {}]]],
    ["recovering", [["14:55", { firing: 0 }]]],
  ] as [string, [string, Partial<Observed>][]][])("%s → over: it is resolved", (_phase, before) => {
    const found = live([...before, ["15:30", { firing: 0, resolved: { at: at("15:30"), by: "tidemark" } }]]);
    expect(found).toMatchObject({ phase: "over", phaseSince: at("15:30"), recovery: null });
    expect(found.reason).toBe("Over: its alerts are normal and its hours are final or accepted.");
    expect(found.sentence).toMatch(/^sjc: no messages received from 2026-11-22 13:19 to 15:30 UTC\./);
  });

  it("over → over: nothing is news, whatever fires elsewhere", () => {
    const over = live([["15:30", { firing: 0, resolved: { at: at("15:30"), by: "mira" } }]]);
    expect(over.reason).toBe("Over: resolved by mira.");
    expect(nextSituation(over, seen({ firing: 9 }), at("15:40"))).toBeNull();
  });
});

describe("hours", () => {
  const said = (part: Partial<AffectedHours>, cost: Partial<Impact> = {}, risksAt: readonly Date[] = []) =>
    live([
      ["13:26", { extent: { ...seen().extent, hours: hours(part) }, impact: impact(cost), risksAt }],
    ]).sentence.replace(/^.*?UTC\. /, "");

  it("that closed with loss never recovered", () => {
    expect(said({ affected: 1, eventTypeCount: 1, final: 1, lossy: 1 }, { lost: 3000, produced: 60_000 })).toBe(
      "1 hour of 1 event type affected; 1 closed with loss (3,000 of 60,000 events lost).",
    );
  });

  it("that were accepted are neither recovered nor lost", () => {
    expect(said({ final: 12, accepted: 2, lossy: 1 }, { lost: 1 })).toBe(
      "40 hours of 40 event types affected; 11 recovered, 2 accepted, 1 closed with loss (1 event lost).",
    );
  });

  it("with duplicates, or unknown counts, are final but not complete", () => {
    expect(said({ final: 1, lossy: 1 }, { duplicated: 12 })).toContain(
      "1 final but not complete (12 events duplicated)",
    );
    expect(said({ final: 1, lossy: 1 })).toContain("1 final but not complete.");
  });

  it("that missed their deadline stay missed, and those at risk are counted separately", () => {
    expect(said({ final: 3 }, { missedDeadlines: 3 }, Array(12).fill(at("15:00")))).toBe(
      "40 hours of 40 event types affected: 3 deadlines missed, 12 at risk; 3 recovered.",
    );
  });

  it("that the expected recovery closes before their deadline are not at risk", () => {
    const risksAt = [at("15:10"), at("17:00")];
    const found = live([["14:55", { ...recovering(recoversAt("15:20", "14:55")), risksAt }]]);
    expect(found.sentence).toContain(
      "affected: 1 at risk; none recovered yet. Catching up, all closed by about 2026-11-22 15:20",
    );
    expect(live([["13:26", { risksAt }]]).sentence).toContain("affected: 2 at risk;");
  });

  it("lists none where none is affected", () => {
    const none = { extent: { ...seen().extent, hours: null } };
    expect(live([["13:26", none]]).sentence).toMatch(/No hour affected yet\.$/);
    const over = live([["13:40", { ...none, firing: 0, resolved: { at: at("13:40"), by: "tidemark" } }]]);
    expect(over.sentence).toMatch(/No hour was affected\.$/);
  });

  it("are not known while an alert alone is", () => {
    const { diagnosis, ...rest } = seen();
    const byAlert = { ...diagnosis, onset: { ...onset, source: "alert" as const } };
    const extent = { ...rest.extent, hours: null };
    const { sentence } = openingSituation({ ...rest, extent, diagnosis: byAlert }, at("13:24"));
    expect(sentence).toMatch(/Affected hours are not known yet\.$/);
  });

  it("are of the types whose hours they are, not of all that alerts name", () => {
    expect(said({ affected: 1, eventTypeCount: 1 }, {})).toBe("1 hour of 1 event type affected; none recovered yet.");
  });
});

describe("a revision is due when", () => {
  const reasonOf = (part: Partial<Observed>, before: Partial<Observed> = {}) =>
    live([
      ["13:26", before],
      ["13:27", part],
    ]).reason;

  it("the cause is another, in code, place, component or version", () => {
    const other = { ...cause, code: "publishing_stalled" as const, sentence: "sjc's events do not reach the queue." };
    expect(reasonOf({ diagnosis: { cause: other, onset, recovery: null } })).toBe(
      "Likely cause: sjc's events do not reach the queue.",
    );
    const newer = {
      ...cause,
      score: 0.9,
      sentence: "sjc has sent nothing since 2026-11-22 13:19 UTC, in all 5 components.",
    };
    expect(reasonOf({ diagnosis: { cause: newer, onset, recovery: null } })).toBeNull();
  });

  it("the onset is known better", () => {
    const better = { at: at("13:12"), source: "watermark" as const };
    expect(reasonOf({ diagnosis: { cause, onset: better, recovery: null } })).toBe(
      "Began at 2026-11-22 13:12 UTC by the watermark (before: 2026-11-22 13:19 UTC).",
    );
  });

  it("the incident touches more datacenters, types or hours", () => {
    const extent = { ...seen().extent, datacenters: ["lon", "sjc"], eventTypeCount: 41 };
    expect(reasonOf({ extent })).toBe("Also at lon. 41 event types involved (before: 40).");
  });

  it("deadlines are missed or events are lost", () => {
    expect(reasonOf({ impact: impact({ missedDeadlines: 3, lost: 1 }) })).toBe("3 deadlines missed. 1 event lost.");
    expect(reasonOf({ impact: impact({ missedDeadlines: 3 }) }, { impact: impact({ missedDeadlines: 1 }) })).toBe(
      "3 deadlines missed (before: 1).",
    );
  });

  it("it is silenced, and no longer", () => {
    const muted = { reason: "silenced" as const, until: at("15:00") };
    expect(reasonOf({ muted })).toBe("Silenced until 2026-11-22 15:00 UTC.");
    expect(reasonOf({}, { muted })).toBe("Notified again.");
    expect(live([["13:26", { muted }]]).sentence).toMatch(/Silenced until 2026-11-22 15:00 UTC\.$/);
  });

  it("never because nothing fires any more: what kept it quiet is remembered, and no longer said", () => {
    const muted = { reason: "silenced" as const, until: at("15:00") };
    const quiet = live([
      ["13:26", { muted }],
      ["15:10", { firing: 0 }],
    ]);
    expect(quiet).toMatchObject({ muted, reason: "Recovering: none of its alerts fires any more." });
    expect(quiet.sentence).not.toContain("Silenced");
    expect(live([["15:30", { firing: 0, resolved: { at: at("15:30"), by: "tidemark" } }]], quiet).muted).toEqual(muted);
  });

  it("its recovery moved by more than two minutes and a tenth of what remains, in small steps too", () => {
    const moved = (...times: string[]) =>
      live(times.map((time, minute) => [`14:5${minute}`, recovering(recoversAt(time, `14:5${minute}`))])).reason;
    expect(moved("15:20", "15:22")).toBeNull();
    expect(moved("15:20", "15:24")).toBe("All closed by about 2026-11-22 15:24 UTC (before: 2026-11-22 15:20 UTC).");
    expect(moved("15:20", "15:22", "15:24")).toBe(
      "All closed by about 2026-11-22 15:24 UTC (before: 2026-11-22 15:20 UTC).",
    );
  });

  it("and not when figures alone move: they are rewritten", () => {
    const next = nextSituation(opened, seen({ risksAt: Array(7).fill(at("15:00")) }), at("13:25"));
    expect(next).toMatchObject({ reason: null, situation: { impact: { hoursAtRisk: 7 } } });
  });
});

describe("after the end", () => {
  const over = live([
    [
      "15:30",
      {
        firing: 0,
        extent: { ...seen().extent, hours: hours({ final: 40 }) },
        resolved: { at: at("15:30"), by: "tidemark" },
      },
    ],
  ]);

  it("an amended hour makes a revision, and changes nothing but its figures", () => {
    const amended = nextSituation(
      over,
      seen({
        extent: { datacenters: [], eventTypes: [], eventTypeCount: 0, hours: hours({ final: 40, lossy: 1 }) },
        impact: impact({ lost: 30, produced: 900 }),
        diagnosis: { cause: { ...cause, code: "backlog" }, onset, recovery: null },
      }),
      at("18:00"),
    );
    expect(amended?.reason).toBe("Amended after the end: 30 events lost. 1 hour closed with loss.");
    expect(amended?.situation).toMatchObject({ phase: "over", phaseSince: at("15:30"), cause, onset });
    expect(amended?.situation.extent).toMatchObject({ datacenters: ["sjc"], eventTypeCount: 40 });
    expect(amended?.situation.sentence).toBe(
      "sjc: no messages received from 2026-11-22 13:19 to 15:30 UTC. 40 hours of 40 event types affected; 39 recovered, 1 closed with loss (30 of 900 events lost).",
    );
  });
});

it("says that it has caught up while alerts still hold, and never that it is worse again", () => {
  const before = nextSituation(
    opened,
    { ...seen(), ...recovering(recoversAt("15:20", "15:00")) },
    at("15:00"),
  )!.situation;
  const done = { ...recoversAt("15:18", "15:18"), p90At: at("15:18") };
  const closed = { ...seen().extent, hours: hours({ final: 40 }) };
  const next = nextSituation(before, { ...seen(), extent: closed, ...recovering(done) }, at("15:18"))!;
  expect(next.situation).toMatchObject({ phase: "recovering", recovery: { p50At: at("15:18") } });
  expect(next.situation.sentence).toContain("Caught up; waiting for its alerts to clear.");
  expect(next.reason).toContain("Caught up.");
  const open = nextSituation(before, { ...seen(), ...recovering(done) }, at("15:18"))!;
  expect(open.situation.sentence).toContain("Catching up, the last hours are about to close.");
});
