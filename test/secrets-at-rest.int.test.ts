import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readSecretKey } from "#server/access/secret-key.ts";
import { createSession, findSession, readIdToken } from "#server/access/stored-session.ts";
import { subscriptionProducer } from "#server/consumers/subscription-producer.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { rotateSecrets } from "#server/db/rotate-secrets.ts";
import { sealedTables } from "#server/db/sealed-columns.ts";
import { SecretUnreadable } from "#server/db/secret-box.ts";
import { commandEnv } from "./command-env.ts";
import { postAnywhere } from "./egress.ts";
import { type HourStory, openingOf } from "./hour-story.ts";
import { passOutboxTime, sendDue } from "./outbox.ts";
import { openTestApi, type TestApi } from "./test-api.ts";
import { until } from "./until.ts";
import { WebhookReceiver } from "./webhook-receiver.ts";
import { workerContext } from "./worker-context.ts";

const nowhere = { door: "browser", address: null, requestId: null } as const;

const [older, newer] = [randomBytes(32), randomBytes(32)];
const idToken = "eyJhbGciOiJSUzI1NiJ9.planted-id-token.signature";
let story: HourStory;
let receiver: WebhookReceiver;
const opened: (() => Promise<void>)[] = [];

const opening = openingOf({ now: "2026-11-22T00:30:00Z", activeFrom: "2026-11-22T00:00:00Z" }, async ({ api }) => {
  await api.call("PUT", "/api/v1/event-types/EndSong/consumers/royalties", { body: { contact: "them" } });
});
beforeEach(async () => {
  story = await opening.begin();
  receiver = await WebhookReceiver.start();
});
afterEach(async () => {
  await receiver.stop();
  for (const close of opened.splice(0)) await close();
  await story.end();
});

/** A process of the product: its own connection to the story's database, with its own keys. */
function processWith(...encryptionKeys: Buffer[]): { database: Database; api: TestApi } {
  const database = openDatabase(story.test.url, { applicationName: "tidemark test process", encryptionKeys });
  const api = openTestApi(database, { now: () => story.clock.now(), dashboard: "private" });
  opened.push(async () => {
    await api.close();
    await database.close();
  });
  return { database, api };
}

async function subscribe(api: TestApi): Promise<{ id: string; secret: string }> {
  const body = {
    eventType: "EndSong",
    consumer: "royalties",
    url: receiver.url,
    allowPrivate: true,
    events: ["complete"],
  };
  return (await (await api.call("POST", "/api/v1/subscriptions", { body })).json()) as { id: string; secret: string };
}

/** Everything of which the database keeps a secret that Tidemark must read again. */
async function plantSecrets({ database, api }: { database: Database; api: TestApi }): Promise<string[]> {
  const { id, secret } = await subscribe(api);
  const rotated = (await (await api.call("POST", `/api/v1/subscriptions/${id}/rotate-secret`)).json()) as {
    secret: string;
  };
  const mappings = [{ match: ".*", component: "exporter" }];
  await api.call("PUT", "/api/v1/deployment-hooks/argocd", { body: { provider: "argocd", mappings } });
  const rotateHook = async () => {
    const answer = await api.call("POST", "/api/v1/deployment-hooks/argocd/rotate-secret", { body: {} });
    return ((await answer.json()) as { secret: string }).secret;
  };
  const ofHook = [await rotateHook(), await rotateHook()];
  const keys = [await readSecretKey(database, "browser"), await readSecretKey(database, "admin")];
  await createSession(
    database,
    { kind: "admin", adminKey: new Uint8Array(32) },
    { from: nowhere, userAgent: null, sid: "sid-1", idToken },
  );
  return [secret, rotated.secret, ...ofHook, idToken, ...keys.map((key) => key.toString("base64"))];
}

