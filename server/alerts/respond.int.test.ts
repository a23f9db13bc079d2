import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlertJson, IncidentJson, IncidentSummaryJson, RuleJson } from "#domain/api/alerts.ts";
import { evaluateAlerts } from "#server/incidents/evaluate-alerts.ts";
import { notifyOfIncidents } from "#server/notifications/notify-of-incidents.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { tickAlerts } from "#test/judge-and-alert.ts";
import { workerContext } from "#test/worker-context.ts";

let story: HourStory;

// East lost 7 events of hour 9: an open incident with two alerts.
const eastLost = openingOf(
  { now: "2026-11-22T09:00:00Z", activeFrom: "2026-11-22T09:00:00Z", deadlineSeconds: 7200 },
  async (lived) => {
    await lived.at("2026-11-22T10:01:00Z");
    await lived.settle("2026-11-22T09", { lost: 7 });
    await lived.at("2026-11-22T10:16:01Z");
    await tick(lived);
  },
);
beforeEach(async () => {
  story = await eastLost.begin();
});
afterEach(() => story.end());

const context = ({ test, clock } = story) => workerContext(test.database, clock);
/** Time's tick, with a reporter that is heard: a Tidemark that hears nothing has another thing to say. */
async function tick(of = story): Promise<void> {
  for (const dc of ["east", "west"]) {
    await of.say("tidemark.heartbeat.v1", { dc, component: "exporter", instance: "exporter-1" });
  }
  await tickAlerts({ ctx: context(of) });
}

async function list<Item>(path: string): Promise<Item[]> {
  const { status, body } = await story.get(path);
  expect(status).toBe(200);
  return body.items;
}

async function act(id: string, name: string, body: object = {}): Promise<{ status: number; body: IncidentJson }> {
  const answer = await story.api.call("POST", `/api/v1/incidents/${id}/${name}`, { body });
  return { status: answer.status, body: (await answer.json()) as IncidentJson };
}

async function only(): Promise<IncidentSummaryJson> {
  const [incident] = await list<IncidentSummaryJson>("/incidents?state=open,acknowledged");
  return incident as IncidentSummaryJson;
}

