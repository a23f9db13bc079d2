import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openDatabase } from "#server/db/database.ts";
import { commandEnv } from "#test/command-env.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { expectedVerdicts, readJanuaryVerdicts } from "#test/flights.ts";
import { loadJanuary } from "#test/load-january.ts";
import { outputOf } from "#test/output-of.ts";
import { findClientPrograms, needsClientPrograms } from "#test/postgres-programs.ts";

const programs = findClientPrograms();
const main = join(import.meta.dirname, "../main.ts");

describe.skipIf(programs === null)("tidemark backup, tidemark restore", needsClientPrograms, () => {
  let folder: string;
  let source: TestDatabase;
  let targetUrl: string;
  const name = `restored_${randomBytes(6).toString("hex")}`;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tidemark-backup-"));
    source = await createTestDatabase();
    targetUrl = `${inject("postgresUrl")}/${name}`;
    await source.database.sql.query(`CREATE DATABASE ${name}`);
    await loadJanuary(source.database);
  });
  afterAll(async () => {
    await source.database.sql.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await source.drop();
    await rm(folder, { recursive: true });
  });

  async function run(args: string[], databaseUrl: string) {
    const env = commandEnv({ TIDEMARK_DATA_DIR: folder, DATABASE_URL: databaseUrl });
    return outputOf(spawn(process.execPath, [main, ...args], { cwd: folder, env }));
  }

  it("carry a month of flights into an empty database, to the last verdict of an independent program", async () => {
    const file = join(folder, "january.tidemark");
    const before = await readJanuaryVerdicts(source.database.sql);
    const backup = await run(["backup", file], source.url);
    expect(backup).toMatchObject({ code: 0 });
    expect(backup.stdout).toContain("TIDEMARK_ENCRYPTION_KEY is not in it");
    // It holds names and contacts.
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const restored = await run(["restore", file], targetUrl);
    expect(restored).toMatchObject({ code: 0 });
    expect(restored.stdout).toMatch(
      /Consistency check: the rows of \d+ tables and the verdicts of \d months are those/,
    );
    expect(restored.stdout).toContain("seek the subscription to that time");

    const database = openDatabase(targetUrl, { applicationName: "test" });
    const verdicts = await readJanuaryVerdicts(database.sql);
    const acts = await database.prisma.auditEntry.findMany({ where: { kind: "backup" }, orderBy: { id: "asc" } });
    await database.close();
    expect(verdicts).toEqual(before);
    const counted = new Set(expectedVerdicts().map(({ eventType, hour }) => `${eventType} ${hour}`));
    expect(verdicts.filter(({ eventType, hour }) => counted.has(`${eventType} ${hour}`))).toEqual(expectedVerdicts());
    expect(acts.map(({ act, actor, name: named }) => [act, actor, named])).toEqual([
      ["backup.created", `${userInfo().username} (tidemark backup)`, "january.tidemark"],
      ["backup.restored", `${userInfo().username} (tidemark restore)`, "january.tidemark"],
    ]);

    const again = await run(["restore", file], targetUrl);
    expect(again).toMatchObject({ code: 1, stdout: "" });
    expect(again.stderr).toContain("The database is not empty: it holds a Tidemark.");
    expect(await run(["restore", file, "--replace"], targetUrl)).toMatchObject({ code: 0 });
  });

  it("hold notifications until they are resumed, and record both", async () => {
    const file = join(folder, "held.tidemark");
    expect(await run(["backup", file], source.url)).toMatchObject({ code: 0 });
    const restored = await run(["restore", file, "--replace", "--hold"], targetUrl);
    expect(restored).toMatchObject({ code: 0 });
    expect(restored.stdout).toContain("Notifications are held");
    // A backup of what is held is held too.
    const copy = join(folder, "copy.tidemark");
    expect(await run(["backup", copy], targetUrl)).toMatchObject({ code: 0 });
    expect((await run(["restore", copy, "--replace"], targetUrl)).stdout).toContain("Notifications are held");
    expect((await run(["resume"], targetUrl)).stdout).toContain("Notifications are resumed");
    expect(await run(["resume"], targetUrl)).toMatchObject({ code: 0, stdout: "Notifications are not held.\n" });

    const database = openDatabase(targetUrl, { applicationName: "test" });
    const acts = await database.prisma.auditEntry.findMany({ orderBy: { id: "desc" }, take: 1 });
    await database.close();
    expect(acts).toMatchObject([{ act: "notifications.resumed", name: "held.tidemark" }]);
  });

  it("name a database that does not answer, and leave no file", async () => {
    const file = join(folder, "never.tidemark");
    const failed = await run(["backup", file], "postgres://tidemark:secret@127.0.0.1:1/tidemark");
    expect(failed).toMatchObject({ code: 1, stdout: "" });
    expect(failed.stderr).toContain("No database server listens at 127.0.0.1:1. Start it");
    expect(failed.stderr).not.toContain("secret");
    await expect(stat(file)).rejects.toThrow("ENOENT");
  });
});
