import { expect, test } from "vitest";
import { parseMatchers } from "../routing/parse-matchers.ts";
import { parseRoutingTree } from "../routing.ts";
import type { Silence } from "../silence.ts";
import { whyMuted } from "./why-muted.ts";

const at = (minute: number) => new Date(Date.parse("2026-11-22T12:00:00Z") + minute * 60_000);

function treeOf(route: object = {}, channels = ["hook"]) {
  const parsed = parseRoutingTree({
    route: { receiver: "r", ...route },
    receivers: [{ name: "r", channels }],
    inhibitRules: [{ sourceMatchers: ["severity=page"], targetMatchers: ["severity=ticket"], equal: [] }],
    timeIntervals: [{ name: "noon", timeIntervals: [{ times: [{ startTime: "12:00", endTime: "13:00" }] }] }],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.spec;
}

const alert = (labels: Record<string, string>) => ({ labels });
const silence = (matcher: string, minutes: number, recurrence: Silence["recurrence"] = null): Silence => ({
  id: matcher,
  matchers: parseMatchers(matcher),
  startsAt: at(-10),
  endsAt: at(minutes),
  recurrence,
});
const [sjc, lon] = [alert({ dc: "sjc", severity: "ticket" }), alert({ dc: "lon", severity: "ticket" })];
const why = (
  alerts: { labels: Record<string, string> }[],
  { tree = treeOf(), silences = [] as Silence[], firing = alerts } = {},
) => whyMuted(alerts, { tree, silences, firing, now: at(0) });

test("an incident that notifies, or of which nothing fires, is not muted", () => {
  expect(why([sjc])).toBeNull();
  expect(why([])).toBeNull();
});

test("one alert that is not silenced is enough to notify", () => {
  expect(why([sjc, lon], { silences: [silence("dc=sjc", 60)] })).toBeNull();
});

test("silenced until the first of its alerts is heard again", () => {
  const silences = [silence("dc=sjc", 60), silence("dc=sjc", 90), silence("dc=lon", 120)];
  expect(why([sjc, lon], { silences })).toEqual({ reason: "silenced", until: at(90) });
});

test("a recurring silence has no single end", () => {
  const always = [{ times: null, weekdays: null, daysOfMonth: null, months: null, years: null, location: "UTC" }];
  expect(why([sjc], { silences: [silence("dc=sjc", 60, always)] })).toEqual({ reason: "silenced", until: null });
});

test("inhibited by another alert that fires, whichever incident it belongs to", () => {
  expect(why([sjc], { firing: [sjc, alert({ severity: "page" })] })).toEqual({ reason: "inhibited", until: null });
});

test("its routes are muted at this time", () => {
  expect(why([sjc], { tree: treeOf({ routes: [{ receiver: "r", muteTimeIntervals: ["noon"] }] }) })).toEqual({
    reason: "mute-time",
    until: null,
  });
});

test("no route leads to a channel; a silence is named first, because a person made it", () => {
  expect(why([sjc], { tree: treeOf({}, []) })).toEqual({ reason: "no-channel", until: null });
  expect(why([sjc], { tree: treeOf({}, []), silences: [silence("dc=sjc", 60)] })).toEqual({
    reason: "silenced",
    until: at(60),
  });
});