describe("responding", () => {
  it("an incident is read with its timeline, hours and alerts; lists are filtered", async () => {
    const incident = await only();
    expect(incident).toMatchObject({
      causeKey: "datacenter/east/lost",
      severity: "page",
      firingAlerts: 2,
      affectedHours: 1,
    });
    const { body } = await story.get(`/incidents/${incident.id}`);
    expect(body).toMatchObject({
      state: "open",
      cause: { code: "stage_loss", datacenter: "east" },
      hours: [{ eventType: "EndSong", hour: "2026-11-22T09", state: "incomplete", lost: 7, deadlineMet: true }],
      deliveries: [],
    });
    expect(body.timeline.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(["opened", "hours_affected", "hours_recovered"]),
    );
    expect(await list<AlertJson>("/alerts?datacenter=east&state=firing&severity=page")).toMatchObject([
      {
        rule: "events-lost-high",
        eventType: "EndSong",
        incidentId: incident.id,
        labels: { owner: "tests", tier: "high" },
      },
    ]);
    expect(await list("/alerts?datacenter=west")).toEqual([]);
    expect(await list("/incidents?eventType=EndSong&datacenter=east&severity=page")).toHaveLength(1);
    expect(await list("/incidents?eventType=Other")).toEqual([]);
    expect((await story.get("/alerts?state=nonsense")).status).toBe(400);
  });

  it("lists go on where a page ended", async () => {
    const first = (await story.get("/alerts?limit=1")).body;
    const second = (await story.get(`/alerts?limit=1&cursor=${first.nextCursor}`)).body;
    expect(second.nextCursor).toBeNull();
    expect([first.items[0].rule, second.items[0].rule].sort()).toEqual(["completeness", "events-lost-high"]);
  });

  it("acknowledging lasts until it is resolved, is audited, and twice is once", async () => {
    const { id } = await only();
    expect((await act(id, "acknowledge", { note: "Looking." })).body).toMatchObject({
      state: "acknowledged",
      acknowledgedBy: "admin",
    });
    const again = await act(id, "acknowledge");
    const kinds = again.body.timeline.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "acknowledged")).toHaveLength(1);
    expect(again.body.timeline.at(-1)).toMatchObject({
      kind: "note",
      message: "Looking.",
      actor: again.body.acknowledgedBy,
    });
  });

  it("it is handed on with a note", async () => {
    const { id } = await only();
    const { body } = await act(id, "assign", { assignee: "data-delivery", note: "Yours." });
    expect(body.assignee).toBe("data-delivery");
    expect(body.timeline.slice(-2)).toMatchObject([{ kind: "assigned" }, { kind: "note", message: "Yours." }]);
    expect((await act(id, "note", { note: "" })).status).toBe(400);
  });

  it("what still fires is not resolved by hand; a cause that comes back is a new incident", async () => {
    const { id } = await only();
    expect((await act(id, "acknowledge")).status).toBe(200);
    expect((await act(id, "resolve")).status).toBe(409);
    // The loss was none: the events come after all.
    await story.count({ dc: "east", stage: "delivered", hour: "2026-11-22T09", events: 1000 });
    await story.judge();
    await tick();
    expect((await story.get(`/incidents/${id}`)).body.state).toBe("resolved");
    expect((await act(id, "acknowledge")).status).toBe(409);
    expect((await act(id, "note", { note: "It was the disk." })).status).toBe(200);
    await story.at("2026-11-22T11:01:00Z");
    await story.settle("2026-11-22T10", { lost: 9 });
    await story.at("2026-11-22T11:16:01Z");
    const reopened = await only();
    expect(reopened).toMatchObject({ causeKey: "datacenter/east/lost", state: "open", acknowledgedBy: null });
    expect(reopened.id).not.toBe(id);
  });

  it("who is unknown is 404", async () => {
    expect((await story.get("/incidents/999999")).status).toBe(404);
    expect((await act("none", "acknowledge")).status).toBe(404);
  });
});

describe("rules", () => {
  const put = async (name: string, body: object) => {
    const answer = await story.api.call("PUT", `/api/v1/rules/${name}`, { body });
    return { status: answer.status, body: await answer.json() };
  };
  const remove = async (name: string) => (await story.api.call("DELETE", `/api/v1/rules/${name}`)).status;

  it("the defaults exist without any file, with how many alerts each has", async () => {
    const rules = await list<RuleJson>("/rules?limit=500");
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.find(({ name }) => name === "events-lost-high")).toMatchObject({
      origin: "default",
      states: { firing: 1 },
    });
  });

  it("a document of the same name replaces one, and its alerts follow at the next tick", async () => {
    const loose = { metric: "lost", threshold: "50%", severity: "page", scope: { tier: "high" } };
    expect((await put("events-lost-high", loose)).body).toMatchObject({ applied: true });
    expect((await put("events-lost-high", loose)).body).toMatchObject({ applied: false });
    expect((await story.get("/rules/events-lost-high")).body).toMatchObject({
      origin: "replaced",
      metric: "lost",
      updatedBy: expect.any(String),
    });
    await tick();
    expect(await list("/alerts?rule=events-lost-high")).toEqual([]);
    expect(await remove("events-lost-high")).toBe(204);
    await tick();
    expect(await list<AlertJson>("/alerts?rule=events-lost-high")).toMatchObject([{ state: "firing" }]);
  });

  it("a default is turned off by writing it, not by removing it", async () => {
    expect(await remove("completeness")).toBe(409);
    expect(
      (await put("completeness", { metric: "completeness", threshold: 0.999, severity: "ticket", enabled: false }))
        .status,
    ).toBe(200);
    await tick();
    expect(await list("/alerts?rule=completeness")).toEqual([]);
  });

  it("one of your own comes and goes, and its alerts with it", async () => {
    const own = {
      metric: "lost",
      threshold: 1,
      severity: "info",
      summary: "{datacenter} lost {value} events of {eventType}",
    };
    expect((await put("any-loss?dryRun=true", own)).body).toMatchObject({ applied: false });
    expect((await story.get("/rules/any-loss")).status).toBe(404);
    expect((await put("any-loss", own)).body).toMatchObject({ applied: true, changes: [{ action: "create" }] });
    expect((await story.get("/rules/any-loss")).body).toMatchObject({ origin: "own" });
    await tick();
    expect(await list<AlertJson>("/alerts?rule=any-loss")).toMatchObject([
      { summary: "east lost 7 events of EndSong", severity: "info" },
    ]);
    expect(await remove("any-loss")).toBe(204);
    await tick();
    expect(await list("/alerts?rule=any-loss")).toEqual([]);
    expect(await remove("any-loss")).toBe(404);
  });

  it("a wrong one is refused with every fault at its place", async () => {
    const { status, body } = await put("wrong", { metric: "lost", threshold: -1, severity: "loud" });
    expect(status).toBe(400);
    expect((body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)).toContain("/severity");
  });

  it("one about what does not exist is refused as a file with it would be", async () => {
    const scope = { tier: "platinum", eventType: ["EndSong", "Endsong"], datacenter: "mars" };
    const { status, body } = await put("nowhere", { metric: "lost", threshold: 1, severity: "page", scope });
    expect(status).toBe(400);
    expect((body as { errors: { pointer: string; detail: string }[] }).errors).toMatchObject([
      { pointer: "/scope/tier", detail: expect.stringContaining('found "platinum"') },
      { pointer: "/scope/eventType", detail: expect.stringContaining('found "Endsong"') },
      { pointer: "/scope/datacenter", detail: expect.stringContaining('found "mars"') },
    ]);
    expect((await story.get("/rules/nowhere")).status).toBe(404);
  });
});

