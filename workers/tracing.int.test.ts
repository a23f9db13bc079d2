import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTracing } from "#server/adapters/start-tracing.ts";
import { readConfig } from "#server/config.ts";
import { flushNextGroup } from "#server/notifications/index.ts";
import { hourTraceId } from "#server/process/tracing.ts";
import { tracingOf } from "#server/settings/tracing.ts";
import { AlertStory } from "#test/alert-story.ts";
import { HourStory } from "#test/hour-story.ts";
import { startNotify } from "#test/notify-process.ts";
import { keyOf, OtlpReceiver, type ReceivedSpan } from "#test/otlp-receiver.ts";
import { until } from "#test/until.ts";
import { WebhookReceiver } from "#test/webhook-receiver.ts";
import { workerContext } from "#test/worker-context.ts";
import { openReporter } from "../packages/client/src/index.ts";

const hour = "2026-11-22T12";
const start = new Date("2026-11-22T12:00:00Z");
const undo: (() => Promise<unknown>)[] = [];
let story: HourStory;
let collector: OtlpReceiver;
let receiver: WebhookReceiver;
let said: string[];

beforeEach(async () => {
  said = [];
  collector = await OtlpReceiver.start();
  receiver = await WebhookReceiver.start();
  story = await HourStory.begin({ now: "2026-11-22T13:20:00Z", activeFrom: "2026-11-22T12:00:00Z" });
  undo.push(
    () => collector.stop(),
    () => receiver.stop(),
    () => story.end(),
  );
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** Traces of this process, as the settings of a worker start them. Returns what sends all of it. */
async function trace(settings: Record<string, string> = {}): Promise<() => Promise<void>> {
  const config = readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, ...settings });
  const tracing = startTracing(tracingOf(config, "test"), { warn: (message) => void said.push(message) });
  undo.push(() => tracing.close());
  await tracing.opened;
  return () => tracing.close();
}

interface Sender {
  traceparent: string;
  key: string;
}

function sender(): Sender {
  const [traceId, spanId] = [randomBytes(16).toString("hex"), randomBytes(8).toString("hex")];
  return { traceparent: `00-${traceId}-${spanId}-01`, key: `${traceId}-${spanId}` };
}

async function send(events: object[], headers: Record<string, string> = {}): Promise<number> {
  const body = events.map((event, index) => ({
    specversion: "1.0",
    source: "exporter",
    id: `${performance.now()}-${index}`,
    time: story.clock.now().toISOString(),
    ...event,
  }));
  const answer = await story.api.call("POST", "/api/v1/events", {
    headers: { "content-type": "application/cloudevents-batch+json", ...headers },
    body: JSON.stringify(body),
  });
  return answer.status;
}

const counters = (dc: string, stage: string, events: number) => ({
  type: "tidemark.counters.v1",
  data: { dc, stage, reporter: `${dc}-${stage}`, reports: [{ eventType: "EndSong", hour, events }] },
});
const watermark = (dc: string) => ({
  type: "tidemark.watermark.v1",
  data: { dc, marks: [{ eventType: "EndSong", watermark: "2026-11-22T13:00:00Z" }] },
});
const settled = (delivered: number) =>
  ["east", "west"].flatMap((dc) => [
    counters(dc, "produced", 1000),
    counters(dc, "delivered", dc === "east" ? delivered : 1000),
    watermark(dc),
  ]);

async function subscribe(): Promise<void> {
  const consumer = { contact: "#royalties" };
  await story.api.call("PUT", "/api/v1/event-types/EndSong/consumers/royalties", { body: consumer });
  const body = { eventType: "EndSong", consumer: "royalties", url: receiver.url, allowPrivate: true };
  const answer = await story.api.call("POST", "/api/v1/subscriptions", { body: { ...body, events: ["complete"] } });
  expect(answer.status).toBe(201);
}

/** A notify process of its own, which knows of the story only what its rows say. */
function notify(): void {
  const worker = startNotify(story.test.url, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    OTEL_BSP_SCHEDULE_DELAY: "100",
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test%20bed",
    TIDEMARK_LOG_LEVEL: "debug",
  });
  undo.push(() => worker.stop());
}

const named = (name: string) => collector.spans.filter((span) => span.name === name);
const one = (name: string, condition: (span: ReceivedSpan) => boolean = () => true): ReceivedSpan => {
  const [first] = named(name).filter(condition);
  if (!first) throw new Error(`${name} is not among ${collector.spans.map((span) => span.name).join(", ")}`);
  return first;
};
const isParent = (parent: ReceivedSpan, child: ReceivedSpan) =>
  parent.traceId === child.traceId && parent.spanId === child.parentSpanId;

