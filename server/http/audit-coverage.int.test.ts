import { afterAll, beforeAll, expect, test } from "vitest";
import { AlertStory } from "#test/alert-story.ts";
import { HourStory } from "#test/hour-story.ts";
import { rollUpAll } from "#test/slo.ts";
import { testAdminToken } from "#test/test-api.ts";
import { until } from "#test/until.ts";

interface Operation {
  operationId: string;
  requestBody?: { content: Record<string, { example?: unknown; schema?: { $ref?: string; example?: unknown } }> };
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { example?: unknown }> };
}

interface Step {
  operationId: string;
  /** Below /api/v1. */
  path: string;
  /** The acts that it is recorded as. */
  acts: string[];
  /** Left out: the example of the API's description. */
  body?: unknown;
  type?: string;
  headers?: Record<string, string>;
  token?: string | null;
  /** Answers only once its message was sent. */
  isHeld?: boolean;
  /** What it needs, and the API cannot make. */
  prepare?: () => Promise<void>;
}

/** Operations that leave no entry, and why. */
const exempt: Record<string, string> = {
  sendEvents: "facts are their own record",
  sendLineageEvent: "a suggestion; who registers the consumer is recorded",
  testRoutes: "tries out, changes nothing",
  backtestRule: "tries out, changes nothing",
  backtestDraft: "tries out, changes nothing",
  previewSilence: "tries out, changes nothing",
  previewSource: "tries out, changes nothing",
  readSignInLink: "reads; a refusal is recorded, see people.int.test.ts",
  takeChannelEvent: "signed by PagerDuty: see workers/notify/drills.int.test.ts",
  takeSlackAction: "signed by Slack: see workers/notify/slack.int.test.ts",
  takeHookDelivery: "signed by release tools: see server/http/hooks.int.test.ts",
};

let story: HourStory;
let document: Document;
/** What earlier steps made, by their operation or a name of the test's. */
const made: Record<string, string> = {};

beforeAll(async () => {
  story = await HourStory.begin({
    now: "2026-10-05T00:30:00Z",
    activeFrom: "2026-10-05T01:00:00Z",
    activeTo: "2026-10-05T07:00:00Z",
  });
  await story.at("2026-11-03T00:10:00Z");
  await rollUpAll(story);
  const alerts = new AlertStory(story.test.database, story.clock);
  made.incident = String(await alerts.incident("datacenter/east/late"));
  document = (await (await story.api.call("GET", "/api/openapi.json")).json()) as Document;
  const { rows } = await story.test.database.sql.query<{ id: string }>(
    `INSERT INTO rejected_message (source, received_at, reason, faults, payload, payload_bytes)
     VALUES ('pubsub', now(), 'x', '[]', 'oops', 4) RETURNING id::text`,
  );
  made.rejected = rows[0]?.id ?? "";
  await story.api.call("POST", "/api/v1/lineage", {
    body: {
      eventTime: "2026-11-03T00:00:00Z",
      job: { namespace: "airflow", name: "daily" },
      inputs: [{ namespace: "tidemark", name: "EndSong" }],
    },
  });
  // Discovered, never claimed: they can be deleted.
  await story.count({ dc: "stray-dc", stage: "produced", hour: "2026-11-03T00", events: 1, eventType: "Stray" });
});
afterAll(() => story.end());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
  );

function exampleOf({ requestBody }: Operation): { body?: unknown; type?: string } {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (!type || !content) return {};
  const schema = content.schema?.$ref?.split("/").at(-1);
  const body = content.example ?? content.schema?.example ?? (schema && document.components.schemas[schema]?.example);
  return body === undefined ? {} : { body, type };
}

const event = { specversion: "1.0", type: "tidemark.watermark.v1", source: "t", id: "w1" };
const calendar = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "PRODID:test",
  "BEGIN:VEVENT",
  "UID:a",
  "DTSTAMP:20261101T000000Z",
  "DTSTART:20261120T080000Z",
  "DTEND:20261120T200000Z",
  "SUMMARY:Ada Lind",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");