describe("whatever happens meanwhile", () => {
  it("alerting that fails keeps no verdict from being committed, and is done by the next tick", async () => {
    await story.at("2026-11-22T12:01:00Z");
    await story.settle("2026-11-22T11", { dcs: ["west", "east"], lost: 11 });
    await story.test.database.sql.query("ALTER TABLE alert_transition RENAME TO alert_transition_away");
    story.clock.set("2026-11-22T12:16:01Z");
    await expect(story.judge()).rejects.toThrow("alert_transition");
    await story.test.database.sql.query("ALTER TABLE alert_transition_away RENAME TO alert_transition");
    expect((await story.get("/event-types/EndSong/hours/2026-11-22T11")).body.state).toBe("incomplete");
    expect(await list("/alerts?datacenter=west&state=firing")).toEqual([]);
    await tick();
    expect(await list<AlertJson>("/alerts?datacenter=west&state=firing")).toMatchObject([{ rule: "events-lost-high" }]);
  });

  it("any number of evaluators at once make one alert, one incident, one change", async () => {
    const { sql } = story.test.database;
    await sql.query("DELETE FROM alert");
    await sql.query("DELETE FROM alert_transition");
    await sql.query("DELETE FROM incident");
    const { rows } = await sql.query<{ id: number }>("SELECT id FROM event_type");
    const ids = rows.map(({ id }) => id);
    const evaluate = (eventTypeIds: number[] | null) =>
      story.test.database.transaction((tx) =>
        evaluateAlerts(tx, { ctx: context(), input: { eventTypeIds, historyOf: ids }, listener: notifyOfIncidents }),
      );
    await Promise.all([evaluate(ids), evaluate(null), evaluate(ids), evaluate(null)]);
    const count = async (statement: string) =>
      (await sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${statement}`)).rows[0]?.n;
    const alerts = await count("alert WHERE state = 'firing'");
    expect(alerts).toBeGreaterThan(1);
    expect(await count("alert_transition WHERE to_state = 'firing'")).toBe(alerts);
    expect(await count("incident")).toBe(
      await count("(SELECT DISTINCT labels->>'cause' FROM alert WHERE state = 'firing') causes"),
    );
    expect(await count("incident_event WHERE kind = 'opened'")).toBe(await count("incident"));
    expect(await count("alert WHERE state = 'firing' AND incident_id IS NULL")).toBe(0);
  });
});