describe("an hour's story", () => {
  test("leads from the sender's span over request, commit and verdict to the webhook that its consumer is sent", async () => {
    await subscribe();
    const flush = await trace();
    const [publisher, caller] = [sender(), sender()];
    const [first, ...others] = settled(1000);
    const events = [{ ...first, traceparent: publisher.traceparent }, ...others];
    expect(await send(events, { traceparent: caller.traceparent })).toBe(202);
    await story.judge();
    notify();
    await until("the webhook is sent", async () => receiver.received.length === 1);
    await flush();
    await until("the notify process sent its spans", async () => named("POST").length > 0);

    const request = one("POST /api/v1/events");
    expect(`${request.traceId}-${request.parentSpanId}`).toBe(caller.key);
    expect(request.attributes).toMatchObject({ "http.request.method": "POST", "http.response.status_code": 202 });
    const commit = one("commit facts");
    expect(commit.parentSpanId).toBeUndefined();
    expect(commit.links.toSorted()).toEqual([keyOf(request), publisher.key].toSorted());
    expect(commit.attributes).toMatchObject({
      "messaging.operation.type": "process",
      "messaging.batch.message_count": 6,
      "tidemark.event_type": "EndSong",
      "db.system.name": "postgresql",
    });
    const verdict = one("judge hour", ({ attributes }) => attributes["tidemark.state"] === "complete");
    expect(verdict.traceId).toBe(hourTraceId("EndSong", start));
    expect(verdict.parentSpanId).toBeUndefined();
    expect(verdict.links).toEqual([keyOf(commit)]);
    expect(verdict.attributes).toMatchObject({ "tidemark.event_type": "EndSong", "tidemark.hour": hour });
    const delivery = one("deliver subscription");
    expect(isParent(verdict, delivery)).toBe(true);
    expect(delivery.attributes).toMatchObject({
      "messaging.message.id": receiver.received[0]?.id,
      "tidemark.delivery.outcome": "sent",
    });
    expect(delivery.resource).toMatchObject({
      "service.name": "tidemark",
      "tidemark.process": "notify",
      "deployment.environment.name": "test bed",
    });
    const post = one("POST");
    expect(isParent(delivery, post)).toBe(true);
    expect(post.attributes).toMatchObject({ "server.address": "127.0.0.1", "http.response.status_code": 204 });
    expect(receiver.received[0]?.headers.traceparent).toBe(`00-${keyOf(post)}-01`);
  });

  test("goes on from the verdict over the alert rules and the group to the page", async () => {
    const alerts = new AlertStory(story.test.database, story.clock);
    await alerts.channel("hook", { type: "webhook", url: receiver.url, allowPrivate: true });
    await alerts.everythingTo(["hook"]);
    const flush = await trace();
    expect(await send(settled(500))).toBe(202);
    await story.judge();
    await story.at("2026-11-22T13:40:00Z");
    await story.test.database.sql.query("UPDATE notification_group SET flush_at = now() WHERE flush_at IS NOT NULL");
    while (await flushNextGroup({ ctx: workerContext(story.test.database, story.clock) }));
    notify();
    await until("the page is sent", async () => receiver.received.length > 0);
    await flush();
    await until("the notify process sent its spans", async () => named("POST").length > 0);
    const evaluation = one("evaluate alert rules", ({ spanId }) =>
      named("decide notification").some((each) => each.parentSpanId === spanId),
    );
    expect(evaluation.traceId).toBe(hourTraceId("EndSong", start));
    const decision = one("decide notification");
    const delivery = one("deliver channel");
    expect(isParent(evaluation, decision)).toBe(true);
    expect(isParent(decision, delivery)).toBe(true);
    expect(isParent(delivery, one("POST"))).toBe(true);
    // What is repeated hours later is another story.
    const { rows } = await story.test.database.sql.query(
      "SELECT FROM notification_group WHERE traceparent IS NOT NULL",
    );
    expect(rows).toHaveLength(0);
  });

  test("several requests that one transaction commits are all linked to it", async () => {
    const flush = await trace();
    const answers = await Promise.all(
      ["east", "west", "east"].map((dc, index) => send([counters(dc, "produced", index)])),
    );
    expect(answers).toEqual([202, 202, 202]);
    await flush();
    const links = named("commit facts").flatMap((span) => span.links);
    expect(links.toSorted()).toEqual(named("POST /api/v1/events").map(keyOf).toSorted());
  });
});

