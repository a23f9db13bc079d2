import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";
import { ManualClock } from "#test/worker-context.ts";

let db: TestDatabase;
let api: TestApi;
let clock: ManualClock;
beforeEach(async () => {
  db = await createTestDatabase();
  clock = new ManualClock("2026-11-22T13:20:00Z");
  api = openTestApi(db.database, { now: () => clock.now() });
});
afterEach(async () => {
  await api.close();
  await db.drop();
});

async function read(path: string): Promise<object> {
  const answer = await api.call("GET", `/api/v1${path}`);
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as object;
}

async function put(path: string, body: object): Promise<{ applied?: boolean }> {
  const answer = await api.call("PUT", `/api/v1${path}`, { body });
  const text = await answer.text();
  expect([answer.status, text], path).toEqual([200, expect.anything()]);
  return JSON.parse(text);
}

/** What a change leaves behind beside the resource: hours to be judged again, and revisions. */
async function traces(): Promise<unknown> {
  const { rows } = await db.database.sql.query(
    `SELECT (SELECT count(*)::int FROM dirty_hour) AS dirty, (SELECT count(*)::int FROM verdict) AS verdicts,
            (SELECT coalesce(sum(revision), 0)::int FROM verdict) AS revisions`,
  );
  return rows[0];
}

const smtp = {
  host: "smtp.example.com",
  port: 587,
  user: "tidemark",
  password: { env: "TIDEMARK_SECRET_SMTP_PASSWORD" },
};
type Written = [path: string, body: object];
const datacenter: Written = ["/datacenters/ams", { displayName: "Amsterdam", activeFrom: "2026-11-22T00" }];
const eventType: Written = [
  "/event-types/EndSong",
  {
    owner: "payments",
    tier: "high",
    deadline: "90m",
    datacenters: ["ams"],
    activeFrom: "2026-11-22T00",
    activeTo: "2027-01-01T00",
    maxLost: "0.02%",
    maxDuplicated: 0.001,
    settle: "20m",
    impliedZero: false,
    expectReporters: true,
    objectives: { timeliness: "99.5%", completeness: 0.999, skew: 0.99 },
    description: "Sent when a song ends.\nCounted once.",
    labels: { team: "payments", pii: "" },
  },
];
const mail: Written = [
  "/channels/mail",
  { type: "email", to: ["a@example.com"], from: "t@example.com", smtp, monthlyDigest: { tier: "high" } },
];
const hook: Written = [
  "/channels/hook",
  {
    type: "webhook",
    url: { env: "TIDEMARK_SECRET_HOOK_URL" },
    secrets: [{ env: "TIDEMARK_SECRET_HOOK_SECRET" }],
    enabled: false,
  },
];

