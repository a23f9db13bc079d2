import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openTestApi, type TestApi } from "#test/test-api.ts";
import { recordAct, recordActs } from "./record-acts.ts";

let scratch: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  scratch = await createTestDatabase();
  api = openTestApi(scratch.database, { now: () => new Date("2026-11-22T13:20:00Z") });
});
afterAll(async () => {
  await api.close();
  await scratch.drop();
});

const ada = { actor: "Ada Lind", caller: { kind: "person", personId: "p1" } } as const;
const entries = async () => scratch.database.prisma.auditEntry.findMany({ orderBy: { id: "asc" } });

describe("the audit log", () => {
  test("an entry says who, what, before, after, why and where from", async () => {
    const from = { door: "browser", address: "203.0.113.7", requestId: "r-1" } as const;
    await scratch.database.transaction((tx) =>
      recordAct(
        tx,
        { ...ada, from },
        {
          act: "channel.changed",
          name: "ops",
          team: "payments",
          before: { enabled: true, url: "https://example.com" },
          after: { enabled: false, url: "https://example.com" },
          reason: "too loud",
        },
      ),
    );
    expect((await entries()).at(-1)).toMatchObject({
      actor: "Ada Lind",
      actorKind: "person",
      actorId: "p1",
      act: "channel.changed",
      kind: "channel",
      name: "ops",
      team: "payments",
      before: { enabled: true },
      after: { enabled: false },
      reason: "too loud",
      door: "browser",
      address: "203.0.113.7",
      requestId: "r-1",
    });
  });

  test("a rollback leaves no entry", async () => {
    const before = (await entries()).length;
    const failing = scratch.database.transaction(async (tx) => {
      await recordAct(tx, ada, { act: "tier.changed", name: "high" });
      throw new Error("the act failed");
    });
    await expect(failing).rejects.toThrow("the act failed");
    expect(await entries()).toHaveLength(before);
  });

  test.each([
    "UPDATE audit_entry SET actor = 'x'",
    "UPDATE audit_entry SET actor = 'x' WHERE false",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry",
  ])("the database refuses %s", async (statement) => {
    await expect(scratch.database.sql.query(statement)).rejects.toThrow("audit_entry is append-only");
  });

  test("10,000 acts are one statement, in their order", async () => {
    const before = (await entries()).length;
    const acts = Array.from({ length: 10_000 }, (_, index) => ({
      act: "event_type.created" as const,
      name: `Type${index}`,
      after: { owner: "payments" },
    }));
    await scratch.database.transaction((tx) => recordActs(tx, ada, acts));
    const recorded = (await entries()).slice(before);
    expect(recorded.map(({ name }) => name)).toEqual(acts.map(({ name }) => name));
    expect(recorded[0]?.before).toBeNull();
  });

  test("a token is created, rotated and revoked in the log, and its secret is nowhere in it", async () => {
    const before = (await entries()).length;
    const body = { name: "exporter", scopes: ["ingest"], datacenters: ["ams-*"] };
    const headers = { "x-tidemark-client-address": "198.51.100.9" };
    const made = (await (await api.call("POST", "/api/v1/tokens", { body, headers })).json()) as Record<string, string>;
    const rotated = await api.call("POST", `/api/v1/tokens/${made.id}/rotate`, { body: { overlap: "0s" } });
    const { token } = (await rotated.json()) as { token: string };
    await api.call("DELETE", `/api/v1/tokens/${made.id}`);
    // Revoked already: nothing changes, and nothing is recorded.
    await api.call("DELETE", `/api/v1/tokens/${made.id}`);
    const recorded = (await entries()).slice(before).filter(({ name }) => name === "exporter");
    expect(recorded.map(({ act }) => act)).toEqual(["token.created", "token.rotated", "token.revoked"]);
    expect(recorded[0]).toMatchObject({ actor: "admin", actorKind: "admin", door: "token", address: "198.51.100.9" });
    expect(recorded[0]?.after).toMatchObject({ scopes: ["ingest"], datacenters: ["ams-*"] });
    const all = JSON.stringify(recorded, (_, value) => (typeof value === "bigint" ? String(value) : value));
    expect([all.includes(made.token ?? ""), all.includes(token)]).toEqual([false, false]);
  });
});
