import { execFileSync } from "node:child_process";
import { chown, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { FaultDrill } from "#test/fault-drill.ts";
import { startTestPostgres, type TestPostgres } from "#test/test-postgres.ts";
import { until } from "#test/until.ts";

// A server of its own: it is frozen and filled, which others must not feel.
let postgres: TestPostgres;
let drill: FaultDrill;
let drills = 0;

beforeAll(async () => {
  postgres = await startTestPostgres();
  await postgres.createDatabase("template_of_drills");
  await migrateDatabase(`${postgres.url}/template_of_drills`);
});
afterAll(() => postgres.stop());

beforeEach(async () => {
  drills += 1;
  await postgres.createDatabase(`drill_${drills} TEMPLATE template_of_drills`);
  drill = await FaultDrill.begin(`${postgres.url}/drill_${drills}`);
});
afterEach(() => drill.end());

const patienceMs = 240_000;

/** Reports were refused more than once, and these processes have met the fault too. */
function untilRefused(...processes: string[]): Promise<void> {
  return until("reports are refused, and loops fail", async () => {
    const met = drill.refusals.length >= 2 && processes.every((name) => drill.failed.has(name));
    return met || `${drill.refusals}; ${[...drill.failed]}`;
  });
}

test("established connections went dead, as in a failover", { timeout: patienceMs }, async () => {
  await drill.recoversFrom("Dead connections", async () => drill.proxy.deafen());
  expect(new Set(drill.refusals)).toEqual(new Set(["503 Retry-After 5"]));
});

test("the host is frozen: nothing answers, nothing breaks", { timeout: patienceMs }, async () => {
  await drill.recoversFrom("A frozen host", async () => {
    drill.proxy.freeze();
    await untilRefused();
    await drill.proxy.restore();
  });
  expect(new Set(drill.refusals)).toEqual(new Set(["503 Retry-After 5"]));
});

test("connections are refused", { timeout: patienceMs }, async () => {
  await drill.recoversFrom("Refused connections", async () => {
    await drill.proxy.refuse();
    await untilRefused("judge", "alert");
    await drill.proxy.restore();
  });
  expect(new Set(drill.refusals)).toEqual(new Set(["503 Retry-After 5"]));
});

test("PostgreSQL's processes are stopped by SIGSTOP", { timeout: patienceMs }, async () => {
  await drill.recoversFrom("A frozen PostgreSQL", async () => {
    const pids = await processesOf(postgres);
    for (const pid of pids) process.kill(pid, "SIGSTOP");
    await untilRefused();
    for (const pid of pids.reverse()) process.kill(pid, "SIGCONT");
  });
});

test("the database is read-only, as a standby is", { timeout: patienceMs }, async () => {
  const name = `drill_${drills}`;
  await drill.recoversFrom("A read-only database", async () => {
    await drill.direct.sql.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await drill.direct.sql.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()",
      [name],
    );
    await untilRefused("judge", "alert");
    await drill.direct.transaction(async (tx) => {
      await tx.query("SET TRANSACTION READ WRITE");
      await tx.query(`ALTER DATABASE ${name} SET default_transaction_read_only = off`);
    });
  });
  expect(new Set(drill.refusals)).toEqual(new Set(["503 Retry-After 5"]));
});

test("the disk is full", { timeout: patienceMs }, async () => {
  const small = await mountSmallDisk(postgres);
  try {
    const fill = small.isReal ? () => fillDisk(small.folder) : () => refuseWrites(drill);
    if (small.isReal) await moveTables(drill, small.folder);
    await drill.recoversFrom(small.isReal ? "A full disk" : "A full disk (raised by a trigger)", async () => {
      const undo = await fill();
      await untilRefused("judge");
      await undo();
    });
    expect(new Set(drill.refusals)).toEqual(new Set(["503 Retry-After 5"]));
  } finally {
    await drill.end();
    drill.end = () => Promise.resolve();
    await postgres.createDatabase(`after_${drills}`);
    await small.unmount(`drill_${drills}`);
  }
});

/** The postmaster first: it must not look after the others meanwhile. */
async function processesOf({ folder }: TestPostgres): Promise<number[]> {
  const postmaster = Number((await readFile(join(folder, "postmaster.pid"), "utf8")).split("\n")[0]);
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, "utf8");
  return [postmaster, ...children.trim().split(" ").map(Number)];
}

interface SmallDisk {
  folder: string;
  isReal: boolean;
  unmount(database: string): Promise<void>;
}

/** Where root may mount, a disk of 64 MiB. */
async function mountSmallDisk({ folder, user, url }: TestPostgres): Promise<SmallDisk> {
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
      const { default: pg } = await import("pg");
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
async function moveTables({ direct }: FaultDrill, disk: string): Promise<void> {
  await direct.sql.query(`CREATE TABLESPACE small LOCATION '${join(disk, "tablespace")}'`);
  const { rows } = await direct.sql.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class
      WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, 'partitions'::regnamespace)`,
  );
  for (const { name } of rows) await direct.sql.query(`ALTER TABLE ${name} SET TABLESPACE small`);
}

async function fillDisk(disk: string): Promise<() => Promise<void>> {
  const filler = join(disk, "filler");
  await writeFile(filler, Buffer.alloc(64 * 1024 * 1024)).catch(() => undefined);
  // What the tables have left within their last pages is written all the same: much has to come in.
  return () => rm(filler);
}

async function refuseWrites({ direct }: FaultDrill): Promise<() => Promise<void>> {
  await direct.sql.query(
    `CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$`,
  );
  await direct.sql.query(
    "CREATE TRIGGER disk_is_full BEFORE INSERT ON dirty_hour FOR EACH STATEMENT EXECUTE FUNCTION disk_is_full()",
  );
  return async () => void (await direct.sql.query("DROP TRIGGER disk_is_full ON dirty_hour"));
}
