import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "#domain/access/role.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";
import { tickAlerts } from "#test/judge-and-alert.ts";
import { notification } from "#test/notification.ts";
import { signInPerson, type TestCaller } from "#test/people.ts";
import { workerContext } from "#test/worker-context.ts";

/** What only those who may change a channel or webhook see. */
const targets = {
  "a recipient of mail": "planted.recipient@",
  "a sender of mail": "planted.sender@",
  "an SMTP user": "planted-smtp-user",
  "a webhook's path": "planted-path",
  "a webhook's query": "planted-query",
  "an Alertmanager's path": "planted-alertmanager",
  "an Alertmanager's user": "planted-basic-user",
  "a responder's address": "planted.responder@",
  "a subscription's path": "planted-subscription",
};
/** What responders see too. */
const contacts = { "a contact's address": "planted.contact@", "a contact's number": "70 123 45 67" };
/** What a receiver said, which only those who respond see. */
const receivers = { "a recipient that a server refused": "planted.refused@" };

const env = (name: string) => ({ env: `TIDEMARK_SECRET_${name}` });
const channels = {
  mail: {
    type: "email",
    to: ["planted.recipient@example.com"],
    from: "planted.sender@example.com",
    smtp: { host: "mail.example.com", user: "planted-smtp-user", password: env("SMTP") },
    monthlyDigest: true,
  },
  hook: { type: "webhook", url: "https://hooks.example.com/planted-path?key=planted-query" },
  relay: {
    type: "alertmanager",
    url: "https://alerts.example.com/planted-alertmanager",
    basicAuth: { username: "planted-basic-user", password: env("BASIC") },
  },
  genie: {
    type: "opsgenie",
    apiKey: env("GENIE"),
    responders: [{ type: "user", name: "planted.responder@example.com" }],
  },
};

const opening = openingOf(
  { now: "2026-11-22T09:00:00Z", activeFrom: "2026-11-22T09:00:00Z", deadlineSeconds: 7200 },
  async (lived) => {
    const put = (path: string, body: object) => lived.api.call("PUT", `/api/v1${path}`, { body });
    for (const [name, spec] of Object.entries(channels)) await put(`/channels/${name}`, { ...spec, owner: "ads" });
    await put("/event-types/EndSong/consumers/job", {
      contact: "planted.contact@example.com, +46 70 123 45 67",
      owner: "ads",
    });
    const body = {
      eventType: "EndSong",
      consumer: "job",
      url: "https://jobs.example.com/planted-subscription",
      events: ["complete"],
    };
    await lived.api.call("POST", "/api/v1/subscriptions", { body });
    await put("/deployment-hooks/team", {
      provider: "argocd",
      secret: { env: "TIDEMARK_SECRET_HOOK" },
      mappings: [{ match: ".*", component: "exporter" }],
    });
    await put("/on-call-schedules/team", {
      timeZone: "UTC",
      people: [{ name: "Ada Lind", channels: ["mail"] }],
      layers: [{ name: "weekly", people: ["Ada Lind"], rotation: "weekly", startsOn: "2026-11-16" }],
    });
    await put("/sources/team", {
      cloudMonitoring: { project: "my-project", jobs: [{ match: "etl", eventType: "EndSong", datacenter: "ams" }] },
    });
    await lived.at("2026-11-22T10:01:00Z");
    await lived.settle("2026-11-22T09", { lost: 7 });
    await lived.at("2026-11-22T10:16:01Z");
    for (const dc of ["east", "west"])
      await lived.say("tidemark.heartbeat.v1", { dc, component: "exporter", instance: "exporter-1" });
    await tickAlerts({ ctx: workerContext(lived.test.database, lived.clock) });
  },
);

interface Operation {
  security?: Record<string, string[]>[];
}

let story: HourStory;
let paths: [string, Operation][];
const people = new Map<string, TestCaller>();
const ids: Record<string, string> = {};

