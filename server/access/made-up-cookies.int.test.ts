import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClock } from "#server/process/clock.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { openAccess } from "./authenticate.ts";

let db: TestDatabase;
let lookUps = 0;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test("of made-up cookies the first 60 in a minute cost a statement each, and sessions go on", async () => {
  const prisma = db.database.prisma.$extends({
    query: {
      session: {
        findFirst: ({ args, query }) => {
          lookUps += 1;
          return query(args);
        },
      },
    },
  });
  const access = openAccess({
    database: { ...db.database, prisma: prisma as never },
    clock: createClock({ setting: null }),
    adminToken: "an administrator's token of 32 characters",
    dashboard: "private",
  });
  const from = { door: "browser", address: null, requestId: null } as const;
  const { cookie } = await access.startSession({ kind: "admin", sessionId: null }, { from, userAgent: null });
  const tryOne = () => access.authenticateSession(randomBytes(32).toString("base64url"));
  for (let nth = 0; nth < 300; nth += 1) expect(await tryOne()).toBeNull();
  expect(await Promise.all(Array.from({ length: 300 }, tryOne))).toEqual(Array.from({ length: 300 }, () => null));
  expect(lookUps).toBe(60);
  expect((await access.authenticateSession(cookie))?.actor).toBe("admin");
  expect(lookUps).toBe(61);
});
