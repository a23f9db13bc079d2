import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "#server/access/context.ts";
import { Invalid } from "#server/errors.ts";
import { loadTree } from "#server/notifications/load-tree.ts";
import { rerouteAlerts } from "#server/notifications/reroute-alerts.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { applyCatalogue } from "./apply-catalogue.ts";

let db: TestDatabase;
let now = new Date("2026-11-22T13:20:00Z");
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  now = new Date("2026-11-22T13:20:00Z");
  await db.database.sql.query("TRUNCATE alert_rule, channel, routing_tree, silence, alert, notification_group");
});

const context = (): Context => ({
  database: db.database,
  clock: { now: () => now, speed: 1, toRealMs: (ms) => ms },
  actor: "tests",
  scopes: new Set(["write"]),
});
const apply = (documents: unknown, dryRun = false) =>
  applyCatalogue({ ctx: context(), input: { text: JSON.stringify(documents), dryRun } });
const document = (kind: string, name: string, spec: unknown) => ({
  apiVersion: "tidemark/v1",
  kind,
  metadata: { name },
  spec,
});
const rule = (spec: object = {}) =>
  document("AlertRule", "late", { metric: "closing_delay", threshold: "90m", severity: "page", ...spec });
const hook = document("Channel", "hook", {
  type: "webhook",
  url: "https://example.com/hook",
  secrets: [{ env: "TIDEMARK_SECRET_HOOK" }],
});
const tree = (spec: object = {}) =>
  document("RoutingTree", "default", {
    route: { receiver: "all", groupBy: ["cause"], routes: [{ matchers: ['severity="page"'], groupWait: "0s" }] },
    receivers: [{ name: "all", channels: ["hook"] }],
    ...spec,
  });
const silence = (spec: object = {}) =>
  document("Silence", "ams-maintenance", {
    matchers: ['datacenter = "ams"'],
    endsAt: "2026-12-01T00:00:00Z",
    recurrence: [{ weekdays: ["sunday"], times: [{ startTime: "02:00", endTime: "04:00" }] }],
    reason: "Switches are updated on Sundays.",
    ...spec,
  });

async function faults(documents: unknown): Promise<[string | undefined, string][]> {
  const error = await apply(documents).catch((thrown) => thrown);
  if (!(error instanceof Invalid)) throw error;
  return error.faults.map(({ pointer, detail }) => [pointer, detail]);
}
async function stored(table: string): Promise<Record<string, unknown>[]> {
  return (await db.database.sql.query(`SELECT * FROM ${table}`)).rows;
}