/** Every row of every table as text, bytes also as the base64 that they may be. */
async function dump({ sql }: Database): Promise<string> {
  const { rows: tables } = await sql.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
  );
  const texts = [];
  for (const { name } of tables) {
    const { rows } = await sql.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`);
    for (const { row } of rows) {
      const bytes = row.matchAll(/\\\\x([0-9a-f]+)/g);
      texts.push(row, ...Array.from(bytes, ([, hex = ""]) => Buffer.from(hex, "hex").toString("base64")));
    }
  }
  return texts.join("\n");
}

const stored = async (id: string) =>
  (await story.test.database.prisma.subscription.findUniqueOrThrow({ where: { id } })).secret;

async function deliverFrom(database: Database): Promise<void> {
  const ctx = { ...workerContext(database, story.clock), post: postAnywhere, publicUrl: "https://tidemark.example" };
  await sendDue(ctx, subscriptionProducer(ctx));
}

function command(keys: { current: Buffer; old?: Buffer }, ...args: string[]) {
  const main = join(import.meta.dirname, "../cli/main.ts");
  const child: ChildProcess = spawn(process.execPath, [main, ...args], {
    env: commandEnv({
      DATABASE_URL: story.test.url,
      TIDEMARK_ENCRYPTION_KEY: keys.current.toString("base64"),
      ...(keys.old ? { TIDEMARK_ENCRYPTION_KEYS_OLD: keys.old.toString("hex") } : {}),
    }),
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (said += text));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, ended, said: () => said };
}

describe("a dump of the database", () => {
  test("holds every secret without a key, and none with one", async () => {
    const plain = await plantSecrets(processWith());
    const before = await dump(story.test.database);
    expect(plain.filter((secret) => !before.includes(secret))).toEqual([]);
    await rotateSecrets(processWith(newer).database);
    const after = await dump(story.test.database);
    expect(plain.filter((secret) => after.includes(secret))).toEqual([]);
    // What is written from then on.
    const fresh = await plantSecrets(processWith(newer));
    const all = await dump(story.test.database);
    expect([...plain, ...fresh].filter((secret) => all.includes(secret))).toEqual([]);
    expect(all).not.toContain(newer.toString("base64"));
  });

  test("has no column whose name says secret, token, key, password or salt but these", async () => {
    const { rows } = await story.test.database.sql.query<{ column: string }>(
      `SELECT table_name || '.' || column_name AS column FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name ~ 'secret|token|(^|_)key|password|salt|cookie|credential'
        ORDER BY 1`,
    );
    const sealed = sealedTables.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`));
    const notSecret = [
      // names and identities
      "alert.dedup_key",
      "delivery.dedup_key",
      "delivery.group_key",
      "delivery.thread_key",
      "former_name.name_key",
      "incident.cause_key",
      "notification_group.key",
      "person.name_key",
      "session.token_id",
      "token_address.token",
      // when one ends
      "deployment_hook.previous_secret_until",
      "subscription.previous_secret_until",
      // a slow hash of the admin token, whose salt is sealed
      "session.admin_key",
    ];
    const found = rows.map(({ column }) => column);
    expect(found.filter((column) => !sealed.includes(column) && !notSecret.includes(column))).toEqual([]);
    expect(sealed.filter((column) => !found.includes(column))).toEqual([]);
  });
});

