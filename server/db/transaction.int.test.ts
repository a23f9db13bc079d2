import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";

let scratch: TestDatabase;
beforeAll(async () => {
  scratch = await createTestDatabase();
});
afterAll(() => scratch.drop());
beforeEach(async () => {
  await scratch.database.prisma.apiToken.deleteMany();
});

const token = (id: string) => ({
  id,
  name: id,
  hash: Buffer.from(id.padEnd(32)) as Buffer<ArrayBuffer>,
  scopes: ["read"],
  createdAt: new Date("2026-11-22T13:00:00Z"),
  createdBy: "test",
  owner: "test",
});
const create = (id: string) => scratch.database.prisma.apiToken.create({ data: token(id) });
const names = async () => (await scratch.database.prisma.apiToken.findMany()).map(({ id }) => id);

test("Prisma and SQL see each other's rows inside a transaction, others after its commit", async () => {
  await scratch.database.transaction(async (tx) => {
    await tx.prisma.apiToken.create({ data: token("kept") });
    expect(await names()).toEqual([]);
    await tx.query("UPDATE api_token SET name = 'renamed'");
    expect(await tx.prisma.apiToken.findUnique({ where: { id: "kept" } })).toMatchObject({ name: "renamed" });
  });
  expect(await names()).toEqual(["kept"]);
});

test("what Prisma wrote is rolled back with the rest", async () => {
  await create("kept");
  const failed = scratch.database.transaction(async (tx) => {
    await tx.prisma.apiToken.create({ data: token("lost") });
    await tx.prisma.apiToken.delete({ where: { id: "kept" } });
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  expect(await names()).toEqual(["kept"]);
});

test("a Prisma call that needs a transaction of its own is refused: its COMMIT would end the outer one", async () => {
  await create("kept");
  const failed = scratch.database.transaction((tx) =>
    tx.prisma.$transaction([tx.prisma.apiToken.deleteMany(), tx.prisma.tier.deleteMany()]),
  );
  await expect(failed).rejects.toThrow("must be one statement");
  expect(await names()).toEqual(["kept"]);
});

test("transactions side by side have a Prisma client each", async () => {
  await create("kept");
  const ids = ["a", "b", "c", "d"];
  await Promise.all(
    ids.map((id) =>
      scratch.database.transaction(async (tx) => {
        await tx.prisma.apiToken.create({ data: token(id) });
        if (id === "c") await tx.query("ROLLBACK");
      }),
    ),
  );
  expect((await names()).sort()).toEqual(["a", "b", "d", "kept"]);
});