/** Each in the state that those before it leave. */
const steps: (() => Step)[] = [
  () => ({
    operationId: "applyCatalogue",
    path: "/catalogue",
    acts: ["tier.created"],
    type: "application/yaml",
    body: "apiVersion: tidemark/v1\nkind: Tier\nmetadata: {name: gold}\nspec: {deadline: 1h, objective: 0.95}\n",
  }),
  () => ({
    operationId: "putEventType",
    path: "/event-types/Extra",
    acts: ["event_type.created"],
    body: { owner: "a", tier: "high" },
  }),
  () => ({ operationId: "putDatacenter", path: "/datacenters/ams", acts: ["datacenter.created"], body: {} }),
  () => ({ operationId: "putTier", path: "/tiers/silver", acts: ["tier.created"], body: { deadline: "2h" } }),
  () => ({ operationId: "putDeploymentHook", path: "/deployment-hooks/github", acts: ["deployment_hook.created"] }),
  () => ({
    operationId: "rotateDeploymentHookSecret",
    path: "/deployment-hooks/github/rotate-secret",
    acts: ["deployment_hook.secret_rotated"],
  }),
  () => ({ operationId: "deleteDeploymentHook", path: "/deployment-hooks/github", acts: ["deployment_hook.deleted"] }),
  () => ({ operationId: "putRule", path: "/rules/mine", acts: ["rule.created"] }),
  () => ({ operationId: "deleteRule", path: "/rules/mine", acts: ["rule.deleted"] }),
  () => ({
    operationId: "putChannel",
    path: "/channels/managers",
    acts: ["channel.created"],
    body: {
      type: "email",
      smtp: { host: "127.0.0.1", port: 25 },
      from: "tidemark@example.com",
      to: ["ada@example.com"],
      monthlyDigest: true,
    },
  }),
  () => ({ operationId: "testChannel", path: "/channels/managers/test", acts: ["channel.tested"], isHeld: true }),
  () => ({
    operationId: "sendDigestNow",
    path: "/channels/managers/digest",
    acts: ["channel.digest_requested"],
    isHeld: true,
  }),
  () => ({ operationId: "replayDelivery", path: `/deliveries/${made.delivery}/replay`, acts: ["delivery.replayed"] }),
  () => ({
    operationId: "putOnCallSchedule",
    path: "/on-call-schedules/data",
    acts: ["on_call_schedule.created"],
    body: {
      timeZone: "UTC",
      people: [{ name: "Ada Lind", channels: ["managers"] }],
      layers: [{ name: "weekly", people: ["Ada Lind"], rotation: "weekly", startsOn: "2026-11-02" }],
    },
  }),
  () => ({
    operationId: "createOnCallOverride",
    path: "/on-call-schedules/data/overrides",
    acts: ["on_call_override.created"],
    body: { person: "Ada Lind", duration: "8h" },
  }),
  () => ({
    operationId: "removeOnCallOverride",
    path: `/on-call-schedules/data/overrides/${made.createOnCallOverride}`,
    acts: ["on_call_override.removed"],
  }),
  () => ({
    operationId: "importOnCallCalendar",
    path: "/on-call-schedules/data/calendar",
    acts: ["on_call_schedule.calendar_imported"],
    type: "text/calendar",
    body: calendar,
  }),
  () => ({ operationId: "deleteOnCallSchedule", path: "/on-call-schedules/data", acts: ["on_call_schedule.deleted"] }),
  () => ({
    operationId: "putSource",
    path: "/sources/google",
    acts: ["source.created"],
    body: {
      cloudMonitoring: { project: "my-project", jobs: [{ match: "etl", eventType: "EndSong", datacenter: "ams" }] },
    },
  }),
  () => ({ operationId: "deleteSource", path: "/sources/google", acts: ["source.deleted"] }),
  () => ({
    operationId: "putRoutingTree",
    path: "/routing-tree",
    acts: ["routing_tree.created"],
    body: { route: { receiver: "team" }, receivers: [{ name: "team", channels: [] }] },
  }),
  () => ({ operationId: "deleteChannel", path: "/channels/managers", acts: ["channel.deleted"] }),
  () => ({
    operationId: "createSilence",
    path: "/silences",
    acts: ["silence.created"],
    body: { matchers: ["datacenter=east"], duration: "2h", reason: "moving" },
  }),
  () => ({
    operationId: "extendSilence",
    path: `/silences/${made.createSilence}/extend`,
    acts: ["silence.extended"],
    body: { duration: "1h" },
  }),
  () => ({
    operationId: "updateSilence",
    path: `/silences/${made.createSilence}`,
    acts: ["silence.changed"],
    body: { matchers: ["datacenter=west"], duration: "2h", reason: "moving on" },
  }),
  () => ({ operationId: "expireSilence", path: `/silences/${made.createSilence}`, acts: ["silence.ended"] }),
  () => ({
    operationId: "acknowledgeIncident",
    path: `/incidents/${made.incident}/acknowledge`,
    acts: ["incident.acknowledged"],
    body: { note: "on it" },
  }),
  () => ({
    operationId: "assignIncident",
    path: `/incidents/${made.incident}/assign`,
    acts: ["incident.assigned"],
    body: { assignee: "Ada" },
  }),
  () => ({
    operationId: "snoozeIncident",
    path: `/incidents/${made.incident}/snooze`,
    acts: ["incident.snoozed"],
    body: { until: "2026-11-03T02:00:00Z" },
  }),
  () => ({
    operationId: "unsnoozeIncident",
    path: `/incidents/${made.incident}/unsnooze`,
    acts: ["incident.unsnoozed"],
    body: {},
  }),
  () => ({
    operationId: "noteIncident",
    path: `/incidents/${made.incident}/note`,
    acts: ["incident.noted"],
    body: { note: "disk" },
  }),
  () => ({
    operationId: "resolveIncident",
    path: `/incidents/${made.incident}/resolve`,
    acts: ["incident.resolved"],
    body: {},
  }),
  () => ({
    operationId: "dismissDiscoveredConsumer",
    path: "/event-types/EndSong/discovered-consumers/daily/dismiss",
    acts: ["discovered_consumer.dismissed"],
  }),
  () => ({
    operationId: "restoreDiscoveredConsumer",
    path: "/event-types/EndSong/discovered-consumers/daily/restore",
    acts: ["discovered_consumer.restored"],
  }),
  () => ({
    operationId: "putConsumer",
    path: "/event-types/EndSong/consumers/royalties",
    acts: ["consumer.created"],
    body: { contact: "#royalties" },
  }),
  () => ({
    operationId: "createSubscription",
    path: "/subscriptions",
    acts: ["subscription.created"],
    body: {
      eventType: "EndSong",
      consumer: "royalties",
      url: "http://127.0.0.1:9/in",
      allowPrivate: true,
      events: ["complete"],
    },
  }),
  () => ({
    operationId: "rotateSubscriptionSecret",
    path: `/subscriptions/${made.createSubscription}/rotate-secret`,
    acts: ["subscription.secret_rotated"],
  }),
  () => ({
    operationId: "replaySubscriptionMessage",
    path: `/subscriptions/${made.createSubscription}/messages/m1/replay`,
    acts: ["subscription.message_replayed"],
    prepare: async () => {
      await story.test.database.sql.query(
        `INSERT INTO delivery (producer, receiver, kind, dedup_key, thread_key, state, created_at, due_at, body)
         VALUES ('subscription', $1, 'complete', 'm1', 'm1', 'failed', now(), now(), '{}')`,
        [made.createSubscription],
      );
    },
  }),
  () => ({
    operationId: "removeSubscription",
    path: `/subscriptions/${made.createSubscription}`,
    acts: ["subscription.deleted"],
  }),
  () => ({
    operationId: "removeConsumer",
    path: "/event-types/EndSong/consumers/royalties",
    acts: ["consumer.deleted"],
  }),
  () => ({
    operationId: "createCorrection",
    path: "/corrections",
    acts: ["correction.created"],
    body: {
      action: "discard-counts",
      eventType: "EndSong",
      datacenter: "east",
      from: "2026-10-05T01",
      to: "2026-10-05T02",
      reason: "test traffic",
    },
  }),
  () => ({ operationId: "undoCorrection", path: `/corrections/${made.createCorrection}`, acts: ["correction.undone"] }),
  () => ({ operationId: "deleteEventType", path: "/event-types/Stray", acts: ["event_type.deleted"] }),
  () => ({ operationId: "deleteDatacenter", path: "/datacenters/stray-dc", acts: ["datacenter.deleted"] }),
  () => ({ operationId: "deleteReporter", path: "/reporters/stray-dc-produced", acts: ["reporter.deleted"] }),
  () => ({
    operationId: "createVolumeExclusion",
    path: "/volume-exclusions",
    acts: ["volume_exclusion.created"],
    body: { eventType: "EndSong", from: "2026-10-05T01:00:00Z", to: "2026-10-05T02:00:00Z", reason: "load test" },
  }),
  () => ({
    operationId: "removeVolumeExclusion",
    path: `/volume-exclusions/${made.createVolumeExclusion}`,
    body: { reason: "no load test" },
    acts: ["volume_exclusion.removed"],
  }),
  () => ({
    operationId: "createSloSnapshot",
    path: "/slo/snapshots",
    acts: ["slo_snapshot.created"],
    body: { month: "2026-10" },
  }),
  () => ({
    operationId: "excuseHours",
    path: "/slo/excuses",
    acts: ["excuse.created"],
    body: { eventTypes: ["EndSong"], from: "2026-10-05T01", to: "2026-10-05T02", reason: "announced" },
  }),
  () => ({
    operationId: "approveSloExcuse",
    prepare: async () => {
      const { sql } = story.test.database;
      await sql.query("UPDATE slo_excuse SET approved_at = NULL, approved_by = NULL, created_by = 'Bo Berg'");
    },
    path: `/slo/excuses/${made.excuseHours}/approval`,
    acts: ["excuse.approved"],
  }),
  () => ({
    operationId: "revokeSloExcuse",
    path: `/slo/excuses/${made.excuseHours}?reason=mistaken`,
    acts: ["excuse.revoked"],
  }),
  () => ({
    operationId: "importOpenSlo",
    path: "/slo/openslo",
    acts: ["tier.changed"],
    type: "application/yaml",
    prepare: async () => {
      const exported = await (await story.api.call("GET", "/api/v1/slo/openslo")).text();
      made.openSlo = exported.replace("target: 0.95", "target: 0.975");
    },
    body: made.openSlo ?? "",
  }),
  () => ({
    operationId: "recordDeployment",
    path: "/deployments",
    acts: ["deployment.recorded"],
    body: { id: "d1", component: "exporter", version: "1.2" },
  }),
  () => ({
    operationId: "resubmitMessage",
    path: `/rejected-messages/${made.rejected}/resubmit`,
    acts: ["rejected_message.resubmitted"],
    type: "application/octet-stream",
    body: JSON.stringify({
      ...event,
      time: "2026-11-03T00:10:00Z",
      data: { dc: "east", marks: [{ eventType: "EndSong", watermark: "2026-11-03T00:00:00Z" }] },
    }),
  }),
  () => ({
    operationId: "createToken",
    path: "/tokens",
    acts: ["token.created"],
    body: { name: "t", scopes: ["read"] },
  }),
  () => ({ operationId: "rotateToken", path: `/tokens/${made.createToken}/rotate`, acts: ["token.rotated"], body: {} }),
  () => ({ operationId: "revokeToken", path: `/tokens/${made.createToken}`, acts: ["token.revoked"] }),
  () => ({
    operationId: "invitePerson",
    path: "/people",
    acts: ["person.created"],
    body: { name: "Ada Lind", role: "viewer" },
  }),
  () => ({
    operationId: "updatePerson",
    path: `/people/${made.invitePerson}`,
    acts: ["person.changed"],
    body: { role: "editor" },
  }),
  () => ({ operationId: "linkPerson", path: `/people/${made.invitePerson}/link`, acts: ["person.linked"] }),
  () => ({
    operationId: "useSignInLink",
    path: "/session/link",
    acts: ["session.started"],
    token: null,
    body: { code: made.code },
  }),
  () => ({
    operationId: "endSession",
    prepare: async () => {
      const { rows } = await story.test.database.sql.query<{ id: string }>(
        "SELECT id FROM session WHERE ended_at IS NULL AND person_id IS NOT NULL",
      );
      made.session = rows[0]?.id ?? "";
    },
    path: `/sessions/${made.session}`,
    acts: ["session.ended"],
  }),
  () => ({
    operationId: "signIn",
    path: "/session",
    acts: ["session.started"],
    token: null,
    body: { token: testAdminToken },
  }),
  () => ({ operationId: "endOtherSessions", path: "/sessions", acts: ["session.ended"] }),
  () => ({
    operationId: "signOut",
    path: "/session",
    acts: ["session.ended"],
    token: null,
    prepare: async () => {
      const body = { token: testAdminToken };
      const answer = await story.api.call("POST", "/api/v1/session", { token: null, body });
      made.cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    },
    headers: { cookie: made.cookie ?? "", "sec-fetch-site": "same-origin" },
  }),
];

