import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { type Account, accountOf } from "./account.ts";
import { type Comparison, compareAccounts } from "./compare-accounts.ts";
import { type OutageDay, outageDay } from "./outage-day.ts";
import { toldByExporters } from "./teller.ts";
import { toldByMonitoring } from "./told-by-monitoring.ts";

/** Samples are a minute apart. */
const resolutionSeconds = 60;
/** Of a Dataflow watermark: when its point is visible, and up to a minute until the next look. */
const visibleSeconds = 240;
const problems = new Set<string>();
const scratch: TestDatabase[] = [];
let exporters: Account;
let monitoring: Account;
let cutOff: Account;
let compared: Comparison;
let ofCut: Comparison;

async function live(day: OutageDay, by: "exporters" | "monitoring"): Promise<Account> {
  const world = outageDay(day);
  const own = await createTestDatabase();
  scratch.push(own);
  if (by === "exporters") return accountOf(own.database, world, toldByExporters(world));
  const teller = toldByMonitoring(world);
  const account = await accountOf(own.database, world, teller);
  for (const problem of teller.problems) problems.add(problem);
  return account;
}

beforeAll(async () => {
  exporters = await live("short", "exporters");
  monitoring = await live("short", "monitoring");
  compared = compareAccounts(outageDay("short"), monitoring, exporters);
  cutOff = await live("before the queue", "monitoring");
  ofCut = compareAccounts(outageDay("before the queue"), cutOff, cutOff);
}, 900_000);
afterAll(() => Promise.all(scratch.map((each) => each.drop())));

test("every look finds what it asks for", () => {
  expect([...problems]).toEqual([]);
});

test("hours close at the sample after they closed, and are known once it is visible", () => {
  expect(compared.falseClosings).toEqual([]);
  expect(monitoring.closings.map(({ lane }) => lane).sort()).toEqual(exporters.closings.map(({ lane }) => lane).sort());
  expect(compared.closedLater?.most).toBeLessThanOrEqual(resolutionSeconds);
  expect(compared.knownAfter?.least).toBeGreaterThanOrEqual(visibleSeconds);
  expect(compared.knownAfter?.most).toBeLessThanOrEqual(visibleSeconds + 2 * resolutionSeconds);
});

test("the board calls no hour complete that no reporter counted", () => {
  expect([...exporters.states]).toContain("complete");
  expect([...monitoring.states].sort()).toEqual([".", "g", "o", "u", "unverified", "v"]);
});

test("one incident opens, with the datacenter, the cause and, but for the visibility, the onset that exporters report", () => {
  expect(monitoring.incidents.map(({ causeKey }) => causeKey)).toEqual(["datacenter/sjc/late"]);
  expect([...monitoring.causes]).toEqual([["datacenter/sjc/late", new Set(["watermark_stalled delivered"])]]);
  expect([...exporters.causes]).toEqual([...monitoring.causes]);
  const onset = Date.parse(monitoring.incidents[0]?.situation.onset.at ?? "") - Date.parse("2026-11-22T13:20:00Z");
  expect(onset).toBeGreaterThanOrEqual(0);
  expect(onset / 1000).toBeLessThanOrEqual(visibleSeconds + resolutionSeconds);
  const earliest = Date.parse(monitoring.incidents[0]?.situation.onset.earliestAt ?? "");
  expect(earliest).toBeLessThanOrEqual(Date.parse("2026-11-22T13:20:00Z"));
  expect(exporters.incidents[0]?.situation.onset).not.toHaveProperty("earliestAt");
  expect(monitoring.incidents[0]?.situation.cause.evidence.map(({ fact }) => fact)).toContainEqual(
    expect.stringMatching(
      /measured by Google Cloud Monitoring \(source .*\): sampled every 60 s, visible up to 4 min late/,
    ),
  );
  expect(monitoring.incidents[0]?.state).toBe("resolved");
});

test("the backlog alerts of the datacenter fire, two minutes later and for no other", () => {
  const backlog = monitoring.fired.filter(({ rule }) => rule === "backlog-old-high");
  expect(new Set(backlog.map(({ datacenter }) => datacenter))).toEqual(new Set(["sjc"]));
  expect(compared.backlogLater?.count).toBe(backlog.length);
  expect(compared.backlogLater?.least).toBeGreaterThan(0);
  expect(compared.backlogLater?.most).toBeLessThanOrEqual(120 + 2 * resolutionSeconds);
  expect([compared.onlyThere, monitoring.fired.filter(({ datacenter }) => datacenter === "sto")]).toEqual([[], []]);
});

test("an outage before the queue is beyond Google's sight: hours close without it, and are unverified", () => {
  expect(cutOff.incidents).toEqual([]);
  expect(ofCut.falseClosings.sort()).toEqual(["AdImpression sjc 2026-11-22T13", "EndSong sjc 2026-11-22T13"]);
  expect([...cutOff.states].sort()).toEqual([".", "g", "o", "u", "unverified", "v"]);
});
