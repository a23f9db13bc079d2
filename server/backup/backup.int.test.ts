import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { openDatabase } from "#server/db/database.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { createOldDatabase } from "#test/old-database.ts";
import { findClientPrograms, needsClientPrograms } from "#test/postgres-programs.ts";
import { ArchiveWriter, openDump, readArchive } from "./archive.ts";
import { createBackup } from "./create-backup.ts";
import type { Manifest } from "./manifest.ts";
import { findPrograms } from "./postgres-programs.ts";
import { restoreBackup } from "./restore-backup.ts";

const programs = findClientPrograms();
const env = { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH}` };
const migrationsFolder = join(import.meta.dirname, "../../prisma/migrations");

describe.skipIf(programs === null)("a backup", needsClientPrograms, () => {
  let source: TestDatabase;
  let folder: string;
  /** Of `source`, made once. */
  let whole: string;
  let targetUrl: string;
  let undo: (() => Promise<unknown>)[] = [];

  const backUp = (url: string, file: string) =>
    createBackup({ url, file, product: "0.1.0", env, onProgress: () => undefined });
  const restore = (file: string, replace = false) =>
    restoreBackup({ url: targetUrl, file, replace, migrationsFolder, env, onProgress: () => undefined });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tidemark-backup-"));
    source = await createTestDatabase();
    await source.database.sql.query(
      `INSERT INTO event_type (id, name, discovered_at, claimed_at, tier, owner, active_from, hours_through)
       VALUES (1, 'EndSong', now(), now(), (SELECT min(name) FROM tier), 'team', '2026-11-01Z', '2026-11-22T14:00Z')`,
    );
    whole = join(folder, "whole.tidemark");
    await backUp(source.url, whole);
  });
  afterAll(async () => {
    await source.drop();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    const name = `restored_${randomBytes(6).toString("hex")}`;
    await source.database.sql.query(`CREATE DATABASE ${name}`);
    targetUrl = `${inject("postgresUrl")}/${name}`;
    undo = [() => source.database.sql.query(`DROP DATABASE ${name} WITH (FORCE)`)];
  });
  afterEach(async () => {
    for (const step of undo.reverse()) await step();
  });

  const ask = async <Row extends object>(statement: string, url = targetUrl): Promise<Row[]> => {
    const database = openDatabase(url, { applicationName: "test" });
    try {
      return (await database.sql.query<Row & Record<string, unknown>>(statement)).rows;
    } finally {
      await database.close();
    }
  };
  const typesInTarget = async () =>
    (await ask<{ name: string }>("SELECT name FROM event_type")).map(({ name }) => name);
  const isEmpty = async () =>
    (await ask("SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')")).length ===
    0;

  /** The same backup with another manifest, or another dump. */
  async function remake(change: { manifest?: (manifest: Manifest) => Manifest; bytes?: number }): Promise<string> {
    const manifest = await readArchive(whole);
    const file = join(folder, `${randomBytes(6).toString("hex")}.tidemark`);
    const archive = await ArchiveWriter.create(file);
    const chunks: Buffer[] = [];
    for await (const chunk of openDump(whole, manifest)) chunks.push(chunk as Buffer);
    await archive.append(Buffer.concat(chunks).subarray(0, change.bytes));
    await archive.finish((dump) => ({ ...(change.manifest?.(manifest) ?? manifest), dump }));
    await archive.close();
    return file;
  }

  test("is a tar archive whose dump pg_restore reads", async () => {
    const unpacked = join(folder, "unpacked");
    await mkdir(unpacked);
    execFileSync("tar", ["--extract", "--file", whole, "--directory", unpacked]);
    expect((await readdir(unpacked)).sort()).toEqual(["database.dump", "manifest.json"]);
    const list = execFileSync(join(programs ?? "", "pg_restore"), ["--list", join(unpacked, "database.dump")]);
    expect(list.toString()).toContain("TABLE DATA public event_type");
    expect(JSON.parse(await readFile(join(unpacked, "manifest.json"), "utf8"))).toMatchObject({
      contents: { rows: { event_type: 1 } },
    });
  });

  test("holds nothing that was committed after it began", async () => {
    const file = join(folder, "moment.tidemark");
    const writer = openDatabase(source.url, { applicationName: "test writer" });
    let written = 0;
    let over = false;
    const writing = (async () => {
      while (!over) {
        await writer.sql.query("INSERT INTO dirty_hour (event_type_id, hour) VALUES (1, now())");
        written += 1;
      }
    })();
    const { contents } = await backUp(source.url, file);
    over = true;
    await writing;
    await writer.close();
    expect(written).toBeGreaterThan(0);
    expect((await restore(file)).differences).toEqual([]);
    expect((await ask("SELECT FROM dirty_hour")).length).toBe(contents.rows.dirty_hour);
  });

  test("is refused where it is truncated, at any place, and changes nothing", async () => {
    const { size } = await stat(whole);
    for (const bytes of [0, 100, 512, Math.floor(size / 2), size - 1_600]) {
      const file = join(folder, "truncated.tidemark");
      await writeFile(file, await readFile(whole));
      await truncate(file, bytes);
      await expect(restore(file)).rejects.toThrow(/is truncated|its beginning is damaged/);
    }
    expect(await isEmpty()).toBe(true);
  });

  test("is refused where a byte differs", async () => {
    const file = join(folder, "damaged.tidemark");
    const bytes = await readFile(whole);
    bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await expect(restore(file)).rejects.toThrow("its checksum differs. Copy it again");
    expect(await isEmpty()).toBe(true);
  });

  test("is not taken for what it is not", async () => {
    const file = join(folder, "other");
    await writeFile(file, "PGDMP and so on");
    await expect(restore(file)).rejects.toThrow("load it with pg_restore");
    await writeFile(file, randomBytes(5_000));
    await expect(restore(file)).rejects.toThrow("is not a backup that `tidemark backup` wrote");
    await expect(restore(join(folder, "nowhere"))).rejects.toThrow("There is no file");
    await expect(restore(folder)).rejects.toThrow("is not a file");
  });

  test("of a newer schema, or in a newer form, is refused", async () => {
    const newer = await remake({
      manifest: (manifest) => ({
        ...manifest,
        product: "9.0.0",
        contents: { ...manifest.contents, migrations: [...manifest.contents.migrations, "29990101000000_future"] },
      }),
    });
    await expect(restore(newer)).rejects.toThrow(
      "made by a newer Tidemark (9.0.0; its schema has 29990101000000_future)",
    );
    const form = await remake({ manifest: (manifest) => ({ ...manifest, format: 2 as 1 }) });
    await expect(restore(form)).rejects.toThrow("was written by a newer Tidemark");
    const major = await remake({
      manifest: (manifest) => ({ ...manifest, postgres: { version: "99.1", major: 99 } }),
    });
    await expect(restore(major)).rejects.toThrow("Restore it into version 99 or newer.");
    expect(await isEmpty()).toBe(true);
  });

  test("of an older schema is restored as it was", async () => {
    const old = await createOldDatabase("20261129210000_audit_log", { month: "2026_11", tables: ["verdict"] });
    undo.push(() => old.drop());
    const file = join(folder, "old.tidemark");
    await backUp(old.url, file);
    expect((await restore(file)).differences).toEqual([]);
    expect(await ask("SELECT FROM partitions.verdict_2026_11")).toEqual([]);
    expect(await ask("SELECT to_regclass('audit_entry') AS name")).toEqual([{ name: null }]);
  });

  test("is refused by a database that is not empty; --replace deletes a Tidemark, and nothing of others", async () => {
    await ask("CREATE TABLE public.orders (id int)");
    await expect(restore(whole, true)).rejects.toThrow("tables that are not Tidemark's (orders)");
    await ask("DROP TABLE public.orders");
    await restore(whole);
    await ask("CREATE TABLE public.orders (id int)");
    await expect(restore(whole, true)).rejects.toThrow("tables that are not Tidemark's (orders)");
    await ask("DROP TABLE public.orders");
    await ask("DELETE FROM event_type");
    await expect(restore(whole)).rejects.toThrow("or delete everything in this one with --replace");
    expect(await typesInTarget()).toEqual([]);
    expect((await restore(whole, true)).differences).toEqual([]);
    expect(await typesInTarget()).toEqual(["EndSong"]);
  });

  test("is not restored below a Tidemark that runs", async () => {
    const running = openDatabase(targetUrl, { applicationName: "tidemark evaluate" });
    await running.sql.query("SELECT 1");
    await expect(restore(whole)).rejects.toThrow("Tidemark uses this database (tidemark evaluate). Stop all");
    await running.close();
  });

  test("that fails on the way leaves what was there", async () => {
    await restore(whole);
    await ask("UPDATE event_type SET name = 'Kept'");
    const { dump } = await readArchive(whole);
    const half = await remake({ bytes: Math.floor(dump.bytes / 2) });
    await expect(restore(half, true)).rejects.toThrow(
      /The restore failed, and nothing was changed. PostgreSQL says: ./,
    );
    expect(await typesInTarget()).toEqual(["Kept"]);
  });

  test("names what differs from its manifest", async () => {
    const file = await remake({
      manifest: (manifest) => ({
        ...manifest,
        contents: {
          ...manifest.contents,
          rows: { ...manifest.contents.rows, event_type: 2 },
          verdicts: [{ month: "2026-11", rows: 3, checksum: "7" }],
        },
      }),
    });
    expect((await restore(file)).differences).toEqual([
      "event_type has 1 row; the backup says 2 rows.",
      "2026-11 has 0 verdicts; the backup says 3.",
    ]);
  });

  test("is written whole or not at all", async () => {
    await expect(backUp(source.url, whole)).rejects.toThrow("exists already");
    await expect(backUp(source.url, join(folder, "no/where"))).rejects.toThrow("Its folder does not exist");
    const none = join(folder, "none.tidemark");
    await expect(backUp(targetUrl, none)).rejects.toThrow("The database is empty");
    expect((await readdir(folder)).filter((name) => name.startsWith("none"))).toEqual([]);
  });

  test("says that the disk is full", async (context) => {
    const disk = join(folder, "disk");
    await mkdir(disk);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", disk], { stdio: "ignore" });
    } catch {
      context.skip("no disk can be mounted here");
    }
    undo.push(async () => execFileSync("umount", [disk]));
    await expect(backUp(source.url, join(disk, "full"))).rejects.toThrow("The disk is full: free space");
    expect(await readdir(disk)).toEqual([]);
  });

  test("needs the programs of the server's version, and says what to install", async () => {
    const path = `${programs}`;
    await expect(findPrograms(["pg_dump", "psql"], { major: 99, path, env })).rejects.toThrow(
      /^The database is PostgreSQL 99, and pg_dump and psql of that version are not on this machine \(found: version \d+\)\. Install .*postgresql-client-99/,
    );
  });
});