describe("a stored secret", () => {
  test("swapped with another row's is refused: nothing is signed with it", async () => {
    const { database, api } = processWith(newer);
    const [one, two] = [await subscribe(api), await subscribe(api)];
    const [first, second] = [await stored(one.id), await stored(two.id)];
    for (const [id, secret] of [
      [one.id, second],
      [two.id, first],
    ]) {
      await database.sql.query("UPDATE subscription SET secret = $2 WHERE id = $1", [id, secret]);
    }
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00");
    await deliverFrom(database);
    expect(receiver.received).toEqual([]);
    const { body } = await story.get(`/subscriptions/${one.id}/messages`);
    expect(body.items[0].lastError).toMatch(
      /subscription sub_\w+ was changed in the database, or belongs to another row/,
    );
  });

  test("whose key is missing waits: verdicts and the gate go on, and it is sent once the key is there", async () => {
    const { id, secret } = await subscribe(processWith(older).api);
    const { database, api } = processWith(newer);
    await story.at("2026-11-22T01:10:00Z");
    await story.settle("2026-11-22T00");
    await deliverFrom(database);
    expect(receiver.received).toEqual([]);
    const { body } = await story.get(`/subscriptions/${id}`);
    expect(body).toMatchObject({ waiting: 1, failed: 0 });
    expect(body.lastMessage.lastError).toMatch(/encrypted with the key [0-9a-f]{8}, which this process does not have/);
    const ready = await api.call("GET", "/api/v1/event-types/EndSong/hours/2026-11-22T00/ready");
    expect(ready.status).toBe(200);
    await passOutboxTime(story.test.database, 60);
    await deliverFrom(processWith(newer, older).database);
    receiver.verify(0, secret);
  });

  test("of a cookie whose key is missing: signing in that needs it answers 503 and says which, tokens work", async () => {
    await plantSecrets(processWith(older));
    const { api } = processWith(newer);
    const body = { token: "test-admin-token-of-32-characters-or-more" };
    const refused = await api.call("POST", "/api/v1/session", { token: null, body });
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({
      type: "/api/docs#problem-secret-unreadable",
      detail: expect.stringContaining("secret_key admin is encrypted with the key"),
    });
    expect((await api.call("GET", "/api/v1/status")).status).toBe(200);
  });

  test("of a person's session ends with it", async () => {
    const { database, api } = processWith(newer);
    const holder = { kind: "admin", adminKey: new Uint8Array(32) } as const;
    const { cookie } = await createSession(database, holder, { from: nowhere, userAgent: null, idToken });
    const session = await findSession(database, cookie);
    expect(session && readIdToken(database, session)).toBe(idToken);
    expect(session && readIdToken(processWith(older).database, session)).toBeNull();
    await api.call("DELETE", `/api/v1/sessions/${session?.id}`);
    const { oidcIdToken } = await database.prisma.session.findUniqueOrThrow({ where: { id: session?.id ?? "" } });
    expect(oidcIdToken).toBeNull();
  });
});