describe("what is not sampled", () => {
  test("is not sent, and a ratio keeps an hour whole or not at all", async () => {
    const flush = await trace({ OTEL_TRACES_SAMPLER: "parentbased_traceidratio", OTEL_TRACES_SAMPLER_ARG: "0" });
    expect(await send(settled(1000))).toBe(202);
    await story.judge();
    await flush();
    expect(collector.spans).toEqual([]);
    const { rows } = await story.test.database.sql.query("SELECT FROM delivery WHERE traceparent LIKE '%-01'");
    expect(rows).toEqual([]);
  });

  test("is left out if its sender says so", async () => {
    const flush = await trace();
    const unsampled = sender().traceparent.replace(/01$/, "00");
    expect(await send([counters("east", "produced", 1)], { traceparent: unsampled })).toBe(202);
    await flush();
    expect(named("POST /api/v1/events")).toEqual([]);
  });
});

test("a receiver that wants protobuf is sent the same spans in it", async () => {
  const flush = await trace({ OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf", OTEL_EXPORTER_OTLP_HEADERS: "api-key=k" });
  const caller = sender();
  expect(await send([counters("east", "produced", 1)], { traceparent: caller.traceparent })).toBe(202);
  await flush();
  const [request] = collector.requests;
  expect([request?.path, request?.headers["content-type"], request?.headers["api-key"]]).toEqual([
    "/v1/traces",
    "application/x-protobuf",
    "k",
  ]);
  const span = collector.protobufSpans.find(({ name }) => name === "POST /api/v1/events");
  expect(span?.key).toMatch(new RegExp(`^${caller.key.split("-")[0]}-[0-9a-f]{16}$`));
  expect(collector.protobufSpans.map(({ name }) => name)).toContain("commit facts");
});

describe("a reporter of the client library", () => {
  test("gives each event its caller's span, and a fault in the caller's tracing costs no report", async () => {
    const flush = await trace();
    const publisher = sender();
    const spans = [
      () => publisher.traceparent,
      () => undefined,
      () => {
        throw new Error("no tracer");
      },
    ];
    for (const traceparent of spans) {
      const reporter = await openReporter({
        dc: "east",
        reporter: "exporter",
        transport: { send: async (events) => expect(await send([...events])).toBe(202), close: async () => undefined },
        now: () => story.clock.now(),
        flushEveryMs: 3_600_000,
        traceparent,
      });
      reporter.count("EndSong", { stage: "produced", at: hour });
      await reporter.flush();
      await reporter.close({ final: false });
    }
    await flush();
    const senders = named("commit facts").map(({ links }) => links.filter((link) => link === publisher.key).length);
    expect(senders.toSorted()).toEqual([0, 0, 1]);
  });
});

describe("without traces", () => {
  test("no row carries a traceparent, and webhooks have no such header", async () => {
    await subscribe();
    expect(await send(settled(1000), { traceparent: sender().traceparent })).toBe(202);
    const marks = await story.test.database.sql.query("SELECT FROM dirty_hour WHERE traceparent IS NOT NULL");
    expect(marks.rows).toEqual([]);
    await story.judge();
    const worker = startNotify(story.test.url);
    undo.push(() => worker.stop());
    await until("the webhook is sent", async () => receiver.received.length === 1);
    expect(receiver.received[0]?.headers.traceparent).toBeUndefined();
    expect(collector.requests).toEqual([]);
  });

  test("OTEL_SDK_DISABLED wins over an endpoint", async () => {
    await trace({ OTEL_SDK_DISABLED: "true" });
    expect(await send([counters("east", "produced", 1)])).toBe(202);
    expect(collector.requests).toEqual([]);
  });
});

describe("what goes wrong", () => {
  test("an invalid traceparent costs no report: the trace begins here", async () => {
    const flush = await trace();
    const event = { ...counters("east", "produced", 1), traceparent: "not one" };
    expect(await send([event], { traceparent: "00-nonsense" })).toBe(202);
    await flush();
    expect(one("POST /api/v1/events").parentSpanId).toBeUndefined();
  });

  test("a receiver that refuses spans is named in a warning, once, and nothing waits for it", async () => {
    collector.answer({ status: 400, body: "no" });
    const flush = await trace();
    expect(await send([counters("east", "produced", 1)])).toBe(202);
    await flush();
    expect(said).toEqual([expect.stringMatching(/^Traces are not accepted by 127\.0\.0\.1:\d+ and are dropped: /)]);
  });

  test("a refused request is recorded with its status", async () => {
    const flush = await trace();
    expect(await send([{ type: "tidemark.counters.v9", data: {} }])).toBe(400);
    await flush();
    expect(one("POST /api/v1/events")).toMatchObject({ status: 0, attributes: { "http.response.status_code": 400 } });
  });
});