beforeAll(async () => {
  story = await opening.begin();
  const { api, test: db } = story;
  const document = await (await api.call("GET", "/api/openapi.json")).json();
  paths = Object.entries((document as { paths: Record<string, { get?: Operation }> }).paths).flatMap(
    ([path, { get }]) => (get ? [[path, get] as [string, Operation]] : []),
  );
  const signIn = async (title: string, role: Role, teams: string[]) =>
    people.set(title, await signInPerson(api, { name: title, role, teams }));
  await signIn("a viewer", "viewer", ["ads"]);
  await signIn("a responder", "responder", ["ads"]);
  await signIn("an editor of the team", "editor", ["ads"]);
  await signIn("an editor of another team", "editor", ["payments"]);
  await signIn("an administrator", "admin", []);
  const sql = async (statement: string) => (await db.database.sql.query<{ id: string }>(statement)).rows[0]?.id ?? "";
  ids.incidents = await sql("SELECT id::text FROM incident");
  ids.subscriptions = await sql("SELECT id FROM subscription");
  ids.deliveries = await sql(
    `INSERT INTO delivery (dedup_key, producer, receiver, kind, body, state, created_at, thread_key, due_at, incident_id)
     SELECT 'planted', 'channel', 'mail', 'notify',
            jsonb_build_object('title', 'x', 'status', 'firing', 'severity', 'page', 'receiver', 'team', 'alerts', '[]'::jsonb,
                               'incident', jsonb_build_object('situation', situation)),
            'failed', now(), 'planted', now(), id FROM incident RETURNING id::text`,
  );
  await sql(
    `INSERT INTO delivery_attempt (delivery_id, at, outcome, status, detail, response, duration_ms)
     VALUES (${ids.deliveries}, now(), 'permanent', 550, '550 5.1.1 <planted.refused@example.com>: unknown', 'planted.refused@', 1)`,
  );
});
afterAll(() => story.end());

/** Every answer that the caller gets of the API's reading operations, by operation. */
async function walk(caller: TestCaller): Promise<Map<string, { status: number; text: string }>> {
  const answers = new Map<string, { status: number; text: string }>();
  for (const [path] of paths) {
    const noun = path.replace("/api/v1", "").split("/")[1] ?? "";
    const name = { channels: Object.keys(channels), rules: ["events-lost-high"], datacenters: ["east"] }[noun] ?? [
      ["on-call-schedules", "deployment-hooks", "sources"].includes(noun) ? "team" : "EndSong",
    ];
    for (const each of name) {
      const filled = path
        .replace("{name}", each)
        .replace("{hour}", "2026-11-22T09")
        .replace("{consumer}", "job")
        .replace("{id}", ids[noun] ?? "none");
      const answer = await caller.call("GET", `${filled}${queries[path.replace("/api/v1", "")] ?? ""}`);
      if (answer.headers.get("content-type")?.startsWith("text/event-stream")) await answer.body?.cancel();
      else {
        const before = answers.get(path)?.text ?? "";
        answers.set(path, { status: answer.status, text: before + (await answer.text()) });
      }
    }
  }
  return answers;
}

/** What operations cannot be asked without. */
const queries: Record<string, string> = {
  "/ready": "?eventTypes=EndSong&from=2026-11-22T09&to=2026-11-22T10",
  "/readiness": "?eventTypes=EndSong&day=2026-11-22",
  "/matrix": "?from=2026-11-22T00&to=2026-11-22T10",
  "/explanation": "?from=2026-11-22T09&to=2026-11-22T10",
  "/lateness": "?from=2026-11-22T09&to=2026-11-22T10",
};

async function seen(title: string, planted: Record<string, string>): Promise<string[]> {
  const answers = await walk(people.get(title) as TestCaller);
  const text = [...answers.values()].map((answer) => answer.text).join("\n");
  return Object.entries(planted).flatMap(([what, needle]) => (text.includes(needle) ? [what] : []));
}