describe("tidemark secrets rotate", () => {
  test("killed halfway has lost nothing, goes on where it ended, and waits for who writes meanwhile", async () => {
    const before = processWith(older);
    const { id, secret } = await subscribe(before.api);
    const { sql } = story.test.database;
    for (let n = 0; n < 500; n += 1) {
      const row = `copy_${String(n).padStart(4, "0")}`;
      const sealed = before.database.secrets.seal({ table: "subscription", row }, secret);
      await sql.query(
        `INSERT INTO subscription (id, consumer_id, event_type_id, url, allow_private, events, secret, created_at, created_by)
         SELECT $1, consumer_id, event_type_id, url, allow_private, events, $2, created_at, created_by FROM subscription WHERE id = $3`,
        [row, sealed, id],
      );
    }
    const current = async () => {
      const mark = `sealed1.${processWith(newer).database.secrets.currentId}.%`;
      const { rows } = await sql.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM subscription WHERE secret LIKE $1",
        [mark],
      );
      return rows[0]?.n ?? 0;
    };
    const holder = new pg.Client({ connectionString: story.test.url });
    await holder.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT FROM subscription WHERE id = 'copy_0300' FOR UPDATE");
    const first = command({ current: newer, old: older }, "secrets", "rotate");
    await until("the first batch is committed", async () => (await current()) === 200 || `${await current()} are`);
    first.child.kill("SIGKILL");
    await first.ended;
    await holder.query("ROLLBACK");
    await holder.end();
    expect(await current()).toBe(200);
    const meanwhile = processWith(newer, older);
    const { rows } = await sql.query<{ id: string; secret: string }>("SELECT id, secret FROM subscription");
    const open = (row: { id: string; secret: string }) =>
      meanwhile.database.secrets.open({ table: "subscription", row: row.id }, row.secret);
    expect(new Set(rows.map(open))).toEqual(new Set([secret]));

    const rotated = (await (await before.api.call("POST", `/api/v1/subscriptions/copy_0400/rotate-secret`)).json()) as {
      secret: string;
    };
    const second = command({ current: newer, old: older }, "secrets", "rotate");
    expect(await second.ended, second.said()).toBe(0);
    expect(second.said()).toContain("301 rows encrypted with the current key.");
    expect(second.said()).toContain("No secret needs an older key.");
    expect(await current()).toBe(501);
    const alone = processWith(newer).database.secrets;
    expect(alone.open({ table: "subscription", row: "copy_0400" }, await stored("copy_0400"))).toBe(rotated.secret);
    expect(alone.open({ table: "subscription", row: id }, await stored(id))).toBe(secret);
    // The one that was killed has left a trace too.
    const acts = await story.test.database.prisma.auditEntry.findMany({
      where: { kind: "encryption_key" },
      orderBy: { id: "asc" },
    });
    expect(acts.map(({ act, name, after }) => [act, name, after])).toEqual([
      ["encryption_key.rotation_started", alone.currentId, { dropLost: false }],
      ["encryption_key.rotation_started", alone.currentId, { dropLost: false }],
      ["encryption_key.rotated", alone.currentId, { rotated: 301, dropped: 0, unreadable: 0 }],
    ]);
    expect(acts[0]?.actor).toBe(`${userInfo().username} (tidemark secrets rotate)`);
  });

  test("from two processes with different current keys loses nothing", async () => {
    const [one, two] = [processWith(older, newer), processWith(newer, older)];
    const planted = [await subscribe(one.api), await subscribe(two.api)];
    await Promise.all([rotateSecrets(one.database, { batch: 1 }), rotateSecrets(two.database, { batch: 1 })]);
    for (const { id, secret } of planted) {
      for (const { database } of [one, two]) {
        expect(database.secrets.open({ table: "subscription", row: id }, await stored(id))).toBe(secret);
      }
    }
    // Without each other's key neither touches what it cannot read.
    const stranger = processWith(randomBytes(32));
    const before = await dump(story.test.database);
    const { rotated, unreadable } = await rotateSecrets(stranger.database);
    expect([rotated, unreadable.length]).toEqual([0, 2]);
    expect(await dump(story.test.database)).toBe(before);
    await expect(
      readSecretKey(stranger.database, "browser").then(() => readSecretKey(one.database, "browser")),
    ).rejects.toThrow(SecretUnreadable);
  });

  test("names what no key decrypts, and drops it on request where Tidemark makes it again", async () => {
    await plantSecrets(processWith(older));
    const doctor = command({ current: newer }, "doctor");
    await doctor.ended;
    expect(doctor.said()).toMatch(/✗ Secrets: The secret in subscription sub_\w+ is encrypted with the key/);
    expect(doctor.said()).toMatch(/✗ Secrets: The secret in secret_key browser is encrypted/);
    const kept = command({ current: newer }, "secrets", "rotate");
    expect(await kept.ended).toBe(1);
    expect(kept.said()).toContain("No key decrypts a secret of secret_key browser.");
    const dropping = command({ current: newer }, "secrets", "rotate", "--drop-lost");
    expect(await dropping.ended).toBe(1);
    expect(dropping.said()).toContain("3 rows with a lost secret dropped or cleared.");
    const { database, api } = processWith(newer);
    expect(await readSecretKey(database, "browser")).toHaveLength(32);
    const [left] = await database.prisma.subscription.findMany();
    await api.call("POST", `/api/v1/subscriptions/${left?.id}/rotate-secret`);
    await api.call("POST", "/api/v1/deployment-hooks/argocd/rotate-secret", { body: { overlap: "0s" } });
    const again = command({ current: newer }, "secrets", "rotate", "--drop-lost");
    expect(await again.ended, again.said()).toBe(0);
  });
});