/** Each with what it names, which is written before it. */
const resources: [path: string, body: object | null, named?: Written[]][] = [
  [
    "/deployment-hooks/gitlab",
    {
      provider: "gitlab",
      secret: { env: "TIDEMARK_SECRET_GITLAB_HOOK" },
      mappings: [
        { match: "acme/(?<app>[a-z]+)/environments/prod-(?<dc>[a-z]+)", component: "$app", datacenter: "$dc" },
        { match: "acme/tools/.*", component: "tools" },
      ],
      owner: "payments",
      enabled: false,
    },
  ],
  ["/tiers/gold", { deadline: "1h", objectives: { timeliness: "99.5%", completeness: 0.999, skew: 0.99 } }],
  datacenter,
  [...eventType, [datacenter]],
  [
    "/event-types/EndSong/consumers/royalties",
    { contact: "#royalties", description: "Daily.", minCompleteness: 0.99 },
    [datacenter, eventType],
  ],
  mail,
  hook,
  [
    "/rules/slow",
    {
      metric: "closing_delay",
      threshold: "80%",
      severity: "ticket",
      for: "5m",
      scope: { tier: ["high"], labels: { a: "b" } },
    },
  ],
  [
    "/sources/google",
    {
      owner: "payments",
      enabled: false,
      cloudMonitoring: {
        project: "my-project",
        subscriptions: [{ match: "(?<type>\\w+)-etl", eventType: "$type", datacenter: "ams", retention: "3d" }],
        jobs: [{ match: "etl", eventTypes: ["EndSong", "AdClick"], datacenter: "ams", component: "etl" }],
      },
    },
  ],
  [
    "/on-call-schedules/data-platform",
    {
      timeZone: "Europe/Stockholm",
      people: [
        { name: "Ada Lind", channels: ["mail"] },
        { name: "Bo Ek", channels: ["mail"] },
      ],
      layers: [
        {
          name: "nights",
          people: ["Ada Lind", "Bo Ek"],
          rotation: "weekly",
          startsOn: "2026-11-23",
          activeTimes: [{ times: [{ startTime: "22:00", endTime: "24:00" }] }],
        },
      ],
    },
    [mail],
  ],
  ["/rules/datacenter-silent", null],
  ["/routing-tree", null],
  [
    "/routing-tree",
    {
      route: { receiver: "team", routes: [{ matchers: ['severity="page"'], groupWait: "0s", continue: true }] },
      receivers: [{ name: "team", channels: ["mail"], escalation: [{ after: "10m", channels: ["hook"] }] }],
      timeIntervals: [{ name: "nights", timeIntervals: [{ times: [{ startTime: "00:00", endTime: "06:00" }] }] }],
    },
    [mail, hook],
  ],
];

test.each(resources)("what GET %s answers can be PUT back, and changes nothing", async (path, body, named = []) => {
  for (const each of named) await put(...each);
  if (body) await put(path, body);
  const answered = await read(path);
  const before = await traces();
  clock.set("2026-11-22T13:25:00Z");
  const { applied } = await put(path, answered);
  expect(applied ?? false).toBe(false);
  clock.set("2026-11-22T13:20:00Z");
  expect(await read(path)).toEqual(answered);
  expect(await traces()).toEqual(before);
});

test("what GET of a silence answers can be PUT back, and changes nothing but what is changed in it", async () => {
  const sunday = { weekdays: ["sunday"], times: [{ startTime: "02:00", endTime: "04:00" }], location: "UTC" };
  const body = { matchers: ['datacenter="ams"'], duration: "28d", reason: "New switches.", recurrence: [sunday] };
  const created = await api.call("POST", "/api/v1/silences", { body });
  const path = `/silences/${((await created.json()) as { id: string }).id}`;
  const answered = await read(path);
  expect(await put(path, answered)).toEqual(answered);
  await put(path, { ...answered, reason: "New switches in every rack." });
  const changed = await read(path);
  expect(changed).toMatchObject({
    ...answered,
    reason: "New switches in every rack.",
    updatedBy: expect.any(String),
    etag: expect.any(String),
  });
  const misspelt = await api.call("PUT", `/api/v1${path}`, { body: { ...answered, matcher: [] } });
  expect(await misspelt.json()).toMatchObject({ status: 400, errors: [{ pointer: "/matcher" }] });
});

test("a fault in a spec that was sent back is found at its place, and a misspelt member is refused", async () => {
  await put(...datacenter);
  await put(...eventType);
  const spec = { owner: "payments", tier: "high", deadline: "soon" };
  const answer = await api.call("PUT", "/api/v1/event-types/EndSong", { body: { name: "EndSong", spec } });
  expect(await answer.json()).toMatchObject({ status: 400, errors: [{ pointer: "/spec/deadline" }] });
  const misspelt = { contact: "#royalties", minCompletenes: 0.9 };
  const refused = await api.call("PUT", "/api/v1/event-types/EndSong/consumers/royalties", { body: misspelt });
  expect(await refused.json()).toMatchObject({ status: 400, errors: [{ pointer: "/minCompletenes" }] });
});
