import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { logDelivery } from "./log-delivery.ts";
import { recordRefusal } from "./record-refusal.ts";

let db: TestDatabase;
const now = new Date("2026-11-22T13:20:00Z");
const log = (outcome: string) =>
  db.database.prisma.deploymentHookDelivery.findMany({ where: { outcome }, orderBy: { id: "asc" } });

beforeEach(async () => {
  db = await createTestDatabase();
  await db.database.sql.query(
    "INSERT INTO deployment_hook (name, spec, updated_at, updated_by) VALUES ('argocd', '{}', now(), 'test')",
  );
});
afterEach(() => db.drop());

const refuse = (afterMs: number, reason = "Another secret.", name = "argocd") =>
  recordRefusal(db.database, { name, reason, now, realNow: new Date(now.getTime() + afterMs) });

test("refusals of a second are one row for each reason, and the rest is counted with the next", async () => {
  await Promise.all(Array.from({ length: 50 }, () => refuse(0)));
  await refuse(10, "No secret.");
  await refuse(1_000);
  expect(await log("refused")).toMatchObject([
    { detail: "Another secret.", times: 1 },
    { detail: "No secret.", times: 1 },
    { detail: "Another secret.", times: 50 },
  ]);
  const hook = await db.database.prisma.deploymentHook.findUnique({ where: { name: "argocd" } });
  expect(hook).toMatchObject({ refused: 52n, lastRefusedAt: now });
});

test("of a hook that was deleted meanwhile nothing is kept", async () => {
  await refuse(0, "Another secret.", "gone");
  expect(await db.database.prisma.deploymentHookDelivery.count({ where: { hook: "gone" } })).toBe(0);
});

test("the newest 20 refusals are kept, and leave what was recorded", async () => {
  const recorded = { hook: "argocd", outcome: "recorded", detail: "x", times: 1, now } as const;
  await logDelivery(db.database.sql, recorded);
  for (let second = 2; second < 30; second += 1) await refuse(second * 1_000);
  expect([(await log("refused")).length, (await log("recorded")).length]).toEqual([20, 1]);
});
