import { execFileSync } from "node:child_process";
import { chown, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import pg from "pg";
import type { Sql } from "#server/db/database.ts";
import type { TestPostgres } from "./test-postgres.ts";

export interface SmallDisk {
  folder: string;
  isReal: boolean;
  unmount(database: string): Promise<void>;
}

/** Where root may mount, a disk of 64 MiB. */
export async function mountSmallDisk({ folder, user, url }: TestPostgres): Promise<SmallDisk> {
  const disk = join(dirname(folder), "small");
  const nothing = { folder: disk, isReal: false, unmount: () => Promise.resolve() };
  if (user === null) return nothing;
  await mkdir(disk, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", disk], { stdio: "ignore" });
  } catch {
    process.stderr.write("No disk can be mounted here: a full one is played by a trigger that raises 53100.\n");
    return nothing;
  }
  const space = join(disk, "tablespace");
  await mkdir(space, { mode: 0o700 });
  await chown(space, user.uid, user.gid);
  return {
    folder: disk,
    isReal: true,
    async unmount(database) {
      const admin = new pg.Client({ connectionString: `${url}/postgres` });
      await admin.connect();
      await admin.query(`DROP DATABASE ${database} WITH (FORCE)`);
      await admin.query("DROP TABLESPACE small");
      await admin.end();
      execFileSync("umount", ["--lazy", disk]);
    },
  };
}

/** Every table of the database, and with that what it grows by, goes to the small disk. */
export async function moveTables(sql: Sql, disk: string): Promise<void> {
  await sql.query(`CREATE TABLESPACE small LOCATION '${join(disk, "tablespace")}'`);
  const { rows } = await sql.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class
      WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, 'partitions'::regnamespace)`,
  );
  for (const { name } of rows) await sql.query(`ALTER TABLE ${name} SET TABLESPACE small`);
}

export async function fillDisk(disk: string): Promise<() => Promise<void>> {
  const filler = join(disk, "filler");
  await writeFile(filler, Buffer.alloc(64 * 1024 * 1024)).catch(() => undefined);
  // What the tables have left within their last pages is written all the same: much has to come in.
  return () => rm(filler);
}