const auditedSince = async (id: bigint) => {
  const { rows } = await story.test.database.sql.query<{ id: bigint; act: string; name: string }>(
    "SELECT id, act, name FROM audit_entry WHERE id > $1 AND act <> 'token.used_from_new_address' ORDER BY id",
    [id],
  );
  return rows;
};

/** Runs a step; returns the acts that it left. */
async function take(begin: () => Step): Promise<string[]> {
  await begin().prepare?.();
  const step = begin();
  const operation = operations().find(({ operationId }) => operationId === step.operationId);
  if (!operation) throw new Error(`The API's description has no ${step.operationId}.`);
  const last = (await auditedSince(0n)).at(-1)?.id ?? 0n;
  const example = exampleOf(operation);
  const { body = example.body, type = example.type, token, headers = {} } = step;
  const answering = story.api.call(operation.method, `/api/v1${step.path}`, {
    ...(token === undefined ? {} : { token }),
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    headers: { ...(type ? { "content-type": type } : {}), ...headers },
  });
  if (step.isHeld) {
    const send = "UPDATE delivery SET state = 'sent', sent_at = now() WHERE state = 'queued' RETURNING id::text";
    await until("its message is queued", async () => {
      const { rows } = await story.test.database.sql.query<{ id: string }>(send);
      made.delivery = rows[0]?.id ?? made.delivery ?? "";
      return rows.length > 0;
    });
  }
  const answer = await answering;
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${step.operationId}: ${answer.status} ${text}`);
  const said = text.startsWith("{") ? (JSON.parse(text) as { id?: string; link?: { url: string } }) : {};
  made[step.operationId] = String(said.id ?? "");
  if (said.link) made.code = new URL(said.link.url).hash.slice(1);
  return (await auditedSince(last)).map(({ act }) => act);
}

test("every operation that changes something is tried below, or is exempt for a reason", () => {
  const writing = operations().filter(({ method }) => method !== "GET");
  const known = [...steps.map((step) => step().operationId), ...Object.keys(exempt)];
  expect(writing.map(({ operationId }) => operationId).sort()).toEqual(known.sort());
});

test("each leaves the entries of its acts", async () => {
  for (const step of steps) {
    const { operationId, acts } = step();
    expect([operationId, await take(step)]).toEqual([operationId, acts]);
  }
});
