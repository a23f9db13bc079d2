import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sendWebhook } from "#server/adapters/webhook.ts";
import { readStream, recordAct, recordActs, takeMessage } from "#server/audit/index.ts";
import { sqlOf } from "#server/db/database.ts";
import { createClock } from "#server/process/clock.ts";
import { createLog } from "#server/process/log.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { anywhere } from "#test/egress.ts";
import { startNotify } from "#test/notify-process.ts";
import { openTestApi } from "#test/test-api.ts";
import { until } from "#test/until.ts";
import { WebhookReceiver } from "#test/webhook-receiver.ts";
import { workerContext } from "#test/worker-context.ts";
import { type PostAudit, streamAudit } from "./audit-loop.ts";

const secret = `whsec_${Buffer.from("the audit log's own signing key!").toString("base64")}`;
const ada = { actor: "Ada Lind", caller: { kind: "person", personId: "p1" } } as const;
const clock = createClock({ setting: null });
let db: TestDatabase;
let receiver: WebhookReceiver;
const undo: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  db = await createTestDatabase();
  receiver = await WebhookReceiver.start();
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  await receiver.stop();
  await db.drop();
});

const post: PostAudit = (message) =>
  sendWebhook({ ...message, url: receiver.url, secrets: [secret], egress: anywhere });

/** The loop of one process. */
function stream(instance: string, through: PostAudit = post): void {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = streamAudit(
    {
      ctx: workerContext(db.database, clock),
      instance,
      log: createLog({ name: instance, level: "error", format: "json" }),
      signal,
      pause: (realMs) => sleep(realMs, undefined, { signal }).catch(() => undefined),
    },
    through,
  );
  undo.push(() => {
    stopping.abort();
    return running;
  });
}

const act = (name: string) => db.database.transaction((tx) => recordAct(tx, ada, { act: "tier.changed", name }));
const namesOf = (index: number): string[] =>
  receiver.received[index]?.body.entries.map(({ name }: { name: string }) => name);
const allNames = () => receiver.received.flatMap((_, index) => namesOf(index));

async function untilAllSent(): Promise<void> {
  await until("the receiver has the whole log", async () => {
    const { rows } = await db.database.sql.query<{ done: boolean; sent: string }>(
      "SELECT sent_id = (SELECT max(e.id) FROM audit_entry e) AS done, sent_id::text AS sent FROM audit_stream",
    );
    return rows[0]?.done === true || `sent through ${rows[0]?.sent}`;
  });
}

test("an entry whose transaction commits after a later one is sent before it, and none is left out", async () => {
  const slow = new pg.Client({ connectionString: db.url });
  await slow.connect();
  undo.push(() => slow.end());
  await slow.query("BEGIN");
  await recordAct(
    sqlOf((statement, values) => slow.query(statement, values as unknown[])),
    ada,
    { act: "tier.changed", name: "first" },
  );
  await act("second");
  expect(await takeMessage(db.database)).toBeNull();
  await slow.query("COMMIT");
  stream("one");
  await untilAllSent();
  expect(allNames()).toEqual(["first", "second"]);
});

test("what is refused is sent again as the same message, signed, in the API's shape", async () => {
  receiver.answers.push(500, 410);
  const api = openTestApi(db.database, { now: () => clock.now() });
  undo.push(() => api.close());
  const body = { name: "exporter", scopes: ["ingest"] };
  const made = (await (await api.call("POST", "/api/v1/tokens", { body })).json()) as { token: string };
  await act("high");
  expect(await readStream(db.database.sql)).toBeNull();
  stream("one");
  await until("it was refused", async () => receiver.received.length > 0);
  const refused = await readStream(db.database.sql);
  expect(refused?.sentAtSeconds).toBeNull();
  expect(refused?.delaySeconds).toBeGreaterThan(0);
  // Meanwhile more happens, which is a message of its own.
  await act("low");
  await untilAllSent();
  const [first, second, third, last] = receiver.received;
  expect([second?.id, third?.id]).toEqual([first?.id, first?.id]);
  expect(new Set(receiver.texts.slice(0, 3)).size).toBe(1);
  expect(last?.body.entries.map(({ name }: { name: string }) => name)).toEqual(["low"]);
  receiver.received.forEach((_, index) => {
    receiver.verify(index, secret);
  });
  const listed = (await (await api.call("GET", "/api/v1/audit")).json()) as { items: unknown[] };
  expect([third, last].flatMap((each) => each?.body.entries).toReversed()).toEqual(listed.items);
  expect(receiver.texts.join()).not.toContain(made.token);
  expect(receiver.texts.join()).not.toContain(secret);
  const state = await readStream(db.database.sql);
  expect(state?.delaySeconds).toBe(0);
  expect(state?.sentAtSeconds).toBeGreaterThan(0);
});

test("a process killed between answer and cursor: the next one repeats the message with its id, then goes on", async () => {
  const env = { TIDEMARK_AUDIT_WEBHOOK: receiver.url, TIDEMARK_SECRET_AUDIT_WEBHOOK: secret };
  await act("before");
  receiver.delayMs = 10_000;
  const killed = startNotify(db.url, env);
  undo.push(() => killed.kill());
  await until("it sends", async () => receiver.received.length === 1 || killed.output());
  await killed.kill();
  receiver.delayMs = 0;
  await act("after");
  // As if the killed one's lease had expired.
  await db.database.sql.query("DELETE FROM lease WHERE name = 'audit-stream'");
  const next = startNotify(db.url, env);
  undo.push(() => next.kill());
  await untilAllSent();
  expect(receiver.received.map(({ id }) => id)).toEqual(["audit_1_1", "audit_1_1", "audit_2_2"]);
  expect(receiver.texts[1]).toBe(receiver.texts[0]);
  expect(allNames()).toEqual(["before", "before", "after"]);
  for (const { output } of [killed, next]) expect(output()).not.toContain(secret);
});

test("two processes send nothing twice and one message at a time, of at most 500 entries and about a MiB", async () => {
  const names = Array.from({ length: 1_200 }, (_, index) => `tier-${index}`);
  const large = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`field${index}`, "x".repeat(4_000)]));
  await db.database.transaction(async (tx) => {
    await recordActs(
      tx,
      ada,
      names.map((name) => ({ act: "tier.changed" as const, name })),
    );
    await recordActs(
      tx,
      ada,
      Array.from({ length: 8 }, () => ({ act: "tier.changed", name: "large", after: large })),
    );
  });
  let [underWay, most] = [0, 0];
  const counting: PostAudit = async (message) => {
    underWay += 1;
    most = Math.max(most, underWay);
    return post(message).finally(() => {
      underWay -= 1;
    });
  };
  receiver.delayMs = 50;
  stream("one", counting);
  stream("two", counting);
  await untilAllSent();
  expect(most).toBe(1);
  expect(allNames()).toEqual([...names, ...Array(8).fill("large")]);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(receiver.received.length);
  expect(Math.max(...receiver.received.map(({ body }) => body.entries.length))).toBe(500);
  expect(Math.max(...receiver.texts.map((text) => text.length))).toBeLessThan(1.1 * 1024 ** 2);
});
