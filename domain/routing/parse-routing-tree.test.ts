import { describe, expect, test } from "vitest";
import { defaultRoutingTree, parseRoutingTree, type RoutingTree, routesFor } from "../routing.ts";

function tree(spec: object): RoutingTree {
  const parsed = parseRoutingTree({ receivers: [{ name: "a" }, { name: "b" }, { name: "c" }], ...spec });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.spec;
}
function faults(spec: object): string[] {
  const parsed = parseRoutingTree({ receivers: [{ name: "a" }], route: { receiver: "a" }, ...spec });
  return parsed.ok ? [] : parsed.faults.map(({ pointer }) => pointer);
}
const minutes = (count: number) => count * 60_000;

describe("a tree", () => {
  test("that says nothing has Alertmanager's defaults", () => {
    expect(routesFor(tree({ route: { receiver: "a" } }), { x: "1" })).toEqual([
      {
        path: "{}",
        receiver: "a",
        groupLabels: {},
        groupKey: "a:{}:{}",
        groupWaitMs: 30_000,
        groupIntervalMs: minutes(5),
        repeatIntervalMs: minutes(240),
        muteTimeIntervals: [],
        activeTimeIntervals: [],
      },
    ]);
  });

  test("hands receiver, grouping and timings down, and neither times nor continue", () => {
    const { route } = tree({
      route: {
        receiver: "a",
        groupBy: ["x"],
        groupWait: "0s",
        routes: [
          {
            matchers: ['x="1"'],
            groupInterval: "1m",
            continue: true,
            muteTimeIntervals: ["never"],
            routes: [
              { repeatInterval: "1h", groupBy: [] },
              { receiver: "b", groupBy: ["..."] },
            ],
          },
        ],
      },
      timeIntervals: [{ name: "never", timeIntervals: [{ years: ["1970"] }] }],
    });
    const [parent] = route.routes;
    const [first, second] = parent?.routes ?? [];
    expect(parent?.muteTimeIntervals.map(({ name }) => name)).toEqual(["never"]);
    expect(first).toMatchObject({
      path: '{}/{x="1"}/{}',
      receiver: "a",
      groupBy: ["x"],
      groupWaitMs: 0,
      groupIntervalMs: minutes(1),
      repeatIntervalMs: minutes(60),
      continue: false,
      muteTimeIntervals: [],
    });
    // A sibling with the same matchers gets a key of its own, so that the two never share a group.
    expect(second).toMatchObject({ path: '{}/{x="1"}/{}#2', receiver: "b", groupBy: "all" });
  });

  test("groups by the labels that are there; an empty one is not", () => {
    const by = (groupBy: string[]) => tree({ route: { receiver: "a", groupBy } });
    const labels = { dc: "ams", cause: 'a "b"', none: "" };
    expect(routesFor(by(["dc", "cause", "none", "gone"]), labels)[0]).toMatchObject({
      groupLabels: { cause: 'a "b"', dc: "ams" },
      groupKey: 'a:{}:{cause="a \\"b\\"", dc="ams"}',
    });
    expect(routesFor(by(["..."]), labels)[0]?.groupLabels).toEqual({ cause: 'a "b"', dc: "ams" });
  });

  test("matches a missing label as an empty one", () => {
    const found = (matchers: string[], labels: Record<string, string>) =>
      routesFor(tree({ route: { receiver: "a", routes: [{ matchers, receiver: "b" }] } }), labels)[0]?.receiver;
    expect(found(['dc=""'], {})).toBe("b");
    expect(found(['dc!="x"'], {})).toBe("b");
    expect(found(['dc=~"x|"'], {})).toBe("b");
    expect(found(['dc!~".+"'], {})).toBe("b");
    expect(found(['dc=~".+"'], {})).toBe("a");
    expect(found(['toString=""'], {})).toBe("b");
    expect(found(['dc=~"am"'], { dc: "ams" })).toBe("a");
  });

  test("takes the first child that matches, and the next ones only after continue", () => {
    const routes = [
      { matchers: ['p="1"'], receiver: "b", continue: true },
      { matchers: ['q="1"'], receiver: "c" },
      { matchers: ['p="1"'], receiver: "a" },
    ];
    const found = (labels: Record<string, string>) =>
      routesFor(tree({ route: { receiver: "a", routes } }), labels).map(({ receiver }) => receiver);
    expect(found({ p: "1", q: "1" })).toEqual(["b", "c"]);
    expect(found({ p: "1" })).toEqual(["b", "a"]);
    expect(found({ q: "1" })).toEqual(["c"]);
    expect(found({})).toEqual(["a"]);
  });

  test("puts escalation in the order of time", () => {
    const receivers = [
      {
        name: "a",
        channels: ["x"],
        escalation: [
          { after: "30m", channels: ["boss"] },
          { after: "10m", channels: ["two"] },
        ],
      },
    ];
    const receiver = tree({ route: { receiver: "a" }, receivers }).receivers.get("a");
    expect(receiver).toEqual({
      name: "a",
      channels: ["x"],
      onCall: [],
      sendResolved: true,
      escalation: [
        { afterMs: minutes(10), channels: ["two"], onCall: [] },
        { afterMs: minutes(30), channels: ["boss"], onCall: [] },
      ],
    });
  });
});

test.each([
  [{ route: { receiver: "b" } }, "/route/receiver"],
  [{ route: {} }, "/route/receiver"],
  [{ route: { receiver: "a", matchers: [] } }, "/route/matchers"],
  [{ route: { receiver: "a", groupWait: 30 } }, "/route/groupWait"],
  [{ route: { receiver: "a", repeatInterval: "0s" } }, "/route/repeatInterval"],
  [{ route: { receiver: "a", groupBy: ["...", "x"] } }, "/route/groupBy"],
  [{ route: { receiver: "a", routes: [{ routes: [{ receiver: "x" }] }] } }, "/route/routes/0/routes/0/receiver"],
  [{ route: { receiver: "a", routes: [{ match: { x: "1" } }] } }, "/route/routes/0/match"],
  [{ route: { receiver: "a", routes: [{ activeTimeIntervals: ["x"] }] } }, "/route/routes/0/activeTimeIntervals/0"],
  [{ receivers: [{ name: "a" }, { name: "a" }] }, "/receivers/1/name"],
  [{ receivers: [{ name: "a", channels: ["x", "x"] }] }, "/receivers/0/channels"],
  [{ receivers: [{ name: "a", escalation: [{ after: "10m", channels: [] }] }] }, "/receivers/0/escalation/0/channels"],
  [{ inhibitRules: [{ sourceMatchers: ["x"], targetMatchers: [] }] }, "/inhibitRules/0/sourceMatchers/0"],
  [{ timeIntervals: [{ name: "x", timeIntervals: [] }] }, "/timeIntervals/0/timeIntervals"],
])("%j is refused at %s", (spec, pointer) => {
  expect(faults(spec)).toEqual([pointer]);
});

test("the default tree pages at once, one group for one cause, and notifies no one until it has channels", () => {
  const [page] = routesFor(defaultRoutingTree, { severity: "page", cause: "x", eventType: "EndSong" });
  expect(page).toMatchObject({ receiver: "on-call", groupWaitMs: 0, groupLabels: { cause: "x" } });
  const [ticket] = routesFor(defaultRoutingTree, { severity: "ticket", cause: "x" });
  expect(ticket).toMatchObject({ receiver: "everyone", groupWaitMs: 30_000, groupLabels: { cause: "x" } });
  expect([...defaultRoutingTree.receivers.values()].flatMap(({ channels }) => channels)).toEqual([]);
});
