import { globSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { addHours, type Hour, hourOf } from "#domain/hour.ts";
import { migrateDatabase } from "#server/db/schema-engine.ts";
import { type ReplicatedPostgres, startReplicatedPostgres } from "#test/failover/replicated-postgres.ts";
import { findProgram } from "#test/find-program.ts";
import { createNetwork } from "#test/fleet/network.ts";
import { createFleet, type Fleet } from "#test/fleet/processes.ts";
import { checkOutPreviousRelease, type Release, whyNoPreviousRelease } from "#test/upgrade/previous-release.ts";
import { WebhookReceiver } from "#test/webhook-receiver.ts";
import { buildWebApp } from "#workers/web/build.ts";
import type { PagedType } from "../../bench/page-catalogue.ts";
import { lossyCounts } from "../../bench/page-facts.ts";
import { claimPagedYesterday, drillCatalogue } from "./catalogue.ts";
import { type Disk, mountDisk } from "./disk.ts";
import { DrillMachine } from "./machine.ts";

/** A PostgreSQL server: its data folder, its tables' disk, and that of its write-ahead log. */
interface Server {
  folder: string;
  tables: Disk;
  log: Disk;
}

export interface Scene {
  machines: readonly DrillMachine[];
  fleet: Fleet;
  postgres: ReplicatedPostgres;
  /** The one that takes writes. */
  server(): Server;
  /** From now on the standby takes them. */
  noteFailover(): void;
  receiver: WebhookReceiver;
  /** null: the drill began with this version. */
  release: Release | null;
  faketime: string | null;
  paged: readonly PagedType[];
  /** The hour of the pages, and the one that the load begins with. */
  pagedHour: Hour;
  firstHour: Hour;
  end(): Promise<void>;
}

export interface SceneTerms {
  pages: number;
  /** How many hours the load counts in. */
  hours: number;
  /** Begins with the previous release on every machine. */
  upgrades: boolean;
  say(sentence: string): void;
}

const settings = {
  // As in production, but for their size.
  ...{ fsync: "on", full_page_writes: "on", max_connections: "400", shared_buffers: "512MB", max_wal_size: "512MB" },
};
/** Room for a drill of hours; on the machine's own disk they take what is written. */
const diskMib = 4_096;

/** libfaketime, as Debian installs it; null where it is missing. */
function findFaketime(): string | null {
  const program = findProgram(
    "faketime",
    "clocks do not jump (apt-get install faketime; npm test fetches it on Debian).",
  );
  const found = program === null ? [] : globSync(join(dirname(program), "../lib/*/faketime/libfaketime.so.1"));
  return found[0] ?? null;
}

/** Three machines, a primary with a synchronous standby, an on-call phone outside of their network, and a catalogue. */
export async function setScene(terms: SceneTerms): Promise<Scene> {
  const undo: (() => Promise<unknown>)[] = [];
  const end = async () => {
    for (const step of undo.splice(0).reverse())
      await step().catch((error: Error) => process.stderr.write(`${error.message}\n`));
  };
  try {
    return await set(terms, undo, end);
  } catch (error) {
    await end();
    throw error;
  }
}

async function set(
  { pages, hours, upgrades, say }: SceneTerms,
  undo: (() => Promise<unknown>)[],
  end: () => Promise<void>,
): Promise<Scene> {
  await buildWebApp({ say });
  const release = upgrades && whyNoPreviousRelease() === null ? await checkOutPreviousRelease() : null;
  if (release) undo.push(release.remove);
  const folder = await mkdtemp(join(tmpdir(), "tidemark-drill-"));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const network = await createNetwork(["a", "b", "c"]);
  undo.push(network.remove);
  const receiver = await WebhookReceiver.start(network.host);
  undo.push(() => receiver.stop());

  const servers: Server[] = [];
  let writing = 0;
  const unmount: (() => Promise<void>)[] = [];
  const postgres = await startReplicatedPostgres({
    host: { address: network.host, network: network.range },
    settings,
    migrate: (url) => migrateDatabase(url, release ? join(release.folder, "prisma/migrations") : undefined),
    async prepare(folder, user) {
      const tables = await mountDisk(join(folder, "base"), diskMib, user);
      unmount.push(tables.unmount);
      const log = await mountDisk(join(folder, "pg_wal"), diskMib, user);
      unmount.push(log.unmount);
      servers.push({ folder, tables, log });
    },
    beforeRemoval: async () => {
      for (const step of unmount) await step();
    },
  });
  undo.push(postgres.stop);

  const faketime = findFaketime();
  const fleet = createFleet({ DATABASE_URL: postgres.url, TIDEMARK_EGRESS: "public,private" });
  undo.push(fleet.end);
  const machines = Object.values(network.machines).map((each) => new DrillMachine(each, fleet, { folder, faketime }));
  await Promise.all(
    machines.map(async (machine) => {
      await machine.prepare();
      await (release ? machine.startPrevious(release.folder, postgres.primaryUrl) : machine.start());
    }),
  );
  const pagedHour = addHours(hourOf(new Date()), -1);
  const firstHour = addHours(pagedHour, -hours - 1);
  const paged = Array.from({ length: pages }, (_, index) => {
    const number = String(index + 1).padStart(3, "0");
    return { name: `Page${number}`, datacenter: `page-${number}` };
  });
  const terms = { paged, pagedHour, firstHour, webhookUrl: receiver.url };
  const [first] = machines as [DrillMachine];
  await fleet.send(first.network, "POST", "/catalogue", drillCatalogue(terms), "application/yaml");
  await claimPagedYesterday(postgres.primaryUrl);
  const facts = JSON.stringify(lossyCounts(paged, pagedHour));
  await fleet.send(first.network, "POST", "/events", facts, "application/cloudevents-batch+json");
  return {
    ...{ machines, fleet, postgres, receiver, release, faketime, paged, pagedHour, firstHour, end },
    server: () => servers[writing] as Server,
    noteFailover() {
      writing = 1;
    },
  };
}
