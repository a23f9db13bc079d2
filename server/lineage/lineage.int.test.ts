import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { everywhere, publicOnly } from "#domain/egress.ts";
import { openEgress } from "#server/adapters/egress.ts";
import { sendLineage } from "#server/adapters/openlineage.ts";
import { judgeHours } from "#server/verdicts/index.ts";
import { HourStory } from "#test/hour-story.ts";
import { type HttpReceiver, startHttpReceiver } from "#test/http-receiver.ts";
import { passOutboxTime, sendDue } from "#test/outbox.ts";
import { workerContext } from "#test/worker-context.ts";
import { lineageProducer } from "./lineage-producer.ts";
import { queueRunEvents } from "./queue-run-events.ts";

const options = { namespace: "events-prod", producer: "https://tidemark.example.com" };
let story: HourStory;
let backend: HttpReceiver;

beforeEach(async () => {
  backend = await startHttpReceiver({ status: 201, body: "" });
  story = await HourStory.begin({ now: "2026-11-22T13:20:00Z", activeFrom: "2026-11-22T12:00:00Z" });
});
afterEach(async () => {
  await backend.stop();
  await story.end();
});

/** As the evaluate worker does with a backend. */
async function judge(now?: string): Promise<void> {
  if (now !== undefined) story.clock.set(now);
  const ctx = workerContext(story.test.database, story.clock);
  const onJudged: Parameters<typeof judgeHours>[0]["onJudged"] = (tx, judged, at) =>
    queueRunEvents(tx, { judged, now: at, options });
  while ((await judgeHours({ ctx, input: { limit: 100 }, onJudged })) > 0);
}

async function report(lost = 0): Promise<void> {
  for (const dc of ["east", "west"]) {
    await story.count({ dc, stage: "produced", hour: "2026-11-22T12", events: 1000 });
    await story.count({ dc, stage: "delivered", hour: "2026-11-22T12", events: dc === "east" ? 1000 - lost : 1000 });
    await story.watermark(dc, "2026-11-22T13:00:00Z");
  }
}

async function send(egress = openEgress(everywhere)): Promise<void> {
  const ctx = workerContext(story.test.database, story.clock);
  const url = `${new URL(backend.url).origin}/api/v1/lineage`;
  await sendDue(
    ctx,
    lineageProducer((body) => sendLineage({ url, apiKey: "secret", body, egress })),
  );
}

const events = () => backend.received.map(({ body }) => JSON.parse(body));
const outbox = async () =>
  (await story.test.database.sql.query<{ state: string; kind: string }>("SELECT state, kind FROM delivery ORDER BY id"))
    .rows;
const assertionsOf = (event: { inputs: { inputFacets: { dataQualityAssertions: { assertions: object[] } } }[] }) =>
  event.inputs[0]?.inputFacets.dataQualityAssertions.assertions;

describe("an hour", () => {
  test("is sent once it is final, and again to the same run when it is amended", async () => {
    await report();
    await judge();
    await send();
    expect(events()).toHaveLength(1);
    expect(events()[0]).toMatchObject({
      eventType: "COMPLETE",
      job: { namespace: "events-prod", name: "completeness.EndSong" },
      inputs: [{ namespace: "events-prod", name: "EndSong" }],
      run: { facets: { nominalTime: { nominalStartTime: "2026-11-22T12:00:00Z" } } },
    });
    expect(assertionsOf(events()[0])).toContainEqual({ assertion: "tidemark.complete", success: true });
    expect(backend.received[0]).toMatchObject({
      path: "/api/v1/lineage",
      headers: { authorization: "Bearer secret", "content-type": "application/json" },
    });
    await story.count({ dc: "east", stage: "produced", hour: "2026-11-22T12", events: 1500 });
    await judge("2026-11-22T13:50:00Z");
    await send();
    expect(events()[1]).toMatchObject({ eventType: "OTHER", run: { runId: events()[0].run.runId } });
    expect(assertionsOf(events()[1])).toContainEqual({ assertion: "tidemark.lost_within_tolerance", success: false });
  });

  test("that is open or being verified is not sent", async () => {
    await report(500);
    await judge();
    expect(await outbox()).toEqual([]);
    await judge("2026-11-22T13:40:00Z");
    expect(await outbox()).toEqual([{ state: "queued", kind: "final" }]);
  });

  test("of a type with labels is about the dataset that they name", async () => {
    await story.test.database.sql.query(
      `UPDATE event_type SET labels = '{"openlineage-namespace": "gs://events", "openlineage-name": "end_song"}'`,
    );
    await report();
    await judge();
    await send();
    expect(events()[0].inputs[0]).toMatchObject({ namespace: "gs://events", name: "end_song" });
  });

  test("of which a judge's transaction fails is not sent", async () => {
    await report();
    const ctx = workerContext(story.test.database, story.clock);
    const failing = judgeHours({
      ctx,
      input: { limit: 100 },
      onJudged: async (tx, judged, now) => {
        await queueRunEvents(tx, { judged, now, options });
        throw new Error("planted");
      },
    });
    await expect(failing).rejects.toThrow("planted");
    expect(await outbox()).toEqual([]);
  });

  test("long past that a claim creates is history, not news", async () => {
    await report();
    // As a claim leaves its hours.
    await story.test.database.sql.query("DELETE FROM verdict_revision");
    await story.test.database.sql.query("UPDATE verdict SET revision = 0, next_due_at = '-infinity'");
    await judge("2026-12-05T00:00:00Z");
    expect(await outbox()).toEqual([]);
  });
});

describe("the backend", () => {
  beforeEach(async () => {
    await report();
    await judge();
  });

  test.each([503, 401, 404])("that answers %i gets the event again", async (status) => {
    backend.answer({ status });
    await send();
    expect(await outbox()).toMatchObject([{ state: "queued" }]);
    backend.answer({ status: 200 });
    await passOutboxTime(story.test.database, 60);
    await send();
    expect(await outbox()).toMatchObject([{ state: "sent" }]);
    expect(events()[1]).toEqual(events()[0]);
  });

  test("that finds the event invalid is not asked again", async () => {
    backend.answer({ status: 422, body: "no" });
    await send();
    expect(await outbox()).toMatchObject([{ state: "failed" }]);
  });

  test("where TIDEMARK_EGRESS does not allow it is not reached", async () => {
    await send(openEgress(publicOnly));
    expect(backend.received).toEqual([]);
    expect(await outbox()).toMatchObject([{ state: "failed" }]);
  });

  test("is no part of the log of deliveries", async () => {
    expect((await story.get("/deliveries")).body.items).toEqual([]);
    const { rows } = await story.test.database.sql.query<{ id: bigint }>("SELECT id FROM delivery");
    expect((await story.get(`/deliveries/${rows[0]?.id}`)).status).toBe(404);
  });
});