describe("of all that the API answers", () => {
  test("what was planted is where it belongs: an administrator and the team see all of it", async () => {
    const all = { ...targets, ...contacts, ...receivers };
    expect(await seen("an administrator", all)).toEqual(Object.keys(all));
    expect(await seen("an editor of the team", all)).toEqual(Object.keys(all));
  });

  test("responders and other teams' editors see contacts and what receivers said, and no targets", async () => {
    for (const title of ["a responder", "an editor of another team"]) {
      expect([title, await seen(title, targets)]).toEqual([title, []]);
      expect(await seen(title, { ...contacts, ...receivers })).toEqual(Object.keys({ ...contacts, ...receivers }));
    }
  });

  test("viewers, and visitors of an open dashboard, see none of it, but the names", async () => {
    const all = { ...targets, ...contacts, ...receivers };
    expect(await seen("a viewer", all)).toEqual([]);
    const cookie = `tidemark_session=${await story.api.access.startVisit()}`;
    people.set("a visitor", {
      call: (method, path) => story.api.call(method, path, { token: null, headers: { cookie } }),
    });
    expect(await seen("a visitor", all)).toEqual([]);
    const names = { "a channel": '"name":"mail"', "who is on call": "Ada Lind", "a consumer": '"name":"job"' };
    expect(await seen("a viewer", names)).toEqual(Object.keys(names));
  });

  test("the walk reaches what holds them", async () => {
    const answers = await walk(people.get("a viewer") as TestCaller);
    const holders = [
      "/channels",
      "/channels/{name}",
      "/consumers",
      "/event-types/{name}/consumers/{consumer}",
      "/event-types/{name}/hours/{hour}/consumers",
      "/incidents",
      "/incidents/{id}",
      "/incidents/{id}/postmortem.md",
      "/incidents/{id}/revisions",
      "/deliveries",
      "/deliveries/{id}",
      "/subscriptions",
      "/subscriptions/{id}",
    ];
    for (const path of holders) expect([path, answers.get(`/api/v1${path}`)?.status]).toEqual([path, 200]);
    const reached = [...answers.values()].filter(({ status }) => status === 200).length;
    expect(reached).toBeGreaterThan(answers.size * 0.7);
  });
});

test("what a member of the team reads can be sent back as it is", async () => {
  const editor = people.get("an editor of the team") as TestCaller;
  for (const path of [
    ...Object.keys(channels).map((name) => `/channels/${name}`),
    "/event-types/EndSong/consumers/job",
  ]) {
    const read = await editor.call("GET", `/api/v1${path}`);
    const body = await read.json();
    const sent = await editor.call("PUT", `/api/v1${path}`, body, { "if-match": read.headers.get("etag") ?? "" });
    expect([path, sent.status]).toEqual([path, 200]);
    expect(await (await editor.call("GET", `/api/v1${path}`)).json()).toMatchObject({ etag: body.etag });
  }
});

test("an incident that a person acknowledged names them: in the answer, its timeline and the notification", async () => {
  const { api, test: db } = story;
  await api.call("PUT", "/api/v1/channels/followed", { body: { type: "slack", url: env("SLACK") } });
  await db.database.sql.query(
    `INSERT INTO delivery (dedup_key, producer, receiver, kind, body, state, created_at, thread_key, due_at, incident_id)
     VALUES ('followed', 'channel', 'followed', 'notify', $1, 'sent', now(), 'followed', now(), $2)`,
    [JSON.stringify(notification({ receiver: "team", threadKey: "followed" })), ids.incidents],
  );
  const rosa = await signInPerson(api, { name: "Rosa Responder", role: "responder" });
  const answer = await rosa.call("POST", `/api/v1/incidents/${ids.incidents}/acknowledge`, {});
  expect(answer.status).toBe(200);
  const incident = await (await rosa.call("GET", `/api/v1/incidents/${ids.incidents}`)).json();
  expect(incident).toMatchObject({ state: "acknowledged", acknowledgedBy: "Rosa Responder" });
  expect(incident.timeline).toContainEqual(expect.objectContaining({ kind: "acknowledged", actor: "Rosa Responder" }));
  const { rows } = await db.database.sql.query(
    "SELECT receiver, body->'incident'->>'acknowledgedBy' AS by FROM delivery WHERE kind = 'acknowledge'",
  );
  expect(rows).toContainEqual({ receiver: "followed", by: "Rosa Responder" });
});
