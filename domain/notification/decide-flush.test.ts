import { describe, expect, test } from "vitest";
import { parseMatchers } from "../routing/parse-matchers.ts";
import { decideFlush, type LastNotified, parseRoutingTree, type RoutedAlert, routesFor } from "../routing.ts";
import type { Silence } from "../silence.ts";

const at = (minute: number) => new Date(Date.parse("2026-11-22T12:00:00Z") + minute * 60_000);

function treeOf(route: object = {}, receiver: object = {}) {
  const parsed = parseRoutingTree({
    route: { receiver: "r", groupBy: ["cause"], ...route },
    receivers: [{ name: "r", channels: ["hook"], ...receiver }, { name: "other" }],
    inhibitRules: [{ sourceMatchers: ["severity=page"], targetMatchers: ["severity=ticket"], equal: ["dc"] }],
    timeIntervals: [
      { name: "noon", timeIntervals: [{ times: [{ startTime: "12:00", endTime: "13:00" }] }] },
      { name: "evening", timeIntervals: [{ times: [{ startTime: "18:00", endTime: "20:00" }] }] },
    ],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.spec;
}
const tree = treeOf();
const key = routesFor(tree, { cause: "x" })[0]?.groupKey ?? "";

type Labels = Record<string, string>;
const fires = (fingerprint: string, labels: Labels = {}): RoutedAlert => ({
  fingerprint,
  labels: { cause: "x", ...labels },
  firing: true,
  resolvedAt: null,
});
const ended = (fingerprint: string, minute: number, labels: Labels = {}): RoutedAlert => ({
  ...fires(fingerprint, labels),
  firing: false,
  resolvedAt: at(minute),
});
const notified = (firing: string[], resolved: string[] = [], minute = 0): LastNotified => ({
  firing,
  resolved,
  notifiedAt: at(minute),
  flushedAt: at(minute),
});
const silence = (matcher: string, from = 0, to = 600): Silence => ({
  id: "s",
  matchers: parseMatchers(matcher),
  startsAt: at(from),
  endsAt: at(to),
  recurrence: null,
});

interface Given {
  alerts: RoutedAlert[];
  notified?: LastNotified | null;
  minute?: number;
  silences?: Silence[];
  of?: ReturnType<typeof treeOf>;
}
function decide({ alerts, notified: before = null, minute = 5, silences = [], of = tree }: Given) {
  const { reason, notify, firing, resolved, held, remember, nextFlushAt } = decideFlush({
    group: { key },
    alerts,
    silences,
    tree: of,
    notified: before,
    now: at(minute),
  });
  const names = (list: readonly RoutedAlert[]) => list.map(({ fingerprint }) => fingerprint).join(" ");
  const next = nextFlushAt && (nextFlushAt.getTime() - at(minute).getTime()) / 60_000;
  return { reason, notify, firing: names(firing), resolved: names(resolved), held, remember, next };
}

describe("a group is notified", () => {
  test("nothing notified → first: something fires", () => {
    expect(decide({ alerts: [fires("a"), fires("b")] })).toMatchObject({
      reason: "first",
      notify: true,
      firing: "a b",
      remember: { firing: ["a", "b"], resolved: [] },
      next: 5,
    });
  });

  test("nothing notified → never-notified: what fired is over already", () => {
    expect(decide({ alerts: [ended("a", 4)] })).toMatchObject({
      reason: "never-notified",
      notify: false,
      remember: null,
      next: null,
    });
  });

  test("notified → nothing-new: the same fires", () => {
    expect(decide({ alerts: [fires("a")], notified: notified(["a", "b"]) })).toMatchObject({
      reason: "nothing-new",
      notify: false,
      next: 5,
    });
  });

  test("notified → new-firing: one more fires, or one again that was reported as resolved", () => {
    expect(decide({ alerts: [fires("a"), fires("c")], notified: notified(["a"]) })).toMatchObject({
      reason: "new-firing",
      notify: true,
    });
    expect(decide({ alerts: [fires("a"), fires("b")], notified: notified(["a"], ["b"]) })).toMatchObject({
      reason: "new-firing",
      firing: "a b",
    });
  });

  test("notified → resolved: one is over while another fires", () => {
    const alerts = [fires("a"), ended("b", 3)];
    expect(decide({ alerts, notified: notified(["a", "b"]) })).toMatchObject({
      reason: "resolved",
      notify: true,
      firing: "a",
      resolved: "b",
      remember: { firing: ["a"], resolved: ["b"] },
    });
    // Notified once: it was looked at since it ended.
    expect(decide({ alerts, notified: notified(["a"], ["b"], 5), minute: 10 })).toMatchObject({
      reason: "nothing-new",
      resolved: "",
    });
  });

  test("notified → all-resolved: everything is over, and the group ends", () => {
    expect(decide({ alerts: [ended("a", 3)], notified: notified(["a"]) })).toMatchObject({
      reason: "all-resolved",
      notify: true,
      resolved: "a",
      remember: { firing: [], resolved: ["a"] },
      next: null,
    });
    expect(decide({ alerts: [ended("a", 3)], notified: notified([], ["a"], 5), minute: 10 })).toMatchObject({
      reason: "empty",
      next: null,
    });
  });

  test("notified → repeat: the repeat interval is over", () => {
    const given = { alerts: [fires("a")], notified: notified(["a"]) };
    expect(decide({ ...given, minute: 239 }).reason).toBe("nothing-new");
    expect(decide({ ...given, minute: 240 })).toMatchObject({ reason: "repeat", notify: true, firing: "a" });
  });

  test("without what is resolved, where the receiver does not want it; and what was notified is cleared all the same", () => {
    const of = treeOf({}, { sendResolved: false });
    const some = decide({ alerts: [fires("a"), ended("b", 3)], notified: notified(["a", "b"]), of });
    expect(some).toMatchObject({ reason: "nothing-new", notify: false });
    const all = decide({ alerts: [ended("a", 3)], notified: notified(["a"]), of });
    expect(all).toMatchObject({ reason: "all-resolved", notify: false, resolved: "", remember: { firing: [] } });
    const again = decide({ alerts: [fires("a")], notified: notified([], [], 5), minute: 10, of });
    expect(again).toMatchObject({ reason: "new-firing", notify: true });
  });
});

describe("a group is not notified", () => {
  test("of alerts of other groups, which inhibit nevertheless", () => {
    const source = fires("p", { cause: "y", severity: "page", dc: "ams" });
    const target = fires("t", { severity: "ticket", dc: "ams" });
    expect(decide({ alerts: [source] })).toMatchObject({ reason: "empty", next: null });
    expect(decide({ alerts: [source, target] })).toMatchObject({
      reason: "held",
      notify: false,
      held: [{ alert: target, by: "inhibition", detail: "p" }],
      next: 5,
    });
    // A source that is silenced itself still explains its targets.
    expect(decide({ alerts: [source, target], silences: [silence('severity="page"')] }).reason).toBe("held");
    expect(decide({ alerts: [ended("p", 4, source.labels), target] }).reason).toBe("first");
  });

  test("of what is silenced, from the first instant of the silence to its last", () => {
    const given = { alerts: [fires("a"), fires("b", { dc: "ams" })] };
    const quiet = [silence('dc="ams"', 5, 10)];
    expect(decide({ ...given, silences: quiet, minute: 4 }).firing).toBe("a b");
    expect(decide({ ...given, silences: quiet, minute: 5 })).toMatchObject({
      firing: "a",
      held: [{ by: "silence", detail: "s" }],
    });
    expect(decide({ ...given, silences: quiet, minute: 10 }).firing).toBe("a b");
  });

  test("firing → silenced → over: nothing while it is silenced, resolved once it no longer is", () => {
    const quiet = [silence('cause="x"', 1, 20)];
    const during = decide({ alerts: [ended("a", 8)], notified: notified(["a"]), silences: quiet, minute: 10 });
    expect(during).toMatchObject({ reason: "held", notify: false, remember: null, next: 5 });
    const after = decide({
      alerts: [ended("a", 8)],
      notified: { ...notified(["a"]), flushedAt: at(15) },
      silences: quiet,
      minute: 20,
    });
    expect(after).toMatchObject({ reason: "all-resolved", notify: true, resolved: "a", next: null });
  });

  test("firing → silenced → over, while others are notified: its end is not forgotten", () => {
    const quiet = [silence('dc="ams"', 1, 20)];
    const alerts = [ended("a", 8, { dc: "ams" }), ended("b", 9)];
    const during = decide({ alerts, notified: notified(["a", "b"]), silences: quiet, minute: 10 });
    expect(during).toMatchObject({
      reason: "all-resolved",
      resolved: "b",
      remember: { firing: ["a"], resolved: ["b"] },
      next: 5,
    });
    const after = decide({ alerts, notified: notified(["a"], ["b"], 15), silences: quiet, minute: 20 });
    expect(after).toMatchObject({
      reason: "all-resolved",
      resolved: "a",
      remember: { firing: [], resolved: ["a"] },
      next: null,
    });
  });

  test("within mute intervals and outside active ones, and is looked at again", () => {
    const routes = (intervals: object) => treeOf({ routes: [{ matchers: ['cause="x"'], ...intervals }] });
    const group = (of: ReturnType<typeof treeOf>, minute: number) => {
      const { groupKey = "" } = routesFor(of, { cause: "x" })[0] ?? {};
      const { reason, firing, nextFlushAt } = decideFlush({
        group: { key: groupKey },
        alerts: [fires("a")],
        silences: [],
        tree: of,
        notified: null,
        now: at(minute),
      });
      expect(firing.map(({ fingerprint }) => fingerprint)).toEqual(["a"]);
      return [reason, nextFlushAt?.getTime() === at(minute + 5).getTime()];
    };
    expect(group(routes({ muteTimeIntervals: ["evening", "noon"] }), 59)).toEqual(["muted", true]);
    expect(group(routes({ muteTimeIntervals: ["evening", "noon"] }), 60)).toEqual(["first", true]);
    expect(group(routes({ activeTimeIntervals: ["noon", "evening"] }), 59)).toEqual(["first", true]);
    expect(group(routes({ activeTimeIntervals: ["noon", "evening"] }), 60)).toEqual(["muted", true]);
    expect(group(routes({ activeTimeIntervals: ["noon"], muteTimeIntervals: ["noon"] }), 1)).toEqual(["muted", true]);
  });

  test("stops when the tree no longer leads there", () => {
    expect(
      decide({ alerts: [fires("a")], notified: notified(["a"]), of: treeOf({ receiver: "other" }) }),
    ).toMatchObject({
      reason: "empty",
      notify: false,
      next: null,
    });
  });
});