describe("rules, channels, the tree and silences", () => {
  test("are applied in one transaction, in any order, and a second apply changes nothing", async () => {
    const documents = [tree(), rule(), document("Tier", "gold", { deadline: "1h" }), silence(), hook];
    const shown = await apply(documents, true);
    expect(shown.applied).toBe(false);
    expect(await stored("channel")).toEqual([]);
    const first = await apply(documents);
    expect(first.applied).toBe(true);
    expect(first.changes.map(({ kind, action }) => `${action} ${kind}`)).toEqual([
      "create RoutingTree",
      "create AlertRule",
      "create Tier",
      "create Silence",
      "create Channel",
    ]);
    expect(shown.changes).toEqual(first.changes.map((change) => ({ ...change, effect: null })));
    now = new Date("2026-11-22T14:20:00Z");
    const second = await apply(documents);
    expect(second.applied).toBe(false);
    expect(second.changes.every(({ action }) => action === "unchanged")).toBe(true);
    expect(await stored("alert_rule")).toMatchObject([
      { name: "late", spec: rule().spec, updated_by: "tests", updated_at: new Date("2026-11-22T13:20:00Z") },
    ]);
    expect(await stored("silence")).toMatchObject([
      {
        name: "ams-maintenance",
        matchers: ['datacenter="ams"'],
        starts_at: new Date("2026-11-22T13:20:00Z"),
        ends_at: new Date("2026-12-01T00:00:00Z"),
        created_by: "tests",
      },
    ]);
  });

  test("a change is shown at its place", async () => {
    await apply([hook, tree(), rule({ for: "5m" })]);
    const { changes } = await apply([
      rule({ threshold: "2h" }),
      tree({
        route: { receiver: "all", groupBy: ["cause"], routes: [{ matchers: ['severity="page"'], groupWait: "10s" }] },
      }),
    ]);
    expect(changes.map(({ fields }) => fields)).toEqual([
      [
        { field: "for", from: "5m", to: null },
        { field: "threshold", from: "90m", to: "2h" },
      ],
      [{ field: "route.routes.0.groupWait", from: "0s", to: "10s" }],
    ]);
  });

  test("names that lead nowhere are refused, each at its place, and nothing is applied", async () => {
    expect(
      await faults([
        tree({ receivers: [{ name: "all", channels: ["hook"], escalation: [{ after: "10m", channels: ["boss"] }] }] }),
        rule({
          scope: { tier: ["high", "platinum"], eventType: ["Known", "Typo"], datacenter: "mars", owner: "anybody" },
        }),
        document("EventType", "Known", { owner: "tests", tier: "high" }),
      ]),
    ).toEqual([
      ["/0/spec/receivers/0/channels/0", expect.stringContaining('found "hook"')],
      ["/0/spec/receivers/0/escalation/0/channels/0", expect.stringContaining('found "boss"')],
      ["/1/spec/scope/tier", expect.stringContaining('found "platinum"')],
      ["/1/spec/scope/eventType", expect.stringMatching(/GET \/api\/v1\/event-types.*found "Typo"/)],
      ["/1/spec/scope/datacenter", expect.stringMatching(/GET \/api\/v1\/datacenters.*found "mars"/)],
    ]);
    expect(await faults([hook, tree({ route: { receiver: "nobody" } })])).toEqual([
      ["/1/spec/route/receiver", expect.stringContaining("must be one of the receivers (all)")],
    ]);
    expect(await stored("channel")).toEqual([]);
  });

  test("there is one tree: a second is refused, and one that came by another way is not read", async () => {
    expect(await faults([document("RoutingTree", "mine", tree().spec)])).toEqual([
      ["/0/metadata/name", expect.stringContaining('must be default, the name of the one routing tree; found "mine"')],
    ]);
    expect(await faults([hook, tree(), tree()])).toEqual([
      ["/2/metadata/name", expect.stringContaining("must be unique; an earlier RoutingTree has the same name")],
    ]);
    await apply([hook, tree()]);
    await db.database.sql.query(
      `INSERT INTO routing_tree (name, spec, updated_at, updated_by) VALUES ('mine', $1, now() + interval '1 day', 'by hand')`,
      [JSON.stringify({ route: { receiver: "elsewhere" }, receivers: [{ name: "elsewhere" }] })],
    );
    expect([...(await loadTree(db.database.sql)).receivers.keys()]).toEqual(["all"]);
  });

  test("no document holds a secret", async () => {
    const secret = "R0UT1NGKEY";
    const refused = await faults([document("Channel", "pager", { type: "pagerduty", routingKey: secret })]);
    expect(refused).toEqual([["/0/spec/routingKey", expect.stringContaining("{env: TIDEMARK_SECRET_…}")]]);
    expect(JSON.stringify(refused)).not.toContain(secret);
  });

  test("a silence keeps its first start, and ends by its endsAt", async () => {
    await apply([silence()]);
    now = new Date("2026-11-23T10:00:00Z");
    const { changes } = await apply([silence({ endsAt: "2026-11-23T09:00:00Z" })]);
    expect(changes[0]?.fields).toEqual([{ field: "endsAt", from: "2026-12-01T00:00:00Z", to: "2026-11-23T09:00:00Z" }]);
    expect(await faults([silence({ endsAt: "2026-11-22T13:00:00Z" })])).toEqual([
      ["/0/spec/endsAt", expect.stringContaining("must be after its start, which is 2026-11-22T13:20:00Z")],
    ]);
  });

  test("a new tree sends what fires its way at once", async () => {
    await db.database.sql.query(
      `INSERT INTO alert (fingerprint, rule, labels, severity, state, changed_at, evaluated_at)
       VALUES ('f', 'late', '{"cause": "x", "severity": "page"}', 'page', 'firing', now(), now())`,
    );
    await apply([hook, tree()]);
    expect(await stored("routing_tree")).toMatchObject([{ reroute_due: true }]);
    await rerouteAlerts({ ctx: context() });
    expect(await stored("routing_tree")).toMatchObject([{ reroute_due: false }]);
    expect(await stored("notification_group")).toMatchObject([{ receiver: "all", labels: { cause: "x" } }]);
  });
});
